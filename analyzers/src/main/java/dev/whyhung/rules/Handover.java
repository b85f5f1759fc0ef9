package dev.whyhung.rules;

import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.Persistence;
import dev.whyhung.graph.thread.Resource;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.model.DumpTrace;
import dev.whyhung.model.Sighting;
import java.util.List;

/**
 * Whether a lock is passed on. A thread that waited for such a lock in the dump before, has moved since, and waits again, got it in
 * between. A thread that was elsewhere before tells nothing: it may have come to a lock that was lost meanwhile.
 */
public final class Handover {

    private Handover() {}

    public static boolean seen(Facts facts, Resource lock, List<ThreadFacts> waiters) {
        List<DumpTrace> earlier = facts.evidence().earlier();
        return !earlier.isEmpty() && waiters.stream().anyMatch(waiter -> gotIt(waiter, lock, earlier.get(0)));
    }

    private static boolean gotIt(ThreadFacts waiter, Resource lock, DumpTrace before) {
        Sighting sighting = before.of(waiter.id());
        return waiter.persistence().kind() == Persistence.Kind.PROGRESS
                && sighting != null
                && sighting.blockerClass().equals(lock.className());
    }

    /** For how long the wait of any of them is known to last; one that began after the dump before was seen once. */
    static Persistence persistence(List<ThreadFacts> waiters) {
        return Facts.strongest(waiters).sinceItBegan();
    }
}
