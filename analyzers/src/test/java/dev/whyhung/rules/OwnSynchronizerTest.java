package dev.whyhung.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whyhung.DumpText;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.diagnose.verdict.Verdict;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Synchronizers that an application builds upon the queue of the JDK, which name their owner if they want to. */
class OwnSynchronizerTest {

    private static final String RULE = "orphaned-lock-dead-owner";
    private static final String GATE = "<0x00000000e00000%02d> (a com.acme.Berth$Gate)";
    private static final String QUEUE = "java.util.concurrent.locks.AbstractQueuedSynchronizer.";
    private static final List<String> EXCLUSIVE = List.of(
            QUEUE + "acquire(java.base@17.0.15/AbstractQueuedSynchronizer.java:715)",
            QUEUE + "acquire(java.base@17.0.15/AbstractQueuedSynchronizer.java:938)");
    private static final List<String> SHARED = List.of(
            QUEUE + "acquire(java.base@17.0.15/AbstractQueuedSynchronizer.java:715)",
            QUEUE + "acquireShared(java.base@17.0.15/AbstractQueuedSynchronizer.java:1027)");
    private static final List<String> EXCLUSIVE_8 = List.of(
            QUEUE + "parkAndCheckInterrupt(AbstractQueuedSynchronizer.java:836)",
            QUEUE + "acquireQueued(AbstractQueuedSynchronizer.java:870)",
            QUEUE + "acquire(AbstractQueuedSynchronizer.java:1199)");

    private static void waiter(DumpText dump, int number, List<String> queue) {
        dump.parked(
                "smith-" + number,
                "WAITING (parking)",
                GATE.formatted(1),
                Stream.concat(
                                queue.stream(),
                                Stream.of(
                                        "com.acme.Berth.moor(Berth.java:9)", "com.acme.Harbour.dock(Harbour.java:17)"))
                        .toArray(String[]::new));
    }

    private static ProcessDiagnosis waiters(int count, List<String> queue) {
        return Runs.twice(dump -> {
            for (int i = 1; i <= count; i++) {
                waiter(dump, i, queue);
            }
        });
    }

    private static double confidence(ProcessDiagnosis process) {
        return Runs.finding(process, RULE).score().confidence();
    }

    @Test
    void severalInTheQueueOfALockAreWorthAHint() {
        for (List<String> queue : List.of(EXCLUSIVE, EXCLUSIVE_8)) {
            ProcessDiagnosis process = waiters(6, queue);
            assertEquals(.38, confidence(process));
            assertFalse(process.verdict().status() == Verdict.Status.HUNG);
            assertFalse(process.verdict().status() == Verdict.Status.DEGRADED);
        }
    }

    @Test
    void sharedOnesAreNoLocks() {
        assertFalse(Runs.rules(waiters(6, SHARED)).contains(RULE));
    }

    /** It keeps its program alive, say. */
    @Test
    void oneAloneIsNoTrouble() {
        for (List<String> queue : List.of(EXCLUSIVE, EXCLUSIVE_8)) {
            ProcessDiagnosis process = waiters(1, queue);
            assertFalse(Runs.rules(process).contains(RULE));
            assertEquals(Verdict.Status.HEALTHY, process.verdict().status());
        }
    }

    /** An office that one thread holds for good, or a place that is much in use. */
    @Test
    void somebodyIsInside() {
        for (List<String> queue : List.of(EXCLUSIVE, EXCLUSIVE_8)) {
            ProcessDiagnosis process = Runs.twice(dump -> {
                for (int i = 1; i <= 6; i++) {
                    waiter(dump, i, queue);
                }
                dump.thread(
                        "smith-7",
                        "TIMED_WAITING (sleeping)",
                        "java.lang.Thread.sleep(java.base@17.0.15/Native Method)",
                        "com.acme.Ship.unload(Ship.java:5)",
                        "com.acme.Harbour.dock(Harbour.java:18)");
            });
            assertFalse(Runs.rules(process).contains(RULE));
            assertEquals(Verdict.Status.HEALTHY, process.verdict().status());
        }
    }

    /** Another of the class has an owner that is printed: so would this one's be. */
    @Test
    void aClassThatNamesItsOwnersIsALock() {
        ProcessDiagnosis process = Runs.twice(dump -> {
            for (int i = 1; i <= 6; i++) {
                waiter(dump, i, EXCLUSIVE);
            }
            dump.idleWorker("pool-1-thread-1", GATE.formatted(2));
        });
        assertEquals(.82, confidence(process));
        assertTrue(process.verdict().status() == Verdict.Status.HUNG);
    }
}
