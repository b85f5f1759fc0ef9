package dev.whyhung.graph;

import dev.whyhung.model.CallStack;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Places that threads pass through. Two dumps without CPU figures show a worker in the same call twice, whether it is the same wait or
 * the next one. Where others stood in that call as well and have got on since, the call returns, and the wait counts as seen once.
 */
final class Passage {

    private final Before before;

    Passage(Before before) {
        this.before = before;
    }

    void judge(List<ThreadFacts> threads) {
        Set<CallStack> left = new HashSet<>();
        threads.stream()
                .filter(Passage::hasMoved)
                .flatMap(thread -> before.of(thread.thread()).stream())
                .forEach(sighting -> left.add(sighting.stack()));
        left.addAll(before.leftByEnded(threads));
        threads.stream()
                .filter(thread -> thread.thread().cpuNanos() < 0)
                .filter(thread -> left.contains(thread.thread().stack()))
                .forEach(ThreadFacts::passesThrough);
    }

    /** Threads of the JVM and of native code, which have no frames, are not those virtual threads that have none yet. */
    private static boolean hasMoved(ThreadFacts thread) {
        boolean framed = !thread.thread().stack().isEmpty() || thread.thread().isVirtual();
        return thread.persistence().kind() == Persistence.Kind.PROGRESS && framed;
    }
}
