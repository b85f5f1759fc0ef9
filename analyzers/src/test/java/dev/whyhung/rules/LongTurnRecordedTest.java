package dev.whyhung.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.whyhung.DumpText;
import dev.whyhung.MadeRecording;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.diagnose.verdict.Verdict;
import dev.whyhung.model.PastWait;
import org.junit.jupiter.api.Test;

/** For how long others had it before tells whether it is long that nobody has got it now. */
class LongTurnRecordedTest {

    private static final String PRINT = "com.acme.Printer.print(Printer.java:6)";
    private static final String LOCK = "java.util.concurrent.locks.ReentrantLock$NonfairSync";
    private static final String PERMITS = "java.util.concurrent.Semaphore$NonfairSync";

    /** Six wait at 50 for what one of them got each so many seconds, for the last time this long ago; with a lull in between. */
    private static ProcessDiagnosis printer(String what, double turn, double ago, double lull) {
        MadeRecording recording = MadeRecording.of("r.jfr", -60, 50);
        DumpText dump = DumpText.withoutOwners(50);
        for (int i = 1; i <= 6; i++) {
            String name = "report-exec-" + i;
            double got = 50 - ago - (6 - i) * turn - (i <= 3 ? lull : 0);
            recording
                    .start(-40, MadeRecording.thread(i, name), null)
                    .wait(
                            PastWait.Kind.PARK,
                            what,
                            got - turn,
                            got,
                            MadeRecording.thread(i, name),
                            MadeRecording.stack(PRINT, "com.acme.Reports.run(Reports.java:9)"));
            dump.thread(
                    name,
                    "WAITING (parking)",
                    "jdk.internal.misc.Unsafe.park(java.base@17.0.15/Native Method)",
                    "- parking to wait for  <0x00000000ff010010> (a " + what + ")",
                    what.equals(LOCK)
                            ? "java.util.concurrent.locks.ReentrantLock.lock(java.base@17.0.15/ReentrantLock.java:322)"
                            : "java.util.concurrent.Semaphore.acquire(java.base@17.0.15/Semaphore.java:318)",
                    PRINT,
                    "com.acme.Reports.run(Reports.java:9)",
                    "java.util.concurrent.ThreadPoolExecutor.runWorker(java.base@17.0.15/ThreadPoolExecutor.java:1136)");
        }
        return Runs.process(recording, dump);
    }

    private static Verdict.Status status(String what, double turn, double ago) {
        return printer(what, turn, ago, 0).verdict().status();
    }

    @Test
    void theTurnOfTheNextMayLastAsLong() {
        assertNotEquals(Verdict.Status.HUNG, status(PERMITS, 7, 6));
        assertNotEquals(Verdict.Status.HUNG, status(LOCK, 7, 6));
        assertNotEquals(Verdict.Status.HUNG, status(LOCK, 7, 12));
    }

    @Test
    void nobodyHasHadItForSoLong() {
        assertEquals(Verdict.Status.HUNG, status(PERMITS, 2, 30));
        assertEquals(Verdict.Status.HUNG, status(LOCK, 2, 30));
    }

    /** Nobody wanted it for half a minute before: a turn is what somebody waited for. */
    @Test
    void aLullIsNoTurn() {
        assertEquals(Verdict.Status.HUNG, printer(LOCK, .05, 20, 30).verdict().status());
    }

    /** The same of a monitor whose holder is printed, and sleeps. */
    private static Verdict.Status held(double turn, double ago) {
        String monitor = "<0x00000000ff010010> (a com.acme.Printer)";
        MadeRecording recording = MadeRecording.of("r.jfr", -60, 50);
        DumpText dump = DumpText.withoutOwners(50);
        for (int i = 1; i <= 6; i++) {
            String name = "report-exec-" + i;
            double got = 50 - ago - (6 - i) * turn;
            recording.wait(
                    PastWait.Kind.MONITOR_ENTER,
                    "com.acme.Printer",
                    got - turn,
                    got,
                    MadeRecording.thread(i, name),
                    MadeRecording.stack(PRINT, "com.acme.Reports.run(Reports.java:9)"));
            dump.blockedOn(name, monitor, PRINT, "com.acme.Reports.run(Reports.java:9)");
        }
        dump.thread(
                "printer",
                "TIMED_WAITING (sleeping)",
                "java.lang.Thread.sleep(java.base@17.0.15/Native Method)",
                PRINT,
                "- locked " + monitor,
                "com.acme.Reports.run(Reports.java:9)");
        return Runs.process(recording, dump).verdict().status();
    }

    @Test
    void whoHasItMayGiveItBackAsOthersDid() {
        assertNotEquals(Verdict.Status.HUNG, held(7, 6));
        assertEquals(Verdict.Status.HUNG, held(2, 30));
    }
}
