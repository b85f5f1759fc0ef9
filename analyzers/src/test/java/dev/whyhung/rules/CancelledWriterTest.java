package dev.whyhung.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whyhung.DumpText;
import dev.whyhung.MadeRecording;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.model.ThreadRef;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A task that was cancelled left a read-write lock locked, and its thread is idle, or takes it again: dumps without owners do not say. */
class CancelledWriterTest {

    private static final String LOCK =
            "<0x00000000e0000001> (a java.util.concurrent.locks.ReentrantReadWriteLock$NonfairSync)";
    private static final String ACQUIRE =
            "java.util.concurrent.locks.AbstractQueuedSynchronizer.acquire(java.base@17.0.15/AbstractQueuedSynchronizer.java:715)";
    private static final String SORT = "org.acme.library.Shelf.sort(Shelf.java:44)";
    private static final String SLEEP = "org.acme.library.Shelf.sort(Shelf.java:45)";
    private static final ThreadRef SORTER = MadeRecording.thread(1, "sorter-1");

    private static DumpText waiters(DumpText dump) {
        for (int i = 1; i <= 10; i++) {
            dump.parked(
                    "http-nio-8080-exec-" + i,
                    "WAITING (parking)",
                    LOCK,
                    ACQUIRE,
                    "java.util.concurrent.locks.ReentrantReadWriteLock$ReadLock.lock(java.base@17.0.15/ReentrantReadWriteLock.java:738)",
                    "org.acme.library.Shelf.find(Shelf.java:48)");
        }
        return dump.parked(
                "sorter-2",
                "WAITING (parking)",
                LOCK,
                ACQUIRE,
                "java.util.concurrent.locks.ReentrantReadWriteLock$WriteLock.lock(java.base@17.0.15/ReentrantReadWriteLock.java:959)",
                SORT,
                "java.util.concurrent.ThreadPoolExecutor.runWorker(java.base@17.0.15/ThreadPoolExecutor.java:1122)",
                "java.lang.Thread.run(java.base@17.0.15/Thread.java:840)");
    }

    private static DumpText idle(int second) {
        return waiters(DumpText.withoutOwners(second).idleWorker("sorter-1"));
    }

    private static DumpText again(int second) {
        return waiters(DumpText.withoutOwners(second)
                .thread(
                        "sorter-1",
                        second,
                        "TIMED_WAITING (sleeping)",
                        "java.lang.Thread.sleep(java.base@17.0.15/Native Method)",
                        "org.acme.library.Shelf.sort(Shelf.java:45)",
                        "java.util.concurrent.FutureTask.run(java.base@17.0.15/FutureTask.java:264)",
                        "java.util.concurrent.ThreadPoolExecutor.runWorker(java.base@17.0.15/ThreadPoolExecutor.java:1122)",
                        "java.lang.Thread.run(java.base@17.0.15/Thread.java:840)"));
    }

    private static MadeRecording interruptedAt(double second, String place) {
        return MadeRecording.of("r.jfr", -90, 50)
                .thrown(
                        second,
                        SORTER,
                        "java.lang.InterruptedException",
                        "sleep interrupted",
                        "java.lang.Thread.sleep(Thread.java)",
                        place);
    }

    private static ProcessDiagnosis idle(MadeRecording recording) {
        return Runs.process(List.of(recording), idle(30), idle(50));
    }

    private static String firstOfAgain(MadeRecording recording) {
        return Runs.rules(Runs.process(List.of(recording), again(30), again(50)))
                .get(0);
    }

    @Test
    void isTheOwnerByTheExceptionThatEndedItsTask() {
        ProcessDiagnosis process = idle(interruptedAt(28, SLEEP));
        assertEquals("orphaned-lock-idle-owner", Runs.rules(process).get(0));
        assertEquals(
                "sorter-1",
                Runs.finding(process, "orphaned-lock-idle-owner")
                        .finding()
                        .culprits()
                        .get(0)
                        .thread());
    }

    @Test
    void isNotKnownFromAnExceptionElsewhere() {
        ProcessDiagnosis process = idle(interruptedAt(28, "org.acme.mail.Letters.send(Letters.java:45)"));
        assertEquals("orphaned-lock-dead-owner", Runs.rules(process).get(0));
    }

    @Test
    void comesBackAndTakesItAgain() {
        assertEquals("orphaned-lock-busy-owner", firstOfAgain(interruptedAt(45, SLEEP)));
    }

    @Test
    void mayHaveGivenItBackBeforeTheOthersCame() {
        assertEquals("lock-held-across-blocking-call", firstOfAgain(interruptedAt(-89, SLEEP)));
    }
}
