package dev.whyhung.graph;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Synchronizers that need not tell their owner, and whether somebody is in the code that takes them. */
final class Turns {

    private final WaitForGraph graph;
    private final List<ThreadFacts> threads;
    private final Map<Resource, Boolean> taken = new HashMap<>();

    Turns(WaitForGraph graph, List<ThreadFacts> threads) {
        this.graph = graph;
        this.threads = threads;
    }

    /** Whether this thread waits for such a thing while another is in that code. */
    boolean isOfAnother(ThreadFacts thread) {
        return thread.waitsFor()
                .resource()
                .filter(resource -> graph.holder(resource) instanceof Holder.NeedNotTell)
                .filter(resource -> taken.computeIfAbsent(resource, this::isSomebodyInside))
                .isPresent();
    }

    private boolean isSomebodyInside(Resource resource) {
        Set<ThreadFacts> waiters = new HashSet<>(graph.waiters(resource));
        return threads.stream()
                .filter(thread -> !thread.isIdle() && !thread.isJvm() && !waiters.contains(thread))
                .anyMatch(AcquireSite.inside(waiters));
    }
}
