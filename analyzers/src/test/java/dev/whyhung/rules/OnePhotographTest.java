package dev.whyhung.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whyhung.DumpText;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.diagnose.Severity;
import dev.whyhung.diagnose.Verdict;
import org.junit.jupiter.api.Test;

/** One dump in which all workers wait for a remote system: load or a hang. */
class OnePhotographTest {

    /** Workers that have lived for 100 s. */
    private static DumpText calling(long cpuMillis) {
        DumpText dump = DumpText.withOwners(0);
        for (int i = 1; i <= 8; i++) {
            dump.thread(
                    "http-nio-8080-exec-" + i,
                    cpuMillis,
                    "RUNNABLE",
                    "sun.nio.ch.SocketDispatcher.read0(java.base@17.0.15/Native Method)",
                    "sun.nio.ch.NioSocketImpl.implRead(java.base@17.0.15/NioSocketImpl.java:309)",
                    "com.acme.Prices.fetch(Prices.java:41)",
                    "java.util.concurrent.ThreadPoolExecutor.runWorker(java.base@17.0.15/ThreadPoolExecutor.java:1136)");
        }
        return dump;
    }

    @Test
    void workersThatHaveHardlyWorkedMayHang() {
        ProcessDiagnosis process = Runs.process(calling(40));
        assertEquals("external-io-stall", Runs.rules(process).get(0));
        assertTrue(process.findings().get(0).severity().atLeast(Severity.MEDIUM));
        assertEquals(Verdict.Status.DEGRADED, process.verdict().status());
    }

    @Test
    void workersThatHaveWorkedAllTheirLivesAreProbablyBusy() {
        ProcessDiagnosis process = Runs.process(calling(2_000));
        assertEquals("external-io-stall", Runs.rules(process).get(0));
        assertEquals(Severity.LOW, process.findings().get(0).severity());
        assertEquals(Verdict.Status.INCONCLUSIVE, process.verdict().status());
    }
}
