package dev.whyhung.read.dialect;

import dev.whyhung.read.bytes.ByteLines;

/** A dialect that is read line by line and therefore may stand anywhere in a log, and behind a prefix. */
public enum LineDialect {
    THREAD_INFO(ThreadInfoText.ID),
    JAVACORE(Javacore.ID),
    JROCKIT(JRockitText.ID),
    AGENT(AgentText.ID),
    COROUTINES(CoroutineText.ID),
    CONSOLE(ConsoleText.ID),
    SERVER(ServerText.ID),
    HADOOP(HadoopText.ID);

    private final String id;

    LineDialect(String id) {
        this.id = id;
    }

    public String id() {
        return id;
    }

    /** Made on demand: most logs have none of them. */
    public LineFormat format() {
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

    /** Of an IDE that freezes, which gives all its threads the same. */
    public static final byte[] NO_NUMBERS = ByteLines.ascii("tid=0x0 nid=0x0 ");

    /** Whether the current line, inside a log with dumps in this dialect, is one of HotSpot's own all the same. */
    public boolean leaves(ByteLines lines) {
        return switch (this) {
            case THREAD_INFO, COROUTINES, CONSOLE, SERVER -> {
                int at = lines.firstInk();
                yield at < lines.end()
                        && lines.bytes()[at] == '"'
                        && lines.indexOf(ADDRESS, at) >= 0
                        && lines.indexOf(NO_NUMBERS, at) < 0;
            }
            case JAVACORE, JROCKIT, AGENT, HADOOP -> lines.indexOf(MARKER, lines.start()) >= 0;
        };
    }

    private static final byte[] ADDRESS = ByteLines.ascii(" tid=0x");
    private static final byte[] MARKER = ByteLines.ascii("Full thread dump");
}
