package dev.whyhung.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whyhung.DumpText;
import dev.whyhung.FileDumpText;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.ProcessDiagnosis;
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
}
