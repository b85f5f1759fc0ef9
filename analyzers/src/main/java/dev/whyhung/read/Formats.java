package dev.whyhung.read;

import java.util.List;
import java.util.stream.Stream;

/** Every format that can be read. */
final class Formats {

    private static final Format HOTSPOT_TEXT = new HotSpotText.Reader();

    private Formats() {}

    /** Whether this is beyond doubt what most inputs are: HotSpot text as it was printed. */
    static boolean isPlain(Head head) {
        return HOTSPOT_TEXT.recognises(head)
                && !head.contains("\" - Thread t@")
                && !head.contains(THING_WORX)
                && !Containers.isRewritten(head);
    }

    /** Prints the words of HotSpot above threads in words of its own. */
    private static final String THING_WORX = "Full thread dump taken at ";

    /**
     * The first format that recognises the input. Whatever nobody recognises is read as HotSpot text, since a dump may stand
     * anywhere in a log.
     */
    static Format of(Head head) {
        return isPlain(head)
                ? HOTSPOT_TEXT
                : Others.ALL.stream()
                        .filter(format -> format.recognises(head))
                        .findFirst()
                        .orElse(HOTSPOT_TEXT);
    }

    /** All of them, the most frequent first. */
    static List<Format> all() {
        return Stream.concat(Stream.of(HOTSPOT_TEXT), Others.ALL.stream()).toList();
    }

    /** Apart from the rest, since none of them is needed for ordinary dumps. The order counts: the special before the general. */
    private static final class Others {
        static final List<Format> ALL = List.of(
                new FlightRecording(),
                new HeapDump(),
                new ThreadDumpJson(),
                new ThreadDumpText(),
                new SchedulerText(),
                new Javacore(),
                new CrashLog(),
                new JRockitText(),
                new ThreadsJson(),
                new ThreadInfoText(),
                new AgentText(),
                new CoroutineText(),
                new ConsoleText(),
                new ServerText(),
                new HadoopText(),
                new Unreadable());
    }
}
