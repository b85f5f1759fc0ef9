package dev.whyhung.read;

import dev.whyhung.read.bytes.Head;
import dev.whyhung.read.container.Containers;
import dev.whyhung.read.dialect.AgentText;
import dev.whyhung.read.dialect.ConsoleText;
import dev.whyhung.read.dialect.CoroutineText;
import dev.whyhung.read.dialect.CrashLog;
import dev.whyhung.read.dialect.HadoopText;
import dev.whyhung.read.dialect.JRockitText;
import dev.whyhung.read.dialect.Javacore;
import dev.whyhung.read.dialect.ServerText;
import dev.whyhung.read.dialect.ThreadInfoText;
import dev.whyhung.read.dialect.ThreadsJson;
import dev.whyhung.read.filedump.SchedulerText;
import dev.whyhung.read.filedump.ThreadDumpJson;
import dev.whyhung.read.filedump.ThreadDumpText;
import dev.whyhung.read.harvest.Format;
import dev.whyhung.read.heap.HeapDump;
import dev.whyhung.read.hotspot.HotSpotText;
import dev.whyhung.read.recording.FlightRecording;
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
