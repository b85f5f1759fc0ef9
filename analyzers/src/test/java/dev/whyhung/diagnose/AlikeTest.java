package dev.whyhung.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whyhung.DumpText;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.rank.RankedFinding;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A semaphore of its own for each of many threads. */
class AlikeTest {

    private static DumpText ownSemaphores(int threads, int second) {
        DumpText dump = DumpText.withOwners(second);
        for (int i = 0; i < threads; i++) {
            dump.thread(
                    "worker-" + i,
                    "WAITING (parking)",
                    "jdk.internal.misc.Unsafe.park(java.base@17.0.15/Native Method)",
                    String.format(
                            "- parking to wait for  <0x%016x> (a java.util.concurrent.Semaphore$NonfairSync)",
                            0xe0000000L + 32 * i),
                    "java.util.concurrent.locks.LockSupport.park(java.base@17.0.15/LockSupport.java:211)",
                    "java.util.concurrent.Semaphore.acquire(java.base@17.0.15/Semaphore.java:318)",
                    "com.acme.Shop.ask(Shop.java:20)",
                    "com.acme.Shop.serve(Shop.java:10)",
                    "java.util.concurrent.ThreadPoolExecutor.runWorker(java.base@17.0.15/ThreadPoolExecutor.java:1136)",
                    "java.lang.Thread.run(java.base@17.0.15/Thread.java:840)");
        }
        return dump;
    }

    private static ProcessDiagnosis twice(int threads) {
        return Runs.process(ownSemaphores(threads, 0), ownSemaphores(threads, DumpText.LATER));
    }

    private static List<RankedFinding> leaks(ProcessDiagnosis process) {
        return process.findings().stream()
                .filter(finding -> finding.finding().rule().id().equals("permits-leaked"))
                .toList();
    }

    @Test
    void isOneFinding() {
        ProcessDiagnosis process = twice(40);
        assertEquals(1, leaks(process).size(), Runs.rules(process)::toString);
        RankedFinding leak = leaks(process).get(0);
        assertEquals(40, leak.explained());
        assertTrue(leak.finding().headline().endsWith("and 39 times more at the same place"));
    }

    @Test
    void isNoCircleOfThoseThatWaitForTheirOwn() {
        List<String> rules = Runs.rules(twice(40));
        assertFalse(rules.contains("resource-lock-cycle"), rules::toString);
        assertFalse(rules.contains("permits-held-across-blocking-call"), rules::toString);
        assertFalse(rules.contains("lock-self-deadlock-nonreentrant"), rules::toString);
    }
}
