package dev.whyhung.model;

import java.util.List;

/**
 * One dump of one process, whole: every thread with its stack and locks.
 *
 * @param spentExecutors how many executors that start a thread for each task are printed without any, where the format prints executors
 */
public record ThreadDump(
        DumpInfo info, List<ThreadSnapshot> threads, List<PrintedDeadlock> printedDeadlocks, int spentExecutors) {

    /** Of a format that prints no executors. */
    public ThreadDump(DumpInfo info, List<ThreadSnapshot> threads, List<PrintedDeadlock> printedDeadlocks) {
        this(info, threads, printedDeadlocks, 0);
    }

    public ThreadDump {
        threads = List.copyOf(threads);
        printedDeadlocks = List.copyOf(printedDeadlocks);
    }
}
