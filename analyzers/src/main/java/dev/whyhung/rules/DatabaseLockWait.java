package dev.whyhung.rules;

import dev.whyhung.graph.Facts;
import dev.whyhung.graph.Resource;
import dev.whyhung.graph.ThreadFacts;
import dev.whyhung.knowledge.Call;
import java.util.ArrayList;
import java.util.List;

/** Threads wait for a row or table that another transaction has locked. */
final class DatabaseLockWait implements Rule {

    private static final RuleInfo INFO =
            RuleInfo.of("database-lock-wait", "Threads wait for a lock inside the database", Nature.EXOGENOUS);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> examine(Facts facts) {
        List<Finding> findings = new ArrayList<>();
        for (Resource peer : facts.graph().resources()) {
            List<ThreadFacts> waiters = facts.graph().waiters(peer).stream()
                    .filter(waiter -> waiter.isStuck() && waiter.waitsFor().is(Call.Kind.DATABASE_LOCK))
                    .toList();
            boolean lasts = !waiters.isEmpty()
                    && (waiters.size() >= 2 || Facts.weakest(waiters).isMeasured());
            if (peer.kind() == Resource.Kind.PEER && lasts) {
                findings.add(finding(facts, peer, waiters));
            }
        }
        return findings;
    }

    private static Finding finding(Facts facts, Resource peer, List<ThreadFacts> waiters) {
        ThreadFacts first = waiters.get(0);
        String system = first.reading().client().orElse("the database");
        Finding.Draft draft = Finding.of(INFO)
                .headline(Account.threadsWait(waiters.size()) + " inside " + system
                        + " for a row or table that another transaction has locked")
                .explanation(
                        "They are in the lock manager of the database" + Account.at(first.whereText()) + '.',
                        "An open transaction has the lock: one that waits for something itself, or that was never"
                                + " committed. It may belong to this process or to another.",
                        "Which transaction it is, only the database can tell.")
                .confidence(Facts.strongest(waiters).isMeasured() ? .75 : .55)
                .persistence(ThreadPoolExhausted.prevailing(waiters))
                .resource(peer)
                .target(peer)
                .site(first.whereText())
                .chain("a transaction keeps a row or table locked")
                .chain(Account.threadsWait(waiters.size()) + " for it" + Account.at(first.whereText()))
                .fix(Fix.of(
                        "Keep transactions short: no remote call, no user, no sleep between the first change and the"
                                + " commit; commit or roll back in every case."))
                .fix(Fix.of(
                        "Set a lock timeout (LOCK_TIMEOUT, lock_timeout, innodb_lock_wait_timeout), and change rows in"
                                + " one order everywhere."))
                .captureNext(
                        "the database's view of locks: INFORMATION_SCHEMA.LOCKS (H2), pg_locks, sys.innodb_lock_waits");
        Account.show(draft, facts, waiters, 4);
        return draft.build();
    }
}
