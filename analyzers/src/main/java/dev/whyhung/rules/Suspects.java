package dev.whyhung.rules;

import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.Pool;
import dev.whyhung.graph.thread.Resource;
import dev.whyhung.graph.thread.ThreadFacts;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The idle threads, of those that live, that probably own a lock; none where nothing tells them from others.
 *
 * @param because why these
 */
record Suspects(List<ThreadFacts> threads, String because) {

    private static final int CROWD = 3;
    private static final String NOBODY = "Which thread it is, neither the dump nor the recording shows.";
    private static final String WAS_THERE =
            "Of the threads that do not wait for it, only this one was recorded in that code.";
    private static final String PASSES =
            "The rest of its pool waits, while it has done one task after the other: whoever owns such a lock gets it once"
                    + " more.";

    static Suspects of(Facts facts, Resource lock, List<ThreadFacts> waiters) {
        List<ThreadFacts> mates = mates(waiters, pool -> true);
        List<ThreadFacts> few = mates(waiters, pool -> isMostlyOf(pool, waiters));
        boolean pass = few.stream().allMatch(mate -> facts.recorded().hasServedSince(mate, waiters));
        if (pass && (few.size() == 1 || (few.size() > 1 && Unowned.isReadWrite(facts, lock)))) {
            return new Suspects(few, PASSES);
        }
        List<ThreadFacts> seen = facts.recorded().seenInside(waiters).stream()
                .flatMap(id -> facts.thread(id).stream())
                .filter(ThreadFacts::isIdle)
                .toList();
        return seen.size() == 1 && seen.containsAll(mates)
                ? new Suspects(seen, WAS_THERE)
                : new Suspects(List.of(), NOBODY);
    }

    /** Idle workers of the pools of those who wait: they run the same tasks, and need not have been recorded. */
    private static List<ThreadFacts> mates(List<ThreadFacts> waiters, Predicate<Pool> which) {
        Set<Pool> pools = waiters.stream()
                .flatMap(waiter -> waiter.pool().stream())
                .filter(which)
                .collect(Collectors.toSet());
        return pools.stream()
                .flatMap(pool -> pool.workers().stream())
                .filter(ThreadFacts::isIdle)
                .sorted((one, other) -> one.id().compareTo(other.id()))
                .toList();
    }

    private static boolean isMostlyOf(Pool pool, List<ThreadFacts> waiters) {
        long waiting = waiters.stream()
                .filter(waiter -> waiter.pool().filter(pool::equals).isPresent())
                .count();
        return waiting >= CROWD && waiting * 2 > pool.workers().size();
    }
}
