package dev.whyhung.graph;

import java.util.List;

/**
 * Waits for tasks that were not there in the dump before. Without CPU figures two dumps show a thread at the same place, whether it
 * waits still or anew; if the threads that run what it waits for have all been started since, it waits anew. So may one that asks again and
 * again, if those who serve it get on.
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
        List<ThreadFacts> workers = thread.blockedOn()
                .filter(resource -> resource.kind() == Resource.Kind.FUTURE)
                .map(resource -> graph.holder(resource).holders())
                .orElse(List.of());
        if (!workers.isEmpty() && workers.stream().allMatch(worker -> before.isWithout(worker.thread()))) {
            thread.passesThrough();
            workers.forEach(ThreadFacts::passesThrough);
        }
    }
}
