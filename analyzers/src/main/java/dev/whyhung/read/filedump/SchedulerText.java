package dev.whyhung.read.filedump;

import dev.whyhung.model.InputReport;
import dev.whyhung.model.InputReport.Status;
import dev.whyhung.model.SchedulerReading;
import dev.whyhung.read.bytes.ByteLines;
import dev.whyhung.read.bytes.Head;
import dev.whyhung.read.bytes.Input;
import dev.whyhung.read.harvest.Format;
import dev.whyhung.read.harvest.Harvest;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What {@code jcmd Thread.vthread_scheduler} and {@code Thread.vthread_pollers} print, from JDK 24 on. The pollers tell how many
 * sockets virtual threads wait at, which no rule needs; they are taken as read.
 */
public final class SchedulerText implements Format {

    static final String SCHEDULER = "scheduler";
    static final String POLLERS = "pollers";

    private static final Pattern READING = Pattern.compile(
            "^\\S*ForkJoinPool@\\S*\\[\\w+[^\\]\\n]*parallelism = (\\d+),"
                    + " size = (\\d+), active = (\\d+), running = (\\d+), steals = (\\d+), tasks = (\\d+), submissions = (\\d+)");
    private static final Pattern FIRST_READING = Pattern.compile(READING.pattern(), Pattern.MULTILINE);
    private static final Pattern POLLER =
            Pattern.compile("^(?:\\[\\d+] )?\\S*Poller@\\S+ \\[registered = \\d+", Pattern.MULTILINE);
    private static final Pattern PID = Pattern.compile("(\\d{1,10}):");

    @Override
    public boolean recognises(Head head) {
        return head.matches(FIRST_READING) || head.matches(POLLER);
    }

    @Override
    public InputReport read(Input input, Harvest harvest) throws IOException {
        ByteLines lines = new ByteLines(input.bytes(), harvest.budget().limits().lineLength());
        Long pid = null;
        boolean found = false;
        while (lines.next()) {
            String text = lines.text(lines.start(), lines.end()).strip();
            Matcher process = PID.matcher(text);
            Matcher reading = READING.matcher(text);
            if (process.matches()) {
                pid = Long.valueOf(process.group(1));
            } else if (reading.find()) {
                found = true;
                read(input.label(), lines.number(), reading, pid, harvest);
            }
        }
        return new InputReport(input.label(), found ? SCHEDULER : POLLERS, Status.READ, 0, 0, 0, List.of(), null);
    }

    private static void read(String source, int line, Matcher reading, @Nullable Long pid, Harvest harvest) {
        harvest.scheduler(
                new SchedulerReading(
                        source,
                        line,
                        number(reading, 1),
                        number(reading, 2),
                        number(reading, 3),
                        number(reading, 4),
                        number(reading, 5),
                        (long) number(reading, 6) + number(reading, 7)),
                pid);
    }

    private static int number(Matcher reading, int group) {
        try {
            return Integer.parseInt(reading.group(group));
        } catch (NumberFormatException e) {
            return Integer.MAX_VALUE;
        }
    }
}
