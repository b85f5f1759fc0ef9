package dev.whyhung.graph;

import java.util.List;

/**
 * Waits for tasks that were not there in the dump before. Without CPU figures two dumps show a thread at the same place, whether it
 * waits still or anew; if the threads that run what it waits for have all been started since, it waits anew. So may one that asks again and
 * again, if those who serve it get on; and one that waits for room in a queue whose consumers find nothing to take.
 */
final class NewerWork {

    private final WaitForGraph graph;
    private final Before before;

    NewerWork(WaitForGraph graph, Before before) {
        this.graph = graph;
        this.before = before;
    }

    void judge(List<ThreadFacts> threads) {
        threads.stream()
                .filter(thread ->
                        thread.persistence().isMeasured() && thread.thread().cpuNanos() < 0)
                .forEach(this::judge);
        threads.stream()
                .filter(thread ->
                        thread.persistence().isMeasured() && thread.waitsFor().polls())
                .filter(this::isServed)
                .forEach(ThreadFacts::passesThrough);
    }

    private boolean isServed(ThreadFacts polling) {
        return polling.blockedOn().map(graph::holder).map(Holder::holders).orElse(List.of()).stream()
                .anyMatch(server -> server.persistence().kind() == Persistence.Kind.PROGRESS);
    }

    private void judge(ThreadFacts thread) {
        List<ThreadFacts> workers = holders(thread, Resource.Kind.FUTURE);
        if (!workers.isEmpty() && workers.stream().allMatch(worker -> before.isWithout(worker.thread()))) {
            thread.passesThrough();
            workers.forEach(ThreadFacts::passesThrough);
        }
        List<ThreadFacts> consumers = holders(thread, Resource.Kind.QUEUE);
        if (!consumers.isEmpty() && consumers.stream().allMatch(ThreadFacts::isIdle)) {
            thread.passesThrough();
        }
    }

    private List<ThreadFacts> holders(ThreadFacts thread, Resource.Kind awaited) {
        return thread.blockedOn()
                .filter(resource -> resource.kind() == awaited)
                .map(resource -> graph.holder(resource).holders())
                .orElse(List.of());
    }
}
