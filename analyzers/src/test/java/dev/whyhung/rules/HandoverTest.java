package dev.whyhung.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.whyhung.DumpText;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.diagnose.verdict.Verdict;
import org.junit.jupiter.api.Test;

/** A lock without an owner in the last dump, after different dumps before it. */
class HandoverTest {

    private static final String LOCK = "<0x00000000e0000001> (a java.util.concurrent.locks.ReentrantLock$NonfairSync)";
    private static final String PLACE = "com.acme.OrderBook.place(OrderBook.java:41)";

    private static DumpText waiting(int second, long cpuMillis) {
        DumpText dump = DumpText.withOwners(second);
        for (int i = 1; i <= 20; i++) {
            dump.parked(
                    "http-nio-8080-exec-" + i,
                    cpuMillis,
                    "WAITING (parking)",
                    LOCK,
                    "java.util.concurrent.locks.ReentrantLock.lock(java.base@17.0.15/ReentrantLock.java:322)",
                    PLACE);
        }
        return dump;
    }

    @Test
    void aDumpFromBeforeTheHangDoesNotHideIt() {
        DumpText before = DumpText.withOwners(0);
        for (int i = 1; i <= 20; i++) {
            before.idleWorker("http-nio-8080-exec-" + i);
        }
        ProcessDiagnosis process = Runs.process(before, waiting(DumpText.LATER, 9));
        assertEquals("orphaned-lock-dead-owner", Runs.rules(process).get(0));
        assertEquals(.7, process.findings().get(0).score().confidence());
        assertEquals(.8, process.findings().get(0).score().permanence());
        assertEquals(Verdict.Status.HUNG, process.verdict().status());
    }

    @Test
    void aLockThatIsPassedOnIsNotOrphaned() {
        ProcessDiagnosis process = Runs.process(waiting(0, 100), waiting(DumpText.LATER, 190));
        assertFalse(Runs.rules(process).contains("orphaned-lock-dead-owner"));
    }

    /** A wait without a limit costs nothing as long as it lasts. */
    @Test
    void whoWasWokenHasNotWaitedAllTheTime() {
        String before = waiting(0, 100).whole();
        String later = waiting(DumpText.LATER, 100).whole();
        assertEquals(Verdict.Status.HUNG, verdict(before, later));
        assertEquals(Verdict.Status.HUNG, verdict(before, later.replace("cpu=100.00ms", "cpu=100.04ms")));
        assertEquals(Verdict.Status.HEALTHY, verdict(before, later.replace("cpu=100.00ms", "cpu=100.30ms")));
    }

    private static Verdict.Status verdict(String before, String later) {
        return Runs.diagnose(Runs.read(before, later))
                .processes()
                .get(0)
                .verdict()
                .status();
    }
}
