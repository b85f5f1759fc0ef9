package dev.whyhung.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whyhung.FileDumpText;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.verdict.Verdict;
import org.junit.jupiter.api.Test;

/** Virtual threads that run on threads of the program's own: none of them is a carrier that a dump would tell. */
class OwnSchedulerTest {

    private static final String SLEPT = "java.base/java.lang.VirtualThread.parkNanos(VirtualThread.java:784)\n"
            + "java.base/java.lang.VirtualThread.sleepNanos(VirtualThread.java:980)\n"
            + "java.base/java.lang.Thread.sleep(Thread.java:540)\n";

    private static String dump(String time, int line) {
        FileDumpText dump = new FileDumpText("25.0.3+9-LTS", time);
        for (int i = 0; i < 6; i++) {
            dump.virtual(
                    "session-" + i,
                    "RUNNABLE",
                    SLEPT + "com.acme.Session.serve(Session.java:" + line + ")",
                    FileDumpText.RUN_VIRTUAL);
        }
        return dump.whole();
    }

    private static Verdict verdict(String... dumps) {
        return Runs.diagnose(Runs.read(dumps)).processes().get(0).verdict();
    }

    @Test
    void whoIsReadyToRunFromDumpToDumpIsNotAtRest() {
        Verdict verdict = verdict(dump("2026-03-02T10:15:00Z", 20), dump("2026-03-02T10:15:10Z", 20));
        assertEquals(Verdict.Status.INCONCLUSIVE, verdict.status(), verdict::headline);
    }

    @Test
    void whoHasGotOnIs() {
        Verdict verdict = verdict(dump("2026-03-02T10:15:00Z", 20), dump("2026-03-02T10:15:10Z", 24));
        assertEquals(Verdict.Status.HEALTHY, verdict.status(), verdict::headline);
    }

    @Test
    void soIsWhoWasSeenOnce() {
        Verdict verdict = verdict(dump("2026-03-02T10:15:00Z", 20));
        assertEquals(Verdict.Status.HEALTHY, verdict.status(), verdict::headline);
    }
}
