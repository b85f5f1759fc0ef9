package dev.whyhung.read.dialect;

import dev.whyhung.read.bytes.ByteLines;
import dev.whyhung.read.bytes.Digits;
import dev.whyhung.read.harvest.StuckWarning;
import org.jspecify.annotations.Nullable;

/** Where a dump in a dialect begins in a line; or where a warning stands in it, which is none. */
public record DialectStart(
        @Nullable LineDialect dialect, int at, @Nullable StuckWarning warning) {

    private static final byte[] ID = ByteLines.ascii("Id=");
    private static final byte[] DAEMON = ByteLines.ascii("daemon ");
    private static final byte[] PRIORITY = ByteLines.ascii("prio=");
    private static final byte[] THREAD = ByteLines.ascii("\" - Thread t@");
    private static final byte[] SECTION = ByteLines.ascii("0SECTION ");
    private static final byte[] CORE_THREAD = ByteLines.ascii("3XMTHREADINFO      \"");
    private static final byte[] FULL = ByteLines.ascii("===== FULL THREAD DUMP");
    private static final byte[] ATTACHING = ByteLines.ascii("Attaching to process ID ");
    private static final byte[] STOPPED = ByteLines.ascii(": (state = ");
    private static final byte[] NAME = ByteLines.ascii("Name: ");
    private static final byte[] CURRENT = ByteLines.ascii("Current Thread: ");
    private static final byte[] FOR_LOCK = ByteLines.ascii(" waiting for lock ");
    private static final byte[] PROCESS = ByteLines.ascii(HadoopText.TITLE);
    private static final byte[] TITLE = ByteLines.ascii("Coroutines dump ");
    private static final byte[][] STATES = {
        ByteLines.ascii(" NEW"),
        ByteLines.ascii(" RUNNABLE"),
        ByteLines.ascii(" BLOCKED"),
        ByteLines.ascii(" WAITING"),
        ByteLines.ascii(" TIMED_WAITING"),
        ByteLines.ascii(" in "),
        ByteLines.ascii(" cpu="),
        ByteLines.ascii(" cpuUsage=")
    };

    private static final byte[] THREAD_WORD = ByteLines.ascii("Thread ");
    private static final StuckWarning[] WARNINGS = StuckWarning.values();
    /** The first of these states are those of Java itself. */
    private static final int JAVA_STATES = 5;

    private static final int LONGEST_END = "\" TIMED_WAITING native suspended".length();

    private DialectStart(LineDialect dialect, int at) {
        this(dialect, at, null);
    }

    /** The start in the current line, or null. */
    public static @Nullable DialectStart in(ByteLines lines) {
        return new Scan(lines).start();
    }

    /** Every line of every log is looked at, so in one pass; to look ahead may move the line in its buffer. */
    private static final class Scan {
        private final ByteLines lines;
        private int at;
        /** The last quote, or -1. */
        private int quote = -1;
        /** Whether a sign of a name was met, and the lines behind it looked at. */
        private boolean named;

        Scan(ByteLines lines) {
            this.lines = lines;
        }

        @Nullable
        DialectStart start() {
            for (at = lines.start(); at < lines.end(); at++) {
                DialectStart start = here(lines.bytes()[at]);
                if (start != null) {
                    return start;
                }
            }
            return null;
        }

        private @Nullable DialectStart here(byte first) {
            return switch (first) {
                case '"' -> behindQuote();
                case '0' -> begun(SECTION, LineDialect.JAVACORE);
                case '3' -> begun(CORE_THREAD, LineDialect.JAVACORE);
                case '=' -> begun(FULL, LineDialect.JROCKIT);
                case 'A' -> begun(ATTACHING, LineDialect.AGENT);
                case 'C' -> lines.startsWith(at, CURRENT) ? current() : begun(TITLE, LineDialect.COROUTINES);
                case 'N' -> lines.startsWith(at, NAME) ? name() : null;
                case 'P' -> lines.startsWith(at, PROCESS) ? process() : null;
                case ':' -> lines.startsWith(at, STOPPED) ? stopped() : null;
                case 'B', 'W', 'T', 'S', 'V' -> warning();
                default -> null;
            };
        }

        private @Nullable DialectStart begun(byte[] sign, LineDialect dialect) {
            return lines.startsWith(at, sign) ? new DialectStart(dialect, at) : null;
        }

        private @Nullable DialectStart behindQuote() {
            if (quote >= 0 && isThreadInfo()) {
                return new DialectStart(LineDialect.THREAD_INFO, quote);
            }
            if (quote >= 0 && quote == lines.firstInk() && isOfServer()) {
                int offset = at - lines.start();
                if (ServerText.stackFollows(lines)) {
                    return new DialectStart(LineDialect.SERVER, lines.firstInk());
                }
                at = lines.start() + offset;
            }
            quote = at > lines.start() && lines.bytes()[at - 1] == '\\' ? at - 1 : at;
            return null;
        }

        private @Nullable DialectStart name() {
            if (named) {
                return null;
            }
            named = true;
            int offset = at - lines.start();
            boolean goesOn = ConsoleText.goesOn(lines);
            move(lines.start() + offset);
            return goesOn ? new DialectStart(LineDialect.CONSOLE, at) : null;
        }

        private @Nullable DialectStart current() {
            if (named) {
                return null;
            }
            named = true;
            int offset = at - lines.start();
            boolean goesOn = ServerText.stateFollows(lines);
            move(lines.start() + offset);
            return goesOn ? new DialectStart(LineDialect.SERVER, at) : null;
        }

        private void move(int to) {
            quote += quote < 0 ? 0 : to - at;
            at = to;
        }

        /** The log's prefix is of the title alone. */
        private DialectStart process() {
            int offset = at - lines.start();
            boolean alone = HadoopText.countFollows(lines);
            return new DialectStart(LineDialect.HADOOP, alone ? lines.firstInk() : lines.start() + offset);
        }

        private @Nullable DialectStart stopped() {
            int thread = lines.indexOf(THREAD_WORD, lines.start());
            at = thread < 0 ? lines.end() : at;
            return thread < 0 ? null : new DialectStart(LineDialect.AGENT, thread);
        }

        private @Nullable DialectStart warning() {
            for (StuckWarning warning : WARNINGS) {
                if (warning.isAt(at, lines)) {
                    return new DialectStart(null, at, warning);
                }
            }
            return null;
        }

        private boolean isThreadInfo() {
            if (lines.startsWith(at, THREAD)) {
                return true;
            }
            int next = at + 2;
            next += lines.startsWith(next, DAEMON) ? DAEMON.length : 0;
            next = lines.startsWith(next, PRIORITY)
                    ? Digits.end(lines.bytes(), next + PRIORITY.length, lines.end()) + 1
                    : next;
            if (lines.startsWith(next, LineDialect.NO_NUMBERS)) {
                return true;
            }
            if (!lines.startsWith(next, ID)) {
                return false;
            }
            next = Digits.end(lines.bytes(), next + ID.length, lines.end());
            for (byte[] state : STATES) {
                if (lines.startsWith(next, state)) {
                    return true;
                }
            }
            return false;
        }

        /** Whether a state stands behind the quote that ends a name, and no more than it needs. */
        private boolean isOfServer() {
            if (lines.startsWith(at + 1, FOR_LOCK)) {
                return true;
            }
            for (int i = 0; i < JAVA_STATES; i++) {
                if (lines.startsWith(at + 1, STATES[i])) {
                    return lines.end() - at <= LONGEST_END;
                }
            }
            return false;
        }
    }
}
