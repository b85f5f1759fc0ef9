package dev.whyhung.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whyhung.DumpText;
import dev.whyhung.FileDumpText;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.diagnose.Verdict;
import org.junit.jupiter.api.Test;

class CarriersExhaustedTest {

    /** Of the threads in {@link FileDumpText}. */
    private static final int FIRST_ID = 20;

    private static final String READ = "java.base/java.io.FileInputStream.readBytes(Native Method)\n"
            + "java.base/java.io.FileInputStream.read(FileInputStream.java:279)\n"
            + "com.acme.Audit.tail(Audit.java:31)";
    private static final String CARRIER = "java.base/jdk.internal.vm.Continuation.run(Continuation.java:254)\n"
            + "java.base/java.lang.VirtualThread.runContinuation(VirtualThread.java:297)\n"
            + "java.base/java.util.concurrent.ForkJoinWorkerThread.run(ForkJoinWorkerThread.java:187)";
    private static final String COMPUTE = "com.acme.Thumbnail.scale(Thumbnail.java:44)";

    /** Two carriers and what they carry, with virtual threads that have none. */
    private static String carriers(String time, String top, int first, int queued) {
        FileDumpText dump = new FileDumpText("25.0.3+9-LTS", time)
                .thread("ForkJoinPool-1-worker-1", CARRIER)
                .thread("ForkJoinPool-1-worker-2", CARRIER)
                .skip(first)
                .mounted("", FIRST_ID, top, FileDumpText.RUN_VIRTUAL)
                .mounted("", FIRST_ID + 1, top, FileDumpText.RUN_VIRTUAL);
        for (int i = 0; i < queued; i++) {
            dump.scheduled("");
        }
        return dump.whole();
    }

    private static ProcessDiagnosis process(String... texts) {
        return Runs.diagnose(Runs.read(texts)).processes().get(0);
    }

    /** A read of a pipe is native and keeps its carrier, whatever its state says. */
    @Test
    void whoReadsAFileDoesNotCompute() {
        ProcessDiagnosis process =
                process(carriers("2026-03-02T10:15:00Z", READ, 0, 20), carriers("2026-03-02T10:15:10Z", READ, 0, 20));
        assertEquals("carriers-exhausted-pinned", Runs.rules(process).get(0));
        assertEquals("file", process.findings().get(0).finding().kind());
        assertEquals(Verdict.Status.HUNG, process.verdict().status());
    }

    /** Tasks that are forked at once all wait for their turn at first. */
    @Test
    void oneDumpDoesNotTellABurstFromStarvation() {
        ProcessDiagnosis process = process(carriers("2026-03-02T10:15:00Z", COMPUTE, 0, 40));
        assertTrue(Runs.rules(process).contains("carriers-exhausted-cpu"));
        assertEquals(Verdict.Status.INCONCLUSIVE, process.verdict().status());
    }

    @Test
    void whoIsStillWithoutACarrierLaterIsStarved() {
        ProcessDiagnosis process = process(
                carriers("2026-03-02T10:15:00Z", COMPUTE, 0, 40), carriers("2026-03-02T10:15:10Z", COMPUTE, 0, 40));
        assertEquals("carriers-exhausted-cpu", Runs.rules(process).get(0));
        assertEquals(Verdict.Status.HUNG, process.verdict().status());
    }

    /** The carrier always stands in the same frames; what it carries does not. */
    @Test
    void aCarrierWithAnotherThreadHasNotStoodStill() {
        DumpText text = DumpText.withOwners(10);
        for (int id = 1; id < FIRST_ID; id++) {
            text.idleWorker("http-nio-8080-exec-" + id);
        }
        for (int i = 1; i <= 2; i++) {
            text.carrier(
                    "ForkJoinPool-1-worker-" + i,
                    2000,
                    900 + i,
                    COMPUTE,
                    "java.lang.VirtualThread.run(VirtualThread.java:466)");
        }
        ProcessDiagnosis process = process(carriers("2026-03-01T12:00:00Z", COMPUTE, 0, 0), text.whole());
        assertFalse(Runs.rules(process).contains("carriers-exhausted-pinned"));
    }
}
