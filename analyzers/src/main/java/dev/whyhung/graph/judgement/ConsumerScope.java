package dev.whyhung.graph.judgement;

import dev.whyhung.graph.thread.Holder;
import dev.whyhung.graph.thread.Resource;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.graph.waitfor.WaitForGraph;
import dev.whyhung.knowledge.Knowledge;
import java.util.List;
import java.util.Optional;

/**
 * A scope whose tasks all take from one and the same empty queue: they share its work for good, and so its owner waits by design. An
 * answer is waited for by one; what is lent is asked for by name.
 */
final class ConsumerScope {

    private static final int TEAM = 2;

    private ConsumerScope() {}

    static boolean isOpenedBy(ThreadFacts owner, WaitForGraph graph, Knowledge knowledge) {
        if (!owner.waitsFor().isForScope()) {
            return false;
        }
        List<ThreadFacts> tasks = owner.waitsFor()
                .resource()
                .map(graph::holder)
                .map(Holder::holders)
                .orElse(List.of());
        if (tasks.size() < TEAM) {
            return false;
        }
        Optional<Resource> queue = tasks.get(0).waitsFor().resource();
        return queue.isPresent()
                && tasks.stream()
                        .allMatch(task -> task.waitsFor().resource().equals(queue) && takesWork(task, knowledge));
    }

    private static boolean takesWork(ThreadFacts task, Knowledge knowledge) {
        return task.reading()
                        .passive(task.name())
                        .filter("queue-consumer"::equals)
                        .isPresent()
                && task.reading()
                        .appFrame()
                        .filter(frame -> knowledge.isNamedAmong("lends", frame))
                        .isEmpty();
    }
}
