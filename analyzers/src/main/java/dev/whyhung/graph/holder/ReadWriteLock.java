package dev.whyhung.graph.holder;

import dev.whyhung.graph.thread.AcquireSite;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.model.Frame;
import java.util.Collection;
import java.util.List;

/** What a thread wants of a read-write lock: the park blocker is the same for both sides, the frames are not. */
public final class ReadWriteLock {

    private ReadWriteLock() {}

    public static boolean wantsToWrite(ThreadFacts waiter) {
        return calls(waiter, "$WriteLock");
    }

    public static boolean wantsToRead(ThreadFacts waiter) {
        return calls(waiter, "$ReadLock");
    }

    /** Whether a thread is inside a method in which others ask for the write lock, and none for the read lock. */
    public static boolean mayWrite(ThreadFacts thread, Collection<ThreadFacts> waiting) {
        List<ThreadFacts> here = waiting.stream()
                .filter(waiter -> AcquireSite.sharesSection(thread, waiter))
                .toList();
        return !here.isEmpty() && here.stream().allMatch(ReadWriteLock::wantsToWrite);
    }

    private static boolean calls(ThreadFacts waiter, String side) {
        return waiter.thread().stack().frames().stream()
                .map(Frame::className)
                .filter(name -> name.startsWith("java.util.concurrent.locks.ReentrantReadWriteLock$"))
                .anyMatch(name -> name.endsWith(side));
    }
}
