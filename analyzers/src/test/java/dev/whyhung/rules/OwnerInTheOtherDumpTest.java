package dev.whyhung.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.whyhung.DumpText;
import dev.whyhung.FileDumpText;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.ProcessDiagnosis;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A platform thread and a virtual one, each with the lock that the other waits for; of one process, told by two kinds of dumps. */
class OwnerInTheOtherDumpTest {

    private static final String SYNC = "java.util.concurrent.locks.ReentrantLock$NonfairSync";
    private static final int FIRST_ID = 20;

    @Test
    void theOwnerThatOneOfThemPrintsIsKept() {
        String file = new FileDumpText("17.0.15+6", "2026-03-01T12:00:01Z")
                .parked(
                        "journal-writer",
                        SYNC + "@1a",
                        FIRST_ID + 1,
                        "java.base/jdk.internal.misc.Unsafe.park(Native Method)",
                        "java.base/java.util.concurrent.locks.ReentrantLock.lock(ReentrantLock.java:322)",
                        "com.acme.Journal.rotate(Journal.java:7)",
                        FileDumpText.RUN)
                .parked(
                        "request-0",
                        SYNC + "@2b",
                        FIRST_ID,
                        FileDumpText.LOCK,
                        "com.acme.Journal.post(Journal.java:6)",
                        FileDumpText.RUN_VIRTUAL)
                .whole();
        DumpText text = DumpText.withOwners(1);
        for (int id = 1; id < FIRST_ID; id++) {
            text.idleWorker("http-nio-8080-exec-" + id);
        }
        text.thread(
                "journal-writer",
                "WAITING (parking)",
                "jdk.internal.misc.Unsafe.park(java.base@26/Native Method)",
                "- parking to wait for  <0x00000000e0000001> (a " + SYNC + ")",
                "java.util.concurrent.locks.ReentrantLock.lock(java.base@26/ReentrantLock.java:322)",
                "com.acme.Journal.rotate(Journal.java:7)",
                "java.lang.Thread.run(java.base@26/Thread.java:1583)",
                "owns <0x00000000e0000002> (a " + SYNC + ")");
        ProcessDiagnosis process =
                Runs.diagnose(Runs.read(file, text.whole())).processes().get(0);
        assertEquals("deadlock-monitor-or-lock", Runs.rules(process).get(0));
    }

    private static FileDumpText requests(int number, String... journal) {
        FileDumpText file = new FileDumpText("17.0.15+6", "2026-03-01T12:00:01Z").thread("journal-writer", journal);
        for (int i = 0; i < number; i++) {
            file.parked(
                    "request-" + i,
                    SYNC + "@2b",
                    FileDumpText.LOCK,
                    "com.acme.Journal.post(Journal.java:6)",
                    FileDumpText.RUN_VIRTUAL);
        }
        return file;
    }

    private static DumpText writer() {
        DumpText text = DumpText.withOwners(1);
        for (int id = 1; id < FIRST_ID; id++) {
            text.idleWorker("http-nio-8080-exec-" + id);
        }
        return text.awaitingLatch(
                "journal-writer",
                "com.acme.Journal.rotate(Journal.java:7)",
                "java.lang.Thread.run(java.base@17.0.15/Thread.java:840)",
                "owns <0x00000000e0000002> (a " + SYNC + ")");
    }

    private static List<String> rules(FileDumpText file, DumpText text) {
        return Runs.rules(
                Runs.diagnose(Runs.read(file.whole(), text.whole())).processes().get(0));
    }

    private static final String[] ROTATING = {
        "java.base/java.util.concurrent.CountDownLatch.await(CountDownLatch.java:230)",
        "com.acme.Journal.rotate(Journal.java:7)",
        FileDumpText.RUN
    };

    @Test
    void theOnlyLockOfItsClassIsTheOneThatVirtualThreadsWaitFor() {
        assertEquals(
                "lock-held-across-blocking-call",
                rules(requests(4, ROTATING), writer()).get(0));
    }

    @Test
    void oneOfTwoLocksOfAClassMayBeThatOfAThreadAtWork() {
        DumpText text = writer().thread(
                        "journal-reader",
                        "RUNNABLE",
                        "com.acme.Journal.read(Journal.java:9)",
                        "java.lang.Thread.run(java.base@17.0.15/Thread.java:840)",
                        "owns <0x00000000e0000003> (a " + SYNC + ")");
        assertFalse(rules(requests(4, ROTATING), text).contains("lock-held-across-blocking-call"));
    }

    @Test
    void aVirtualThreadInThatCodeMayOwnTheLock() {
        FileDumpText file = requests(4, ROTATING)
                .thread("request-4", "com.acme.Journal.post(Journal.java:8)", FileDumpText.RUN_VIRTUAL);
        assertFalse(rules(file, writer()).contains("lock-held-across-blocking-call"));
    }
}
