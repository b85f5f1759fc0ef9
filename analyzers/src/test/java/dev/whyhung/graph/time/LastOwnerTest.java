package dev.whyhung.graph.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.whyhung.DumpText;
import dev.whyhung.MadeRecording;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.model.PastWait;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whom a recording of a dump without owners of locks makes the owner of one. */
class LastOwnerTest {

    private static final String LOCK = "<0x00000000fc044e68> (a java.util.concurrent.locks.ReentrantLock$NonfairSync)";
    private static final String LEAD = "com.acme.Lead.run(Lead.java:9)";

    private static MadeRecording started() {
        return MadeRecording.of("r.jfr", -20, 50).end(-19, MadeRecording.thread(90, "main"));
    }

    private static DumpText waiting(DumpText dump) {
        dump.idleWorker("other-1");
        for (int i = 2; i <= 4; i++) {
            dump.parkedOnLock("lead-" + i, LOCK, LEAD);
        }
        return dump;
    }

    private static boolean names(ProcessDiagnosis process, String thread) {
        return process.findings().stream()
                .flatMap(finding -> finding.finding().culprits().stream())
                .anyMatch(culprit -> culprit.thread().equals(thread));
    }

    @Test
    void aMainThreadHasNothingMoreToDoOnceTheServiceHasStarted() {
        assertFalse(names(Runs.process(started(), waiting(DumpText.withoutOwners(50))), "main"));
    }

    /** The first dump was taken when the recording began, before these threads. */
    @Test
    void whoSleepsInsideTheSectionHasIt() {
        MadeRecording recording = started();
        recording.wait(
                PastWait.Kind.SLEEP,
                "",
                48,
                49,
                MadeRecording.thread(5, "lead-5"),
                MadeRecording.stack("java.lang.Thread.sleep(java.base@17.0.15/Native Method)", LEAD));
        DumpText last = waiting(DumpText.withoutOwners(50))
                .thread(
                        "lead-5",
                        "TIMED_WAITING (sleeping)",
                        "java.lang.Thread.sleep(java.base@17.0.15/Native Method)",
                        LEAD);
        last.thread(
                "janitor",
                "TIMED_WAITING (sleeping)",
                "java.lang.Thread.sleep(java.base@17.0.15/Native Method)",
                "com.acme.Lead.sweep(Lead.java:30)");
        ProcessDiagnosis process =
                Runs.process(List.of(recording), DumpText.withoutOwners(0).idleWorker("other-1"), last);
        assertEquals("lock-held-across-blocking-call", Runs.rules(process).get(0));
    }
}
