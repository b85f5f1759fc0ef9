package dev.whyhung.rules;

import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.model.DumpTrace;
import dev.whyhung.model.Sighting;
import java.time.Duration;
import java.util.List;

/**
 * Threads of a connection pool that try to open connections and rest in between, so that no dump need show an attempt. An attempt costs
 * some CPU; a pool whose connections are all lent makes none.
 *
 * @param threads the threads, all of them at rest
 */
record PoolHelpers(List<ThreadFacts> threads, Trying trying) {

    /** Whether they were at work between two dumps. */
    enum Trying {
        YES,
        NO,
        NOT_SHOWN
    }

    /** Of a second. A failed connect every second takes some 2.5 ms of it, resting threads .03 ms. */
    private static final double LEAST_SHARE = .0003;

    static PoolHelpers of(Facts facts, BorrowedPool pool) {
        List<ThreadFacts> threads = facts.connections().helpers(pool.waiters().get(0));
        return new PoolHelpers(threads, trying(facts, pool, threads));
    }

    private static Trying trying(Facts facts, BorrowedPool pool, List<ThreadFacts> threads) {
        List<DumpTrace> earlier = facts.evidence().earlier();
        if (!pool.isMeasured() || earlier.isEmpty()) {
            return Trying.NOT_SHOWN;
        }
        DumpTrace before = earlier.get(0);
        long used = 0;
        for (ThreadFacts thread : threads) {
            Sighting sighting = before.of(thread.id());
            if (sighting == null || sighting.cpuNanos() < 0 || thread.thread().cpuNanos() < 0) {
                return Trying.NOT_SHOWN;
            }
            used += thread.thread().cpuNanos() - sighting.cpuNanos();
        }
        long span = before.info().until(facts.dump()).orElse(Duration.ZERO).toNanos();
        if (span <= 0) {
            return Trying.NOT_SHOWN;
        }
        return used >= LEAST_SHARE * span ? Trying.YES : Trying.NO;
    }

    /** Whether they may have been trying in vain. */
    boolean mayTry() {
        return !threads.isEmpty() && trying != Trying.NO;
    }
}
