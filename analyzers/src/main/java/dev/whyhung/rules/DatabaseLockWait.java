package dev.whyhung.rules;

import dev.whyhung.finding.Finding;
import dev.whyhung.finding.Fix;
import dev.whyhung.finding.Nature;
import dev.whyhung.finding.RuleInfo;
import dev.whyhung.graph.Facts;
import dev.whyhung.knowledge.Call;
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
        return LockElsewhere.of(facts, Call.Kind.DATABASE_LOCK).stream()
                .filter(lock -> lock.waiters().size() >= 2 || lock.isMeasured())
                .map(lock -> finding(facts, lock))
                .toList();
    }

    private static Finding finding(Facts facts, LockElsewhere lock) {
        int waiters = lock.waiters().size();
        String at = Account.at(lock.first().whereText());
        return lock.draft(INFO, facts)
                .headline(Account.threadsWait(waiters) + " inside " + lock.system("the database")
                        + " for a row or table that another transaction has locked")
                .explanation(
                        "They are in the lock manager of the database" + at + '.',
                        "An open transaction has the lock: one that waits for something itself, or that was never"
                                + " committed. It may belong to this process or to another.",
                        "Which transaction it is, only the database can tell.")
                .chain("a transaction keeps a row or table locked")
                .chain(Account.threadsWait(waiters) + " for it" + at)
                .fix(Fix.of(
                        "Keep transactions short: no remote call, no user, no sleep between the first change and the"
                                + " commit; commit or roll back in every case."))
                .fix(Fix.of(
                        "Set a lock timeout (LOCK_TIMEOUT, lock_timeout, innodb_lock_wait_timeout), and change rows in"
                                + " one order everywhere."))
                .captureNext(
                        "the database's view of locks: INFORMATION_SCHEMA.LOCKS (H2), pg_locks, sys.innodb_lock_waits")
                .build();
    }
}
