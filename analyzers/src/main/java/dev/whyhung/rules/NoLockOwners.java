package dev.whyhung.rules;

import dev.whyhung.finding.Finding;
import dev.whyhung.finding.Nature;
import dev.whyhung.finding.RuleInfo;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.graph.thread.Wait;
import java.util.List;

/** Threads wait for locks whose owners this dump would not print. */
final class NoLockOwners implements Rule {

    private static final RuleInfo INFO = RuleInfo.of(
            "no-lock-owners", "The dump does not print owners of java.util.concurrent locks", Nature.DATA_QUALITY);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> examine(Facts facts) {
        List<ThreadFacts> waiters = List.copyOf(facts.those(thread ->
                thread.waitsFor().kind() == Wait.Kind.LOCK && !thread.thread().isVirtual()));
        if (Account.ownersShown(facts) || waiters.isEmpty()) {
            return List.of();
        }
        Finding.Draft draft = Finding.of(INFO)
                .headline(Account.threadsWait(waiters.size()) + " for locks whose owners this dump does not print")
                .explanation("Without -l, a dump prints owners of monitors but not of java.util.concurrent locks.")
                .captureNext(Account.DUMP_WITH_OWNERS);
        Account.show(draft, facts, waiters, 2);
        return List.of(draft.build());
    }
}
