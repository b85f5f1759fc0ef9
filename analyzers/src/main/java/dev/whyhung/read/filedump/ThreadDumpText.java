package dev.whyhung.read.filedump;

import dev.whyhung.model.InputReport;
import dev.whyhung.model.InputReport.Status;
import dev.whyhung.model.LockMention.Kind;
import dev.whyhung.model.ThreadDump;
import dev.whyhung.read.bytes.ByteLines;
import dev.whyhung.read.bytes.Head;
import dev.whyhung.read.bytes.Input;
import dev.whyhung.read.harvest.Format;
import dev.whyhung.read.harvest.Harvest;
import dev.whyhung.read.harvest.Skips;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code jcmd Thread.dump_to_file} in plain text: three lines about the process, then the threads, which say {@code virtual}; their
 * states and locks from JDK 25 on. It tells neither containers nor carriers.
 */
public final class ThreadDumpText implements Format {

    public static final String ID = "dump-text";

    private static final Pattern START = Pattern.compile("^\\d{1,10}\\s*\\R\\d{4}-\\d\\d-\\d\\dT[^\\n]*Z\\s*\\R");
    /** JDK 27 and later name the thread that owns what another parks for. */
    private static final Pattern OWNER = Pattern.compile(", owner #(\\d{1,18})");

    private static final Pattern HEADER = Pattern.compile(
            "#(\\d{1,18}) \"(.*)\"( virtual)?(?: (NEW|RUNNABLE|BLOCKED|WAITING|TIMED_WAITING|TERMINATED))?(?: \\d{4}-\\S+)?",
            Pattern.DOTALL);
    private static final Pattern PROCESS = Pattern.compile("\\d{1,10}");
    private static final Pattern TIME = Pattern.compile("\\s*\\d{4}-\\d\\d-\\d\\dT");
    private static final int AHEAD = 64;

    private static final Pattern BEGUN = Pattern.compile("#\\d{1,18} \".*");

    @Override
    public boolean recognises(Head head) {
        return head.matches(START);
    }

    @Override
    public InputReport read(Input input, Harvest harvest) throws IOException {
        return new Reading(input.label(), harvest)
                .read(new ByteLines(input.bytes(), harvest.budget().limits().lineLength()));
    }

    /** One pass over one input, which may hold several dumps. */
    private static final class Reading {
        private final String source;
        private final Harvest harvest;
        private final FileDumpThread thread;
        private final Skips skips = new Skips();
        private FileDump dump;
        private boolean inThread;
        private int told;
        private String begun = "";
        /** Whether the last line was only the beginning of one. */
        private boolean torn;

        private int dumps;
        private int threads;

        Reading(String source, Harvest harvest) {
            this.source = source;
            this.harvest = harvest;
            dump = new FileDump(source, ID);
            thread = new FileDumpThread(
                    harvest.frames(), harvest.budget().limits().frames());
        }

        InputReport read(ByteLines lines) {
            String damage = null;
            try {
                while (lines.next()) {
                    line(lines, lines.text(lines.start(), lines.end()).strip());
                }
            } catch (IOException e) {
                damage = "reading stopped after line " + lines.number() + ": " + e.getMessage();
            }
            dump.truncated = damage != null || torn || !begun.isEmpty();
            endDump();
            return report(damage);
        }

        private InputReport report(@Nullable String damage) {
            if (dumps == 0) {
                return InputReport.skipped(source, ID, damage == null ? "holds no threads" : damage);
            }
            String message = damage;
            if (message == null && skips.count() > 0) {
                message = skips.count() + (skips.count() == 1 ? " line" : " lines") + " could not be read";
            }
            Status status = message == null ? Status.READ : Status.PARTIAL;
            return new InputReport(source, ID, status, dumps, threads, skips.count(), skips.first(), message);
        }

        private void line(ByteLines lines, String text) {
            if (!begun.isEmpty()) {
                header(lines, begun + '\n' + text);
                return;
            }
            if (text.isEmpty()) {
                return; // blank lines may be lost or added
            }
            torn = false;
            if (PROCESS.matcher(text).matches() && isTimeAhead(lines)) {
                endDump();
                dump = new FileDump(source, ID);
                dump.line = lines.number();
                dump.pid = Long.valueOf(text);
                told = 1;
            } else if (told < 3 && dump.size() == 0 && !inThread && text.charAt(0) != '#') {
                preamble(++told, text);
            } else if (BEGUN.matcher(text).matches() && lines.firstInk() == lines.start()) {
                header(lines, text);
            } else if (inThread && text.startsWith("- ")) {
                lock(lines, text);
            } else if (inThread) {
                frame(lines, text.startsWith("at ") ? text.substring(3) : text);
            } else {
                skip(lines);
            }
        }

        private static boolean isTimeAhead(ByteLines lines) {
            return TIME.matcher(lines.ahead(AHEAD, StandardCharsets.ISO_8859_1)).lookingAt();
        }

        private void skip(ByteLines lines) {
            skips.add(lines);
            torn = true;
        }

        private void preamble(int which, String text) {
            switch (which) {
                case 2 -> dump.time(text);
                default -> dump.runtime = text;
            }
        }

        /** A name may hold line breaks: a header whose name does not end goes on in the next line. */
        private void header(ByteLines lines, String text) {
            Matcher header = HEADER.matcher(text);
            if (header.matches()) {
                begun = "";
                endThread();
                thread.begin(lines.number());
                thread.id = Long.parseLong(header.group(1));
                thread.name = header.group(2);
                thread.virtual = header.group(3) != null;
                thread.state = header.group(4);
                inThread = true;
            } else if (begun.isEmpty()) {
                begun = text;
            } else {
                begun = "";
                skip(lines);
            }
        }

        private void frame(ByteLines lines, String text) {
            if (text.endsWith(")") && text.indexOf('(') > 0) {
                thread.frame(text.toCharArray(), 0, text.length());
            } else {
                skip(lines);
            }
        }

        private void lock(ByteLines lines, String text) {
            int open = text.indexOf('<');
            int close = text.lastIndexOf('>');
            if (text.startsWith("- lock is eliminated")) {
                return;
            }
            if (open < 0 || close < open) {
                skip(lines);
                return;
            }
            String object = text.substring(open + 1, close);
            if (text.startsWith("- locked")) {
                thread.locked(Math.max(0, thread.depth() - 1), object);
            } else if (text.startsWith("- waiting to lock") || text.startsWith("- blocked on")) {
                thread.waits(Kind.WAITING_TO_LOCK, object);
            } else if (text.startsWith("- waiting on")) {
                thread.waits(Kind.WAITING_ON, object);
            } else if (text.startsWith("- parking to wait for")) {
                thread.waits(Kind.PARKING, object);
                Matcher owner = OWNER.matcher(text.substring(close + 1));
                thread.blockerOwner = owner.matches() ? Long.parseLong(owner.group(1)) : -1;
            } else {
                skip(lines);
            }
        }

        private void endDump() {
            endThread();
            if (dump.size() > 0) {
                ThreadDump built = dump.build();
                harvest.dump(built);
                dumps++;
                threads += built.info().threads();
            }
        }

        private void endThread() {
            if (inThread) {
                if (harvest.budget().allowsThread()) {
                    dump.add(thread, null);
                }
                inThread = false;
            }
        }
    }
}
