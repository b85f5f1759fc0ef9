package dev.whyhung.model;

import java.util.List;

/** One dump of one process, whole: every thread with its stack and locks. */
public record ThreadDump(DumpInfo info, List<ThreadSnapshot> threads, List<PrintedDeadlock> printedDeadlocks) {

    public ThreadDump {
        threads = List.copyOf(threads);
        printedDeadlocks = List.copyOf(printedDeadlocks);
    }
}
