package dev.whyhung.rules;

import dev.whyhung.finding.Finding;
import dev.whyhung.finding.Fix;
import dev.whyhung.finding.Nature;
import dev.whyhung.finding.RuleInfo;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.graph.thread.ThreadNode;
import java.util.ArrayList;
import java.util.List;

/** Threads that have one connection wait for a second one from the same pool, and those have them all. */
final class PoolNestedAcquireDeadlock implements Rule {

    private static final RuleInfo INFO = RuleInfo.of(
            "pool-nested-acquire-deadlock",
            "Threads that have a pooled connection wait for another one",
            Nature.OPAQUE);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> examine(Facts facts) {
        List<Finding> findings = new ArrayList<>();
        for (BorrowedPool pool : BorrowedPool.all(facts)) {
            boolean nested = !pool.holders().isEmpty() && pool.waiters().containsAll(pool.holders());
            boolean alone = pool.holders().size() == 1 && isConcluded(facts, pool);
            if (nested && !alone && pool.holders().stream().allMatch(facts.connections()::holdsAnother)) {
                findings.add(finding(facts, pool));
            }
        }
        return findings;
    }

    /** That they have one, from the methods in which others ask for theirs: these may have given it back before they went on. */
    private static boolean isConcluded(Facts facts, BorrowedPool pool) {
        return pool.holders().stream().allMatch(facts.connections()::isBelowBorrower);
    }

    private static final double LESS_SURE = .1;

    private static Finding finding(Facts facts, BorrowedPool pool) {
        List<ThreadFacts> holders = pool.holders();
        String library = pool.resource().name();
        Finding.Draft draft = pool.draft(INFO, facts)
                .headline(Account.threads(holders.size()) + " with a connection of " + library
                        + (holders.size() == 1 ? " waits" : " wait") + " for a second one")
                .explanation(
                        "By their frames these threads borrowed a connection, and before giving it back they ask the same"
                                + " pool for another.",
                        "Nobody else works with a connection: once as many threads as the pool has connections stand"
                                + " here, none ever comes back.",
                        "That they have one is concluded from the code; the pool's own figures would prove it.")
                .confidence((pool.isMeasured() ? .85 : .7) - (isConcluded(facts, pool) ? LESS_SURE : 0))
                .chain(Account.quoted(holders.get(0)) + " has a connection and waits for another"
                        + Account.at(holders.get(0).whereText()))
                .chain("all connections of " + library + " are lent to such threads")
                .chain(pool.waiting())
                .fix(ONE_CONNECTION)
                .fix(Fix.of("Where a second connection is needed (REQUIRES_NEW), give it a pool of its own. A pool of"
                        + " threads × (connections of one thread - 1) + 1 never deadlocks, but hides the fault."))
                .captureNext("the pool's MXBean: active connections, waiting threads");
        for (ThreadFacts holder : holders) {
            draft.target(new ThreadNode(holder.id())).culprit(Account.culprit(holder));
        }
        return draft.build();
    }

    private static final Fix ONE_CONNECTION =
            new Fix("Use the connection that the thread has: pass it on, or join the transaction.", """
            try (Connection outer = pool.getConnection()) {
                audit(order);                 // borrows again
            }""", """
            try (Connection connection = pool.getConnection()) {
                audit(connection, order);
            }""");
}
