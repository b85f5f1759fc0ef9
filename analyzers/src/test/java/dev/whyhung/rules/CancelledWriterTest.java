package dev.whyhung.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whyhung.DumpText;
import dev.whyhung.MadeRecording;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.model.ThreadRef;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A task that was cancelled left a read-write lock locked, and its thread is idle: dumps without owners do not say whose it is. */
class CancelledWriterTest {

    private static final String LOCK =
            "<0x00000000e0000001> (a java.util.concurrent.locks.ReentrantReadWriteLock$NonfairSync)";
    private static final String ACQUIRE =
            "java.util.concurrent.locks.AbstractQueuedSynchronizer.acquire(java.base@17.0.15/AbstractQueuedSynchronizer.java:715)";
    private static final String SORT = "org.acme.library.Shelf.sort(Shelf.java:44)";
    private static final ThreadRef SORTER = MadeRecording.thread(1, "sorter-1");

    private static DumpText dump(int second) {
        DumpText dump = DumpText.withoutOwners(second).idleWorker("sorter-1");
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

    private static ProcessDiagnosis after(MadeRecording recording) {
        return Runs.process(List.of(recording), dump(30), dump(50));
    }

    private static MadeRecording recording() {
        return MadeRecording.of("r.jfr", -90, 50);
    }

    @Test
    void isTheOwnerByTheExceptionThatEndedItsTask() {
        ProcessDiagnosis process = after(recording()
                .thrown(
                        28,
                        SORTER,
                        "java.lang.InterruptedException",
                        "sleep interrupted",
                        "java.lang.Thread.sleep(Thread.java)",
                        "org.acme.library.Shelf.sort(Shelf.java:45)"));
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
        ProcessDiagnosis process = after(recording()
                .thrown(
                        28,
                        SORTER,
                        "java.lang.InterruptedException",
                        "sleep interrupted",
                        "java.lang.Thread.sleep(Thread.java)",
                        "org.acme.mail.Letters.send(Letters.java:45)"));
        assertEquals("orphaned-lock-dead-owner", Runs.rules(process).get(0));
    }
}
