package dev.whyhung.diagnose.rank;

import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.model.ThreadId;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Threads of which a report names the first, since there may be a million.
 *
 * @param size how many they are
 * @param first the first {@value #MOST} of them, by id
 */
public record Crowd(int size, List<ThreadId> first) {

    private static final int MOST = 50;

    public Crowd {
        first = List.copyOf(first);
    }

    /** Threads that stand by id. */
    static Crowd of(Set<ThreadFacts> threads) {
        return without(threads, id -> false, 0);
    }

    /** The same but for some of them, whose number is known. */
    static Crowd without(Set<ThreadFacts> threads, Predicate<ThreadId> left, int out) {
        List<ThreadId> first = threads.stream()
                .map(ThreadFacts::id)
                .filter(left.negate())
                .limit(MOST)
                .toList();
        return new Crowd(threads.size() - out, first);
    }
}
