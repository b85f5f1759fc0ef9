package dev.whyhung.graph;

import dev.whyhung.model.CallStack;
import dev.whyhung.model.DumpTrace;
import dev.whyhung.model.Evidence;
import dev.whyhung.model.Sighting;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Places that threads pass through. Two dumps without CPU figures show a worker in the same call twice, whether it is the same wait or
 * the next one. Where others stood in that call as well and have got on since, the call returns, and the wait counts as seen once.
 */
final class Passage {

    private final List<DumpTrace> earlier;

    Passage(Evidence evidence) {
        earlier = evidence.earlier();
    }

    void judge(List<ThreadFacts> threads) {
        if (earlier.isEmpty()) {
            return;
        }
        Set<CallStack> left = new HashSet<>();
        for (ThreadFacts thread : threads) {
            Sighting before = earlier.get(0).of(thread.id());
            if (before != null && hasMoved(thread)) {
                left.add(before.stack());
            }
        }
        threads.stream()
                .filter(thread ->
                        thread.persistence().isMeasured() && thread.thread().cpuNanos() < 0)
                .filter(thread -> left.contains(thread.thread().stack()))
                .forEach(ThreadFacts::hasArrived);
    }

    private static boolean hasMoved(ThreadFacts thread) {
        return thread.persistence().kind() == Persistence.Kind.PROGRESS;
    }
}
