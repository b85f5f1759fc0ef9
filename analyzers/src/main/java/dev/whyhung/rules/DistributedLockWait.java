package dev.whyhung.rules;

import dev.whyhung.finding.Finding;
import dev.whyhung.finding.Fix;
import dev.whyhung.finding.Nature;
import dev.whyhung.finding.RuleInfo;
import dev.whyhung.finding.Tier;
import dev.whyhung.graph.Facts;
import dev.whyhung.knowledge.Call;
import java.util.List;

/** Threads wait for a lock that Redis, ZooKeeper or a cluster keeps for all processes. */
final class DistributedLockWait implements Rule {

    private static final RuleInfo INFO =
            RuleInfo.of("distributed-lock-wait", "Threads wait for a distributed lock", Nature.EXOGENOUS);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    /** Threads in the background may be standbys that wait for their turn to lead. */
    private static final double STANDBY = Tier.HINT_AT_MOST;

    @Override
    public List<Finding> examine(Facts facts) {
        return LockElsewhere.of(facts, Call.Kind.DISTRIBUTED_LOCK).stream()
                .filter(lock -> lock.waiters().size() >= 2 || servesRequests(lock))
                .map(lock -> finding(facts, lock))
                .toList();
    }

    private static boolean servesRequests(LockElsewhere lock) {
        return lock.waiters().stream().anyMatch(waiter -> waiter.role().is("REQUEST"));
    }

    private static Finding finding(Facts facts, LockElsewhere lock) {
        int waiters = lock.waiters().size();
        String system = lock.system("a cluster");
        String at = Account.at(lock.first().whereText());
        boolean serves = servesRequests(lock);
        Finding.Draft draft = lock.draft(INFO, facts)
                .headline(Account.threadsWait(waiters) + " for a lock in " + system + " that somebody keeps")
                .explanation(
                        "They ask " + system + " for a lock that all processes share" + at + '.',
                        "Another process has it, or a thread of this one that ended or went back to its pool without"
                                + " unlocking: as long as its process renews the lease, the lock outlives the thread.",
                        serves
                                ? ""
                                : "No request waits for it: whoever stands by until it is its turn to lead looks the same.",
                        "Who has it, only " + system + " can tell.")
                .chain("somebody keeps a lock in " + system)
                .chain(Account.threadsWait(waiters) + " for it" + at)
                .fix(UNLOCK)
                .fix(Fix.of("Give the lock a lease, and wait for it with a limit: tryLock, and an answer for those who"
                        + " do not get it."))
                .captureNext("what " + system + " knows of the lock: " + Query.of(system))
                .captureNext("jcmd <pid of every other process that uses it> Thread.print -l   # at the same time");
        return (serves ? draft : draft.confidence(STANDBY)).build();
    }

    private static final Fix UNLOCK = new Fix("Unlock in a finally block, in the thread that has locked.", """
            lock.lock();
            update(stock);              // throws: the lock is never given back
            lock.unlock();""", """
            lock.lock();
            try {
                update(stock);
            } finally {
                lock.unlock();
            }""");

    /** How to ask who has a lock. */
    private enum Query {
        REDIS(
                "redis-cli HGETALL <name of the lock>   # <client id>:<thread id>; TTL <name> tells whether it is renewed"),
        ZOOKEEPER("zkCli.sh ls <path>, then stat of the lowest node   # ephemeralOwner is the session that has it"),
        OTHER("its console or API, which name the member and thread that own a lock");

        private final String command;

        Query(String command) {
            this.command = command;
        }

        static String of(String system) {
            Query query = system.equals("Redis") ? REDIS : system.equals("ZooKeeper") ? ZOOKEEPER : OTHER;
            return query.command;
        }
    }
}
