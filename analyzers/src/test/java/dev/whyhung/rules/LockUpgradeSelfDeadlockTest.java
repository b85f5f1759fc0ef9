package dev.whyhung.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whyhung.FileDumpText;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.diagnose.verdict.Verdict;
import dev.whyhung.finding.Tier;
import org.junit.jupiter.api.Test;

/** As JDK 25 shows virtual threads: what they wait for, and no owner of a lock. */
class LockUpgradeSelfDeadlockTest {

    private static final String LOCK = "java.util.concurrent.locks.ReentrantReadWriteLock$NonfairSync@1a";
    private static final String[] PARK = {
        "java.base/java.lang.VirtualThread.park(VirtualThread.java:742)",
        "java.base/java.util.concurrent.locks.LockSupport.park(LockSupport.java:369)",
        "java.base/java.util.concurrent.locks.AbstractQueuedSynchronizer.acquire(AbstractQueuedSynchronizer.java:789)"
    };

    private static String dump(String time) {
        FileDumpText dump = new FileDumpText("25.0.3+9", time);
        dump.parked(
                "",
                LOCK,
                PARK[0],
                PARK[1],
                PARK[2],
                "java.base/java.util.concurrent.locks.ReentrantReadWriteLock$WriteLock.lock(ReentrantReadWriteLock.java:959)",
                "com.acme.Board.repair(Board.java:40)",
                "com.acme.Board.view(Board.java:30)",
                "com.acme.Web.get(Web.java:12)",
                FileDumpText.RUN_VIRTUAL);
        for (int i = 0; i < 12; i++) {
            dump.parked(
                    "",
                    LOCK,
                    PARK[0],
                    PARK[1],
                    PARK[2],
                    "java.base/java.util.concurrent.locks.ReentrantReadWriteLock$ReadLock.lock(ReentrantReadWriteLock.java:738)",
                    "com.acme.Board.view(Board.java:28)",
                    "com.acme.Web.get(Web.java:12)",
                    FileDumpText.RUN_VIRTUAL);
        }
        return dump.whole();
    }

    private static ProcessDiagnosis diagnose(String... dumps) {
        return Runs.diagnose(Runs.read(dumps)).processes().get(0);
    }

    @Test
    void isToldByTheCodeWhereNobodyElseIsInIt() {
        ProcessDiagnosis process = diagnose(dump("2026-03-01T12:00:00Z"), dump("2026-03-01T12:00:10Z"));
        assertEquals("lock-upgrade-self-deadlock", Runs.rules(process).get(0));
        assertEquals(Verdict.Status.HUNG, process.verdict().status());
    }

    @Test
    void remainsAHintInOneDump() {
        assertEquals(
                Tier.HINT,
                Runs.finding(diagnose(dump("2026-03-01T12:00:00Z")), "lock-upgrade-self-deadlock")
                        .tier());
    }
}
