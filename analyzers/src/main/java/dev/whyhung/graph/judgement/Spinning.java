package dev.whyhung.graph.judgement;

import dev.whyhung.graph.thread.Spin;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.graph.thread.Wait;
import dev.whyhung.graph.time.Recorded;
import dev.whyhung.graph.waitfor.WaitForGraph;
import dev.whyhung.model.DumpTrace;
import dev.whyhung.model.Sighting;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which threads that burn CPU at one place keep others, or their own requests, from getting on. */
final class Spinning {

    private static final double QUARTER = .25;

    private final WaitForGraph graph;
    private final List<ThreadFacts> threads;
    private final List<DumpTrace> earlier;
    private final Recorded recorded;

    Spinning(WaitForGraph graph, List<ThreadFacts> threads, List<DumpTrace> earlier, Recorded recorded) {
        this.graph = graph;
        this.threads = threads;
        this.earlier = earlier;
        this.recorded = recorded;
    }

    /** It does while others wait for a lock that it holds; or is a request, where code runs in circles. */
    boolean isStuck(ThreadFacts thread) {
        if (thread.spin().isEmpty() || thread.isJvm()) {
            return false;
        }
        boolean circles = thread.spin().get().kind() != Spin.Kind.OTHER
                && thread.spin().get().dumps() > 2;
        return (circles && thread.role().is("REQUEST"))
                || isLoopThatComputes(thread)
                || (!Judgement.waits(thread) && keepsOthersWaiting(thread));
    }

    /** A loop that has been in one method of the application from dump to dump serves nobody else. */
    private static boolean isLoopThatComputes(ThreadFacts thread) {
        return thread.role().is("EVENT_LOOP")
                && thread.reading().appFrame().isPresent()
                && thread.reading().idle(thread.name()).isEmpty()
                && thread.waitsFor().kind() == Wait.Kind.NONE
                && thread.spin()
                        .filter(spin -> spin.dumps() > 1 && spin.share() >= QUARTER)
                        .isPresent();
    }

    /**
     * Those who waited for a lock of this thread in the dump before are all waiting for it still. If one of them has got on, the lock is
     * passed from hand to hand.
     */
    private boolean keepsOthersWaiting(ThreadFacts thread) {
        boolean seenInDumps = thread.spin().filter(spin -> spin.dumps() > 1).isPresent();
        Set<ThreadFacts> waiting = new HashSet<>();
        graph.heldBy(thread).stream()
                .filter(resource -> resource.kind().isExclusive())
                .filter(resource -> seenInDumps
                        || recorded.history(resource, graph.waiters(resource)).isHeldForLong())
                .flatMap(resource -> graph.waiters(resource).stream())
                .filter(waiter -> waiter.persistence().isMeasured())
                .forEach(waiting::add);
        return !waiting.isEmpty() && behind(thread).stream().allMatch(waiting::contains);
    }

    /** The threads that were behind this one in the dump before and still exist. */
    private List<ThreadFacts> behind(ThreadFacts holder) {
        if (earlier.isEmpty()) {
            return List.of();
        }
        DumpTrace before = earlier.get(0);
        return threads.stream()
                .filter(thread -> {
                    Sighting sighting = before.of(thread.id());
                    return sighting != null && holder.id().equals(sighting.holder());
                })
                .toList();
    }
}
