package dev.whyhung.rules;

import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.AcquireSite;
import dev.whyhung.graph.thread.Resource;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.knowledge.Call;
import java.util.List;

/** Locks inside logging libraries and print streams: whoever holds one across a write follows the library, not a fault of its own. */
final class LogLock {

    private static final String LOGGING = "logging";

    private LogLock() {}

    /** Whether a monitor or lock is taken by such code, as the frames of its waiters show. */
    static boolean is(Facts facts, Resource resource) {
        boolean lock = resource.kind() == Resource.Kind.MONITOR || resource.kind() == Resource.Kind.SYNCHRONIZER;
        List<ThreadFacts> waiters = facts.graph().waiters(resource);
        return lock
                && !waiters.isEmpty()
                && waiters.stream()
                        .allMatch(waiter -> AcquireSite.of(waiter).stream()
                                .anyMatch(frame -> facts.knowledge().isAmong(LOGGING, frame)));
    }

    /** Whether a thread waits in the course of writing a line to a log. */
    static boolean isLogging(Facts facts, ThreadFacts thread) {
        boolean queues =
                thread.waitsFor().is(Call.Kind.PUT) || thread.waitsFor().isExclusive();
        return thread.waitsFor().is(Call.Kind.LOG)
                || (queues
                        && AcquireSite.of(thread).stream()
                                .anyMatch(frame -> facts.knowledge().isAmong(LOGGING, frame)))
                || (thread.waitsFor().is(Call.Kind.PUT) && putsForLog(facts, thread));
    }

    /** The queue may be that of another library, which the logging one uses. */
    private static boolean putsForLog(Facts facts, ThreadFacts thread) {
        return thread.thread().stack().frames().stream()
                .limit(Math.max(0, thread.reading().appIndex()))
                .anyMatch(frame -> facts.knowledge().isAmong(LOGGING, frame));
    }
}
