package dev.whyhung.model;

import java.util.List;
import java.util.Map;

/**
 * One dump of one process, whole: every thread with its stack and locks.
 *
 * @param endedOwners threads that have ended and still own the lock, as some JVMs print at those who wait for it
 * @param spentExecutors how many executors that start a thread for each task are printed without any, where the format prints executors
 * @param unseenWaiters how many threads are printed to wait for a lock, though none of them is in the dump
 */
public record ThreadDump(
        DumpInfo info,
        List<ThreadSnapshot> threads,
        List<PrintedDeadlock> printedDeadlocks,
        Map<LockRef, ThreadRef> endedOwners,
        int spentExecutors,
        Map<LockRef, Integer> unseenWaiters) {

    public ThreadDump {
        threads = List.copyOf(threads);
        printedDeadlocks = List.copyOf(printedDeadlocks);
        endedOwners = Map.copyOf(endedOwners);
        unseenWaiters = Map.copyOf(unseenWaiters);
    }

    /** In which whoever waits is to be seen. */
    public ThreadDump(
            DumpInfo info,
            List<ThreadSnapshot> threads,
            List<PrintedDeadlock> printedDeadlocks,
            Map<LockRef, ThreadRef> endedOwners,
            int spentExecutors) {
        this(info, threads, printedDeadlocks, endedOwners, spentExecutors, Map.of());
    }

    /** Of a JVM that prints the living only, and no executors. */
    public ThreadDump(DumpInfo info, List<ThreadSnapshot> threads, List<PrintedDeadlock> printedDeadlocks) {
        this(info, threads, printedDeadlocks, Map.of(), 0);
    }

    /** The same threads, of which something else is known. */
    public ThreadDump with(DumpInfo other) {
        return new ThreadDump(other, threads, printedDeadlocks, endedOwners, spentExecutors, unseenWaiters);
    }
}
