package dev.whyhung.rules;

import dev.whyhung.finding.Finding;
import dev.whyhung.finding.Fix;
import dev.whyhung.finding.Nature;
import dev.whyhung.finding.RuleInfo;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.Holder;
import dev.whyhung.graph.thread.ThreadFacts;
import java.util.ArrayList;
import java.util.List;

/** Threads wait for a pooled connection: all are lent. What their holders do is the cause. */
final class ConnectionPoolExhausted implements Rule {

    private static final RuleInfo INFO = RuleInfo.of(
            "connection-pool-exhausted", "All connections of a pool are lent and threads wait", Nature.TRANSPARENT);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> examine(Facts facts) {
        List<Finding> findings = new ArrayList<>();
        BorrowedPool.all(facts).forEach(pool -> findings.add(finding(facts, pool)));
        return findings;
    }

    private static Finding finding(Facts facts, BorrowedPool pool) {
        Finding.Draft draft = pool.draft(INFO, facts)
                .headline(pool.waiting() + ", and none is free")
                .explanation(
                        holders(facts, pool),
                        "The pool is the victim: whoever keeps its connections is the cause.",
                        "No dump shows the size of the pool or who borrowed what; the holders are concluded from their"
                                + " frames.")
                .confidence(isMereLoad(facts, pool) ? Account.MERE_LOAD : .9)
                .chain(doing(pool))
                .chain("no connection of " + pool.resource().name() + " comes back")
                .chain(pool.waiting() + Account.at(pool.site()))
                .fix(Fix.of(
                        "Fix what the holders wait for. A larger pool postpones the same end; a short borrow timeout"
                                + " turns silence into an error that is logged."));
        pool.holders().forEach(holder -> draft.culprit(Account.culprit(holder)));
        Account.show(draft, facts, pool.holders(), 3);
        return draft.build();
    }

    /** Seen once, and somebody works with a connection, or may do so. */
    private static boolean isMereLoad(Facts facts, BorrowedPool pool) {
        boolean guessed = facts.graph().holder(pool.resource()).edgeCertainty() < .5;
        return !pool.isMeasured() && (guessed || facts.graph().isServed(pool.resource()));
    }

    private static String holders(Facts facts, BorrowedPool pool) {
        if (pool.holders().isEmpty()) {
            return "No thread of this dump shows that it has one of them.";
        }
        String because = facts.graph().holder(pool.resource()) instanceof Holder.Inferred inferred
                ? " (such a thread " + inferred.because() + ')'
                : "";
        return Account.threads(pool.holders().size()) + " probably "
                + (pool.holders().size() == 1 ? "has" : "have") + " one" + because + ": " + doing(pool) + '.';
    }

    private static String doing(BorrowedPool pool) {
        if (pool.holders().isEmpty()) {
            return "nobody is seen with a connection";
        }
        ThreadFacts holder = pool.holders().get(0);
        return Account.quoted(holder) + ' ' + Account.doing(holder) + Account.at(holder.whereText());
    }
}
