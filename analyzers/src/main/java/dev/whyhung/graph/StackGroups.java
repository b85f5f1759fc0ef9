package dev.whyhung.graph;

import dev.whyhung.model.CallStack;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * The threads of a dump by their stacks: a million threads share a few hundred. What depends on a stack alone is asked once for each;
 * what depends on nothing that tells threads of the same traits apart, once for all of those.
 */
public final class StackGroups {

    private final Map<CallStack, List<ThreadFacts>> groups = new LinkedHashMap<>();

    private final List<ThreadFacts> threads;
    /** The first thread of all traits. */
    private final List<ThreadFacts> firsts = new ArrayList<>();
    /** By the index of a thread, the number of its traits. */
    private final int[] traits;

    StackGroups(List<ThreadFacts> threads) {
        this.threads = threads;
        traits = new int[threads.size()];
        for (ThreadFacts thread : threads) {
            groups.computeIfAbsent(thread.thread().stack(), stack -> new ArrayList<>())
                    .add(thread);
            traits[thread.index()] = thread.traits().number();
            if (thread.traits().number() == firsts.size()) {
                firsts.add(thread);
            }
        }
    }

    /** The threads of which this holds. It must not ask for an id, for what a thread holds, nor whether it is stuck. */
    ThreadSet those(Predicate<ThreadFacts> which) {
        BitSet wanted = new BitSet();
        for (int i = 0; i < firsts.size(); i++) {
            wanted.set(i, which.test(firsts.get(i)));
        }
        ThreadSet those = new ThreadSet(threads);
        for (int i = wanted.isEmpty() ? traits.length : 0; i < traits.length; i++) {
            if (wanted.get(traits[i])) {
                those.add(threads.get(i));
            }
        }
        return those;
    }

    /** Whether it holds of any thread; the same goes for what it asks. */
    boolean any(Predicate<ThreadFacts> which) {
        return firsts.stream().anyMatch(which);
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
