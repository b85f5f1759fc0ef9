package dev.whyhung.read;

import org.jspecify.annotations.Nullable;

/** A dialect that is read line by line and therefore may stand anywhere in a log, and behind a prefix. */
enum LineDialect {
    THREAD_INFO(ThreadInfoText.ID),
    JAVACORE(Javacore.ID),
    JROCKIT(JRockitText.ID),
    AGENT(AgentText.ID),
    COROUTINES(CoroutineText.ID),
    CONSOLE(ConsoleText.ID),
    SERVER(ServerText.ID),
    HADOOP(HadoopText.ID);

    final String id;

    LineDialect(String id) {
        this.id = id;
    }

    /** Made on demand: most logs have none of them. */
    LineFormat format() {
        return switch (this) {
            case THREAD_INFO -> new ThreadInfoText();
            case JAVACORE -> new Javacore();
            case JROCKIT -> new JRockitText();
            case AGENT -> new AgentText();
            case COROUTINES -> new CoroutineText();
            case CONSOLE -> new ConsoleText();
            case SERVER -> new ServerText();
            case HADOOP -> new HadoopText();
        };
    }

    /** Where a dump in a dialect begins in a line; or where a warning stands in it, which is none. */
    record Start(
            @Nullable LineDialect dialect, int at, @Nullable StuckWarning warning) {

        private Start(LineDialect dialect, int at) {
            this(dialect, at, null);
        }
    }

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

    /** The start in the current line, or null; every line of every log is looked at, so in one pass. */
    static @Nullable Start in(ByteLines lines) {
        int quote = -1;
        boolean named = false;
        for (int i = lines.start; i < lines.end; i++) {
            switch (lines.bytes[i]) {
                case '"' -> {
                    if (quote >= 0 && isThreadInfo(lines, i)) {
                        return new Start(THREAD_INFO, quote);
                    }
                    if (quote >= 0 && quote == lines.firstInk() && isOfServer(lines, i)) {
                        int offset = i - lines.start;
                        if (ServerText.stackFollows(lines)) {
                            return new Start(SERVER, lines.firstInk());
                        }
                        i = lines.start + offset;
                    }
                    quote = i > lines.start && lines.bytes[i - 1] == '\\' ? i - 1 : i;
                }
                case '0' -> {
                    if (lines.startsWith(i, SECTION)) {
                        return new Start(JAVACORE, i);
                    }
                }
                case '3' -> {
                    if (lines.startsWith(i, CORE_THREAD)) {
                        return new Start(JAVACORE, i);
                    }
                }
                case '=' -> {
                    if (lines.startsWith(i, FULL)) {
                        return new Start(JROCKIT, i);
                    }
                }
                case 'A' -> {
                    if (lines.startsWith(i, ATTACHING)) {
                        return new Start(AGENT, i);
                    }
                }
                case ':' -> {
                    if (lines.startsWith(i, STOPPED)) {
                        int thread = lines.indexOf(THREAD_WORD, lines.start);
                        return thread < 0 ? null : new Start(AGENT, thread);
                    }
                }
                case 'N' -> {
                    if (!named && lines.startsWith(i, NAME)) {
                        named = true;
                        int offset = i - lines.start;
                        boolean goesOn = ConsoleText.goesOn(lines);
                        quote += quote < 0 ? 0 : lines.start + offset - i;
                        i = lines.start + offset;
                        if (goesOn) {
                            return new Start(CONSOLE, i);
                        }
                    }
                }
                case 'P' -> {
                    if (lines.startsWith(i, PROCESS)) {
                        int offset = i - lines.start;
                        boolean alone = HadoopText.countFollows(lines); // the log's prefix is of the title alone
                        return new Start(HADOOP, alone ? lines.firstInk() : lines.start + offset);
                    }
                }
                case 'C' -> {
                    if (lines.startsWith(i, TITLE)) {
                        return new Start(COROUTINES, i);
                    }
                    if (!named && lines.startsWith(i, CURRENT)) {
                        named = true;
                        int offset = i - lines.start;
                        boolean goesOn = ServerText.stateFollows(lines);
                        quote += quote < 0 ? 0 : lines.start + offset - i;
                        i = lines.start + offset;
                        if (goesOn) {
                            return new Start(SERVER, i);
                        }
                    }
                }
                case 'B', 'W', 'T', 'S', 'V' -> {
                    StuckWarning warning = warningAt(i, lines);
                    if (warning != null) {
                        return new Start(null, i, warning);
                    }
                }
                default -> {}
            }
        }
        return null;
    }

    private static @Nullable StuckWarning warningAt(int at, ByteLines lines) {
        for (StuckWarning warning : WARNINGS) {
            if (warning.isAt(at, lines)) {
                return warning;
            }
        }
        return null;
    }

    private static final StuckWarning[] WARNINGS = StuckWarning.values();

    /** Of an IDE that freezes, which gives all its threads the same. */
    static final byte[] NO_NUMBERS = ByteLines.ascii("tid=0x0 nid=0x0 ");

    private static final byte[] THREAD_WORD = ByteLines.ascii("Thread ");

    private static boolean isThreadInfo(ByteLines lines, int quote) {
        if (lines.startsWith(quote, THREAD)) {
            return true;
        }
        int at = quote + 2;
        at += lines.startsWith(at, DAEMON) ? DAEMON.length : 0;
        at = lines.startsWith(at, PRIORITY) ? Digits.end(lines.bytes, at + PRIORITY.length, lines.end) + 1 : at;
        if (lines.startsWith(at, NO_NUMBERS)) {
            return true;
        }
        if (!lines.startsWith(at, ID)) {
            return false;
        }
        at = Digits.end(lines.bytes, at + ID.length, lines.end);
        for (byte[] state : STATES) {
            if (lines.startsWith(at, state)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a state stands behind the quote that ends a name, and no more than it needs. */
    private static boolean isOfServer(ByteLines lines, int quote) {
        if (lines.startsWith(quote + 1, FOR_LOCK)) {
            return true;
        }
        for (int i = 0; i < JAVA_STATES; i++) {
            if (lines.startsWith(quote + 1, STATES[i])) {
                return lines.end - quote <= LONGEST_END;
            }
        }
        return false;
    }

    private static final int JAVA_STATES = 5;
    private static final int LONGEST_END = "\" TIMED_WAITING native suspended".length();

    /** Whether the current line, inside a log with dumps in this dialect, is one of HotSpot's own all the same. */
    boolean leaves(ByteLines lines) {
        return switch (this) {
            case THREAD_INFO, COROUTINES, CONSOLE, SERVER -> {
                int at = lines.firstInk();
                yield at < lines.end
                        && lines.bytes[at] == '"'
                        && lines.indexOf(ADDRESS, at) >= 0
                        && lines.indexOf(NO_NUMBERS, at) < 0;
            }
            case JAVACORE, JROCKIT, AGENT, HADOOP -> lines.indexOf(MARKER, lines.start) >= 0;
        };
    }

    private static final byte[] ADDRESS = ByteLines.ascii(" tid=0x");
    private static final byte[] MARKER = ByteLines.ascii("Full thread dump");
}
