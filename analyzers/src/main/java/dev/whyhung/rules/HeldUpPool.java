package dev.whyhung.rules;

import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.Holder;
import dev.whyhung.graph.thread.Pool;
import dev.whyhung.graph.thread.ThreadFacts;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A pool of some size none of whose workers has got on for long, as a recording tells: all are held up inside their tasks, most of them
 * at one place. Whoever puts in or takes out in a loop of its own may just be ahead of others who need nothing now.
 */
final class HeldUpPool {

    private static final Duration LONG = Duration.ofSeconds(30);

    private HeldUpPool() {}

    /** Whether these are most of such a pool, or what it waits for, and no task elsewhere is at work that may come to help them. */
    static boolean isOf(Facts facts, List<ThreadFacts> waiters) {
        Set<ThreadFacts> all = Set.copyOf(waiters);
        return concerned(facts, waiters.get(0))
                .filter(Pool::isBusy)
                .filter(pool -> isMostOf(pool, waiters) || waitsFor(facts, pool, all))
                .filter(pool -> pool.workers().stream().allMatch(worker -> isHeldUp(facts, worker)))
                .anyMatch(pool -> !Unanswered.isTaskAtWork(facts));
    }

    /** Its own pool, and those of which a worker waits for it. */
    private static Stream<Pool> concerned(Facts facts, ThreadFacts waiter) {
        return Stream.concat(
                waiter.pool().stream(),
                facts.graph().heldBy(waiter).stream()
                        .flatMap(held -> facts.graph().waiters(held).stream())
                        .flatMap(worker -> worker.pool().stream())
                        .distinct());
    }

    /** For results of tasks, as a rule. */
    private static boolean waitsFor(Facts facts, Pool pool, Set<ThreadFacts> waiters) {
        return pool.workers().stream()
                .allMatch(worker -> worker.waitsFor()
                        .resource()
                        .map(facts.graph()::holder)
                        .map(Holder::holders)
                        .filter(holders -> !holders.isEmpty() && waiters.containsAll(holders))
                        .isPresent());
    }

    /** Makes something before anybody asks for it, by the names of its code: then it rests at a full queue. */
    static boolean worksAhead(Facts facts, ThreadFacts thread) {
        return thread.thread().stack().frames().stream()
                .filter(frame -> facts.knowledge().isApplication(frame.className()))
                .anyMatch(frame -> facts.knowledge().isAmong("works-ahead", frame));
    }

    private static boolean isMostOf(Pool pool, List<ThreadFacts> waiters) {
        return waiters.stream()
                                .filter(waiter ->
                                        waiter.pool().filter(pool::equals).isPresent())
                                .count()
                        * 2
                > pool.workers().size();
    }

    private static boolean isHeldUp(Facts facts, ThreadFacts worker) {
        return !worker.reading().isEntry()
                && !worker.thread().isVirtual()
                && !worker.thread().status().isTimed()
                && !worksAhead(facts, worker)
                && facts.recorded().silence(worker).compareTo(LONG) >= 0;
    }
}
