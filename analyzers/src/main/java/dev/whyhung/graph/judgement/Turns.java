package dev.whyhung.graph.judgement;

import dev.whyhung.graph.thread.Component;
import dev.whyhung.graph.thread.Holder;
import dev.whyhung.graph.thread.Resource;
import dev.whyhung.graph.thread.StackGroups;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.graph.waitfor.WaitForGraph;
import dev.whyhung.model.CallStack;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Synchronizers that need not tell their owner, and whether somebody is in the code that takes them. */
final class Turns {

    private final WaitForGraph graph;
    private final StackGroups stacks;
    private final Map<Resource, Boolean> taken = new HashMap<>();
    private @Nullable Map<String, Set<CallStack>> byCode;

    Turns(WaitForGraph graph, StackGroups stacks) {
        this.graph = graph;
        this.stacks = stacks;
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
        List<ThreadFacts> waiting = graph.waiters(resource);
        Set<ThreadFacts> waiters = new HashSet<>(waiting);
        Map<String, Set<CallStack>> index = byCode();
        return Component.of(waiting)
                .keys()
                .flatMap(key -> index.getOrDefault(key, Set.of()).stream())
                .flatMap(stack -> stacks.of(stack).stream())
                .anyMatch(thread -> !thread.isIdle() && !thread.isJvm() && !waiters.contains(thread));
    }

    /** Made when the first of them is seen; most dumps have none. */
    private Map<String, Set<CallStack>> byCode() {
        if (byCode == null) {
            byCode = new HashMap<>();
            for (CallStack stack : stacks.stacks()) {
                Component.keys(stack)
                        .forEach(key -> byCode.computeIfAbsent(key, unused -> new LinkedHashSet<>())
                                .add(stack));
            }
        }
        return byCode;
    }
}
