package dev.whyhung.read.dialect;

import dev.whyhung.model.InputReport;
import dev.whyhung.model.ThreadId;
import dev.whyhung.model.ThreadStatus;
import dev.whyhung.model.Visible;
import dev.whyhung.read.bytes.ByteLines;
import dev.whyhung.read.bytes.Head;
import dev.whyhung.read.bytes.Input;
import dev.whyhung.read.harvest.Format;
import dev.whyhung.read.harvest.Harvest;
import dev.whyhung.read.harvest.Tally;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.EnumSet;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code hs_err_pid*.log}, which a crashing HotSpot leaves behind: the names of all threads and whether they ran, and the stack of
 * the one that crashed.
 */
public final class CrashLog implements Format {

    static final String ID = "hs-err";

    private static final String MARKER = "# A fatal error has been detected by";
    private static final Pattern VIRTUAL_MACHINE = Pattern.compile("# Java VM: (.*)");
    private static final Pattern PROCESS = Pattern.compile("\\bpid=(\\d{1,10})");
    private static final Pattern TIME = Pattern.compile(
            "^Time: \\w+ (\\w+ +\\d+ \\d\\d:\\d\\d:\\d\\d \\d{4})|^time: \\w+ (\\w+ +\\d+ \\d\\d:\\d\\d:\\d\\d \\d{4})");
    private static final Pattern THREAD = Pattern.compile(
            "(=>)? ?0x\\p{XDigit}+ +JavaThread +\"(.*)\" +(daemon )?\\[(_thread_\\w+),.*?\\bid=(\\d{1,18}).*");
    private static final Pattern CURRENT = Pattern.compile("Current thread .*JavaThread .*\\bid=(\\d{1,18}).*");
    private static final Pattern FRAME =
            Pattern.compile("[jJ] +(?:\\d+%? (?:!|c[12] ?|n ?|s ?|b ?)* *)?([\\w.$/<>]+)\\(.*");

    @Override
    public boolean recognises(Head head) {
        return head.contains(MARKER) || head.contains("# There is insufficient memory for the Java Runtime");
    }

    @Override
    public InputReport read(Input input, Harvest harvest) {
        Tally tally = new Tally(ID);
        tally.note(
                "is a crash log: this JVM ended instead of hanging; only the stack of the thread that crashed is in it");
        return DialectLines.read(input, harvest, tally, new Reading(input.label(), harvest, tally));
    }

    private static final class Reading implements DialectLines {
        private final DialectDump dump;
        private final StringBuilder frames = new StringBuilder();
        private boolean inFrames;
        private long current = -1;

        Reading(String source, Harvest harvest, Tally tally) {
            dump = new DialectDump(source, 1, ID, harvest, tally, EnumSet.noneOf(Visible.class));
        }

        @Override
        public void line(String text, ByteLines line) {
            Matcher thread = THREAD.matcher(text);
            Matcher crashed = CURRENT.matcher(text);
            if (thread.matches()) {
                thread(thread, line.number());
            } else if (crashed.matches()) {
                current = Long.parseLong(crashed.group(1));
            } else if (text.startsWith("Java frames:") || text.startsWith("Native frames:")) {
                inFrames = true;
                frames.setLength(text.startsWith("Java") ? 0 : frames.length());
            } else if (text.isEmpty()) {
                inFrames = false;
            } else if (inFrames) {
                frame(text);
            } else {
                about(text);
            }
        }

        private void about(String text) {
            Matcher machine = VIRTUAL_MACHINE.matcher(text);
            Matcher process = PROCESS.matcher(text);
            Matcher time = TIME.matcher(text);
            if (machine.matches()) {
                dump.runtime = machine.group(1);
            } else if (dump.pid == null && text.startsWith("#") && process.find()) {
                dump.pid = Long.valueOf(process.group(1));
            } else if (time.find()) {
                dump.takenAt = timeOf(time.group(1) == null ? time.group(2) : time.group(1));
            }
        }

        private static @Nullable LocalDateTime timeOf(String text) {
            try {
                DateTimeFormatter english = DateTimeFormatter.ofPattern("MMM d HH:mm:ss yyyy", Locale.ENGLISH);
                return LocalDateTime.parse(text.replaceAll(" +", " "), english);
            } catch (DateTimeException none) {
                return null;
            }
        }

        private void frame(String text) {
            Matcher frame = FRAME.matcher(text);
            if (frame.matches()) {
                frames.append(frame.group(1)).append("(Unknown Source)\n");
            }
        }

        private void thread(Matcher line, int number) {
            long id = Long.parseLong(line.group(5));
            DialectThread thread = dump.begin(ThreadId.ofNative(id), line.group(2), number);
            thread.daemon = line.group(3) != null;
            thread.status = line.group(4).contains("blocked") ? ThreadStatus.UNKNOWN : ThreadStatus.RUNNABLE;
            if (line.group(1) != null || id == current) {
                frames.toString().lines().forEach(thread::frame);
            }
        }

        @Override
        public void end() {
            dump.finish();
        }
    }
}
