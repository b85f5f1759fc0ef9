package dev.whyhung.rules;

import dev.whyhung.finding.Finding;
import dev.whyhung.finding.RuleInfo;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.Resource;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.graph.thread.Wait;
import java.util.ArrayList;
import java.util.List;

/**
 * A connection pool that somebody waits for in vain.
 *
 * @param resource the pool
 * @param waiters the threads that wait for one of its connections and are stuck, by id
 * @param holders the threads that probably have one, by id
 */
record BorrowedPool(Resource resource, List<ThreadFacts> waiters, List<ThreadFacts> holders) {

    /** Pools with two stuck borrowers, or one of which several dumps show that it does not get on. */
    static List<BorrowedPool> all(Facts facts) {
        List<BorrowedPool> all = new ArrayList<>();
        for (Resource resource : facts.graph().resources()) {
            List<ThreadFacts> waiters = facts.graph().stuckWaiters(resource);
            boolean borrowed = resource.kind() == Resource.Kind.CONNECTIONS && !waiters.isEmpty();
            if (borrowed && (waiters.size() >= 2 || waiters.get(0).persistence().isMeasured())) {
                all.add(new BorrowedPool(
                        resource, waiters, facts.graph().holder(resource).holders()));
            }
        }
        return all;
    }

    /** Whether another pool of the same library may be the one that these holders, or that these openers, belong to. */
    boolean mayBeOfAnother(Facts facts) {
        return facts.connections().isOneOfSeveral(waiters.get(0));
    }

    /** Holders that work with a connection of some pool of this library, and get on: they keep nobody waiting for this one. */
    boolean isOnlyGuessedHeld(Facts facts) {
        return isMeasured()
                && mayBeOfAnother(facts)
                && facts.graph().holder(resource).edgeCertainty() < GUESS
                && holders.stream().noneMatch(ThreadFacts::isStuck);
    }

    private static final double GUESS = .5;

    /** Whether other pools of this library are waited for as well, so that it may be theirs which cannot open connections. */
    boolean sharesOpeners(Facts facts) {
        return mayBeOfAnother(facts)
                && facts.graph().resources().stream()
                        .anyMatch(other -> other.kind() == Resource.Kind.CONNECTIONS
                                && other.name().equals(resource.name())
                                && !other.equals(resource));
    }

    /** Threads that open a new connection for it, and wait. */
    List<ThreadFacts> openers(Facts facts) {
        return facts.connections().openers(waiters.get(0)).stream()
                .filter(opener -> !waiters.contains(opener) && opener.waitsFor().kind() != Wait.Kind.NONE)
                .toList();
    }

    String site() {
        return waiters.get(0).whereText();
    }

    /** {@code 20 threads wait for a connection of HikariCP}. */
    String waiting() {
        return Account.threadsWait(waiters.size()) + " for a connection of " + resource.name();
    }

    boolean isMeasured() {
        return ThreadPoolExhausted.prevailing(waiters).isMeasured();
    }

    /** A finding about this pool with what all of them say. */
    Finding.Draft draft(RuleInfo rule, Facts facts) {
        Finding.Draft draft = Finding.of(rule)
                .resource(resource)
                .target(resource)
                .persistence(ThreadPoolExhausted.prevailing(waiters))
                .site(site());
        Account.show(draft, facts, waiters, 3);
        return draft;
    }
}
