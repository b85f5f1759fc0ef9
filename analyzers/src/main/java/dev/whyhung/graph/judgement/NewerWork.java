package dev.whyhung.graph.judgement;

import dev.whyhung.graph.thread.Holder;
import dev.whyhung.graph.thread.Persistence;
import dev.whyhung.graph.thread.Resource;
import dev.whyhung.graph.thread.StackGroups;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.graph.thread.Wait;
import dev.whyhung.graph.time.Before;
import dev.whyhung.graph.time.Silence;
import dev.whyhung.graph.waitfor.WaitForGraph;
import java.util.List;

/**
 * Waits for tasks that were not there in the dump before. Without CPU figures two dumps show a thread at the same place, whether it
 * waits still or anew; if the threads that run what it waits for have all been started since, it waits anew. So may one that asks again and
 * again, if those who serve it get on; and one that waits for room in a queue whose consumers find nothing to take. Where the consumers
 * only sleep, which ends by itself, nobody knows how often they took something since; a little CPU that a producer used tells.
 */
public final class NewerWork {

    private final WaitForGraph graph;
    private final Before before;
    private final Silence silence;

    public NewerWork(WaitForGraph graph, Before before, Silence silence) {
        this.graph = graph;
        this.before = before;
        this.silence = silence;
    }

    public void judge(StackGroups stacks) {
        stacks.those(thread ->
                        thread.persistence().isMeasured() && thread.thread().cpuNanos() < 0)
                .forEach(this::judge);
        stacks.those(thread -> thread.persistence().isMeasured()).stream()
                .filter(thread -> (thread.waitsFor().polls() && isServed(thread)) || wasSignalled(thread))
                .forEach(ThreadFacts::markPassing);
    }

    /** Who waits for room without a limit runs when something was taken, and only then, be it too late for its own turn. */
    private boolean wasSignalled(ThreadFacts thread) {
        return thread.blockedOn()
                        .filter(resource -> resource.kind() == Resource.Kind.QUEUE)
                        .isPresent()
                && !thread.thread().status().isTimed()
                && before.of(thread.thread())
                        .filter(sighting -> sighting.cpuNanos() >= 0)
                        .filter(sighting -> thread.thread().cpuNanos() - sighting.cpuNanos() > PARKING_NANOS)
                        .isPresent();
    }

    /** More than what it may take to come to rest after the dump before. */
    private static final long PARKING_NANOS = 100_000;

    private boolean isServed(ThreadFacts polling) {
        return polling.blockedOn().map(graph::holder).map(Holder::holders).orElse(List.of()).stream()
                .anyMatch(server -> server.persistence().kind() == Persistence.Kind.PROGRESS);
    }

    /** Of who is newer than the dump before, only a recording told that it stands still. */
    private void judge(ThreadFacts thread) {
        if (before.isWithout(thread.thread())) {
            return;
        }
        List<ThreadFacts> workers = holders(thread, Resource.Kind.FUTURE);
        if (!workers.isEmpty() && workers.stream().allMatch(worker -> before.isWithout(worker.thread()))) {
            thread.markPassing();
            workers.forEach(ThreadFacts::markPassing);
        }
        List<ThreadFacts> consumers = holders(thread, Resource.Kind.QUEUE);
        if (!consumers.isEmpty() && consumers.stream().allMatch(ThreadFacts::isIdle)) {
            thread.markPassing();
        } else if (!consumers.isEmpty()
                && consumers.stream().allMatch(NewerWork::sleeps)
                && silence.length(thread.thread()).isEmpty()) {
            thread.markArrived();
        }
    }

    private static boolean sleeps(ThreadFacts consumer) {
        return consumer.waitsFor().kind() == Wait.Kind.SLEEP;
    }

    private List<ThreadFacts> holders(ThreadFacts thread, Resource.Kind awaited) {
        return thread.blockedOn()
                .filter(resource -> resource.kind() == awaited)
                .map(resource -> graph.holder(resource).holders())
                .orElse(List.of());
    }
}
