package dev.whyhung.graph;

import dev.whyhung.model.CallStack;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * The threads of a dump by their stacks: a million threads share a few hundred. What depends on a stack alone is asked once for each.
 */
public final class StackGroups {

    private final Map<CallStack, List<ThreadFacts>> groups = new LinkedHashMap<>();

    StackGroups(List<ThreadFacts> threads) {
        for (ThreadFacts thread : threads) {
            groups.computeIfAbsent(thread.thread().stack(), stack -> new ArrayList<>())
                    .add(thread);
        }
    }

    /** In order of their first threads. */
    public Set<CallStack> stacks() {
        return groups.keySet();
    }

    /** Who stands there, by id. */
    public List<ThreadFacts> of(CallStack stack) {
        return groups.getOrDefault(stack, List.of());
    }

    public void forEach(BiConsumer<CallStack, List<ThreadFacts>> action) {
        groups.forEach(action);
    }
}
