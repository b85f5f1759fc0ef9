package dev.whyhung.graph.thread;

import dev.whyhung.model.CallStack;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * The threads of a dump by their stacks: a million threads share a few hundred. What depends on a stack alone is asked once for each;
 * what depends on nothing that tells twins apart, once for all of those.
 */
public final class StackGroups {

    private final Map<CallStack, List<ThreadFacts>> groups = new LinkedHashMap<>();

    private final List<ThreadFacts> threads;
    /** Those without a twin before them. */
    private final List<ThreadFacts> distinct;
    /** By the index of a thread, that of the first of its twins, or its own. */
    private final int[] firsts;

    public StackGroups(List<ThreadFacts> threads) {
        this.threads = threads;
        firsts = new int[threads.size()];
        for (ThreadFacts thread : threads) {
            groups.computeIfAbsent(thread.thread().stack(), stack -> new ArrayList<>())
                    .add(thread);
            firsts[thread.index()] = thread.first();
        }
        distinct = threads.stream()
                .filter(thread -> thread.first() == thread.index())
                .toList();
    }

    /** The threads of which this holds. It must not ask for an id, for what a thread holds, nor whether it is stuck. */
    public ThreadSet those(Predicate<ThreadFacts> which) {
        ThreadSet those = new ThreadSet(threads);
        distinct.stream().filter(which).forEach(those::add);
        boolean haveTwins = !those.isEmpty() && distinct.size() < threads.size();
        for (int i = 0; haveTwins && i < firsts.length; i++) {
            if (those.contains(threads.get(firsts[i]))) {
                those.add(threads.get(i));
            }
        }
        return those;
    }

    /** Whether it holds of any thread; the same goes for what it asks. */
    public boolean any(Predicate<ThreadFacts> which) {
        return distinct.stream().anyMatch(which);
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
