package dev.whyhung.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.whyhung.DumpText;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.diagnose.verdict.Verdict;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** A read lock that a worker did not give back: it can read again, and nobody else can. */
class ReadAgainTest {

    private static final String SYNC =
            "<0x00000000e0000001> (a java.util.concurrent.locks.ReentrantReadWriteLock$NonfairSync)";

    private static DumpText waiting(int second) {
        DumpText dump = DumpText.withoutOwners(second);
        dump.thread("editor", "WAITING (parking)", lines("WriteLock", "com.acme.Sheets.write(Sheets.java:30)"));
        for (int i = 1; i <= 9; i++) {
            dump.thread(
                    "http-nio-8080-exec-" + i,
                    "WAITING (parking)",
                    lines("ReadLock", "com.acme.Sheets.reading(Sheets.java:28)", "com.acme.Atlas.look(Atlas.java:14)"));
        }
        return dump;
    }

    private static String[] lines(String side, String... below) {
        String[] top = {
            "jdk.internal.misc.Unsafe.park(java.base@17.0.15/Native Method)",
            "- parking to wait for  " + SYNC,
            "java.util.concurrent.locks.LockSupport.park(java.base@17.0.15/LockSupport.java:211)",
            "java.util.concurrent.locks.AbstractQueuedSynchronizer.acquire(java.base@17.0.15/AbstractQueuedSynchronizer.java:715)",
            "java.util.concurrent.locks.ReentrantReadWriteLock$" + side
                    + ".lock(java.base@17.0.15/ReentrantReadWriteLock.java:738)"
        };
        String[] all = Arrays.copyOf(top, top.length + below.length);
        System.arraycopy(below, 0, all, top.length, below.length);
        return all;
    }

    private static DumpText reading(int second, int line) {
        return waiting(second)
                .thread(
                        "http-nio-8080-exec-10",
                        400,
                        "TIMED_WAITING (sleeping)",
                        "java.lang.Thread.sleep(java.base@17.0.15/Native Method)",
                        "com.acme.Atlas.render(Atlas.java:19)",
                        "com.acme.Atlas.look(Atlas.java:" + line + ')');
    }

    @Test
    void whoComesInWhileAWriterWaitsHasItAlready() {
        ProcessDiagnosis process =
                Runs.process(waiting(0).idleWorker("http-nio-8080-exec-10"), reading(DumpText.LATER, 15));
        assertEquals("rwlock-writer-starved", Runs.rules(process).get(0));
        assertEquals(Verdict.Status.HUNG, process.verdict().status());
        assertEquals(
                "http-nio-8080-exec-10",
                process.findings().get(0).finding().culprits().get(0).thread());
        assertEquals("leaked-read-lock", process.findings().get(0).finding().kind());
    }

    @Test
    void whoHasBeenThereMayJustBeSlow() {
        ProcessDiagnosis process = Runs.process(reading(0, 15), reading(DumpText.LATER, 15));
        assertNotEquals("leaked-read-lock", process.findings().get(0).finding().kind());
    }

    @Test
    void whoIsNotPastTheLockHasNotGotIt() {
        ProcessDiagnosis process =
                Runs.process(waiting(0).idleWorker("http-nio-8080-exec-10"), reading(DumpText.LATER, 13));
        assertNotEquals("leaked-read-lock", process.findings().get(0).finding().kind());
    }
}
