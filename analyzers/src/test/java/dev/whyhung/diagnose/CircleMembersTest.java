package dev.whyhung.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whyhung.DumpText;
import dev.whyhung.Runs;
import org.junit.jupiter.api.Test;

/** A finding about a thread that is part of a circle is a consequence of the circle. */
class CircleMembersTest {

    private static final String LOCK = "<0x00000000e0000010> (a java.util.concurrent.locks.ReentrantLock$NonfairSync)";
    private static final String JOURNAL = "<0x00000000e0000020> (a com.acme.Journal)";

    private static DumpText dump(int second) {
        DumpText dump = DumpText.withOwners(second)
                .parkedOnLock(
                        "journal-rotation",
                        LOCK,
                        "com.acme.Journal.rotate(Journal.java:5)",
                        "- locked " + JOURNAL,
                        "java.util.concurrent.FutureTask.run(java.base@17.0.15/FutureTask.java:264)",
                        "java.util.concurrent.ScheduledThreadPoolExecutor$ScheduledFutureTask.run(java.base@17.0.15/ScheduledThreadPoolExecutor.java:304)",
                        "java.util.concurrent.ThreadPoolExecutor.runWorker(java.base@17.0.15/ThreadPoolExecutor.java:1136)",
                        "java.util.concurrent.ThreadPoolExecutor$Worker.run(java.base@17.0.15/ThreadPoolExecutor.java:635)",
                        "java.lang.Thread.run(java.base@17.0.15/Thread.java:840)")
                .blockedOn(
                        "stock-1",
                        JOURNAL,
                        "com.acme.Journal.note(Journal.java:9)",
                        "com.acme.Stock.take(Stock.java:7)",
                        "owns " + LOCK);
        for (int i = 2; i <= 20; i++) {
            dump.parkedOnLock("stock-" + i, LOCK, "com.acme.Stock.take(Stock.java:6)");
        }
        return dump;
    }

    @Test
    void theSchedulerIsStuckSinceItIsDeadlocked() {
        ProcessDiagnosis process = Runs.process(dump(0), dump(DumpText.LATER));
        assertEquals("deadlock-monitor-or-lock", Runs.rules(process).get(0));
        double rootness =
                Runs.finding(process, "scheduler-thread-blocked").score().rootness();
        assertTrue(rootness < .1, () -> "rootness " + rootness);
    }
}
