package dev.whyhung.read.dialect;

import dev.whyhung.model.LockRef;
import dev.whyhung.model.ThreadId;
import dev.whyhung.model.Visible;
import dev.whyhung.read.bytes.ByteLines;
import dev.whyhung.read.bytes.Head;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What Hadoop, HBase and their like print of their threads, in the servlet {@code /stacks} and in their logs: state, counts, what is
 * waited for and by whom a monitor is held, and at most twenty frames without {@code at}.
 */
public final class HadoopText implements LineFormat {

    static final String ID = "hadoop-text";
    static final String TITLE = "Process Thread Dump: ";

    private static final Pattern RECOGNISED = Pattern.compile(
            "^[ \\t]*(?:" + TITLE
                    + "|Thread \\d+(?: \\([^\\n]*\\))?:[ \\t]*\\r?\\n[ \\t]*State: [A-Z_]+[ \\t]*\\r?\\n[ \\t]*Blocked count: \\d)",
            Pattern.MULTILINE);
    private static final Pattern HEADER = Pattern.compile("Thread (\\d{1,18})(?: \\((.*)\\))?:");
    private static final Pattern STATE =
            Pattern.compile("State: (NEW|RUNNABLE|BLOCKED|WAITING|TIMED_WAITING|TERMINATED)");
    private static final Pattern LOCK = Pattern.compile("(?:Waiting|Blocked) on (\\S+@\\p{XDigit}{1,16})");
    private static final Pattern OWNER = Pattern.compile("Blocked by (\\d{1,18})(?: \\((.*)\\))?");
    private static final Pattern FRAME = Pattern.compile("[^\\s()]+\\.[^\\s().]+\\([^()]*\\)");
    private static final Pattern ANNOUNCED = Pattern.compile("(\\d{1,9}) active threads");
    private static final Pattern COUNTS = Pattern.compile(
            "|(?:Blocked|Waited) (?:count|time): \\d+|(?:Waiting|Blocked) on null|Blocked by -1|Stack:|Inactive");
    private static final String INACTIVE = "Inactive";
    private static final Set<Visible> SHOWN = EnumSet.of(Visible.MONITOR_OWNERS, Visible.THREAD_STATES);

    @Override
    public boolean recognises(Head head) {
        return !head.isBinary() && head.matches(RECOGNISED);
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public DialectLines lines(LineSource source) {
        return new Reading(source);
    }

    /** Whether the next line says how many threads there are, at its beginning. May move the line in its buffer. */
    static boolean countFollows(ByteLines lines) {
        return COUNT_AHEAD
                .matcher(lines.ahead(AHEAD, StandardCharsets.ISO_8859_1))
                .lookingAt();
    }

    private static final int AHEAD = 64;
    private static final Pattern COUNT_AHEAD = Pattern.compile("[ \\t]*\\d{1,9} active threads\\s");

    private static final class Reading implements DialectLines {
        private final LineSource source;
        private @Nullable DialectDump dump;
        private @Nullable DialectThread thread;
        /** How many threads there should be, and are; some have ended meanwhile, and stand there without a name. */
        private int announced;

        private int seen;

        Reading(LineSource source) {
            this.source = source;
        }

        @Override
        public void line(String text, ByteLines line) {
            Matcher header = HEADER.matcher(text);
            Matcher count = ANNOUNCED.matcher(text);
            seen += text.equals(INACTIVE) || header.matches() ? 1 : 0;
            if (text.contains(TITLE)) {
                end();
                dump = newDump(line.number());
            } else if (dump != null && dump.isEmpty() && count.matches()) {
                announced = Integer.parseInt(count.group(1));
            } else if (header.matches()) {
                begin(header, line.number());
            } else if (thread != null && !threadLine(thread, text)) {
                other(line);
            }
        }

        /** Behind all threads the log goes on. */
        private void other(ByteLines line) {
            if (announced > 0 && seen >= announced) {
                end();
            } else {
                source.tally().skip(line);
                thread = null;
            }
        }

        private DialectDump newDump(int number) {
            DialectDump begun = source.dump(number, SHOWN);
            begun.mayBePart = true;
            return begun;
        }

        private void begin(Matcher header, int number) {
            DialectDump open = dump == null ? newDump(number) : dump;
            dump = open;
            String name = header.group(2) == null ? "thread " + header.group(1) : header.group(2);
            thread = open.begin(ThreadId.ofJava(Long.parseLong(header.group(1))), name, number);
        }

        private boolean threadLine(DialectThread open, String text) {
            Matcher state = STATE.matcher(text);
            Matcher lock = LOCK.matcher(text);
            Matcher owner = OWNER.matcher(text);
            if (state.matches()) {
                open.state = state.group(1);
            } else if (lock.matches()) {
                open.waitsFor(LockRef.parse(lock.group(1)));
            } else if (owner.matches()) {
                owner(open, owner);
            } else if (FRAME.matcher(text).matches()) {
                open.frame(text);
            } else {
                return COUNTS.matcher(text).matches();
            }
            return true;
        }

        private void owner(DialectThread waiter, Matcher owner) {
            LockRef lock = waiter.waitedFor();
            if (dump != null && lock != null) {
                String name = owner.group(2) == null ? "" : owner.group(2);
                dump.owner(lock, true, ThreadId.ofJava(Long.parseLong(owner.group(1))), name);
            }
        }

        @Override
        public void end() {
            if (dump != null) {
                dump.truncated = announced == 0 || seen < announced;
                dump.finish();
            }
            dump = null;
            thread = null;
            announced = 0;
            seen = 0;
        }
    }
}
