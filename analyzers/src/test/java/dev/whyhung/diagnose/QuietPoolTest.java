package dev.whyhung.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whyhung.DumpText;
import dev.whyhung.MadeRecording;
import dev.whyhung.Runs;
import dev.whyhung.model.CallStack;
import dev.whyhung.model.PastWait;
import org.junit.jupiter.api.Test;

/** A pool that has no worker left, all of whom have waited for a signal for as long as a recording goes back. */
class QuietPoolTest {

    private static final String TASK =
            "java.util.concurrent.ThreadPoolExecutor.runWorker(java.base@17.0.15/ThreadPoolExecutor.java:1136)";

    private static Verdict.Status status(String where, double since) {
        MadeRecording recording = MadeRecording.of("r.jfr", -60, 50);
        DumpText dump = DumpText.withoutOwners(50);
        for (int i = 1; i <= 6; i++) {
            String name = "partner-call-" + i;
            recording.wait(
                    PastWait.Kind.SLEEP,
                    "",
                    since - 1,
                    since,
                    MadeRecording.thread(i, name),
                    MadeRecording.stack("com.acme.Calls.call(Calls.java:5)"));
            dump.thread(
                    name,
                    "WAITING (on object monitor)",
                    "java.lang.Object.wait(java.base@17.0.15/Native Method)",
                    "- waiting on <0x00000000ff900870> (a com.acme.Tokens)",
                    where,
                    "com.acme.Calls.call(Calls.java:9)",
                    TASK);
        }
        return Runs.process(recording, dump).verdict().status();
    }

    @Test
    void itMayLackSomething() {
        assertEquals(Verdict.Status.INCONCLUSIVE, status("com.acme.Tokens.awaitToken(Tokens.java:6)", 10));
    }

    @Test
    void itMayHaveNothingToDo() {
        assertEquals(Verdict.Status.HEALTHY, status("com.acme.Tokens.takeNext(Tokens.java:6)", 10));
        assertEquals(Verdict.Status.HEALTHY, status("com.acme.CallWorker.step(CallWorker.java:6)", 10));
        assertEquals(Verdict.Status.HEALTHY, status("com.acme.Tokens.awaitToken(Tokens.java:6)", 45));
    }

    private static final CallStack IDLE = MadeRecording.stack(
            "java.util.concurrent.LinkedBlockingQueue.take(java.base@17.0.15/LinkedBlockingQueue.java:435)",
            "java.util.concurrent.ThreadPoolExecutor.getTask(java.base@17.0.15/ThreadPoolExecutor.java:1061)",
            TASK);

    /** Six whose tasks lasted for a tenth of a second up to the tenth second, as some of them tell by their rest in between. */
    private static Verdict.Status usedToEnd(int rested) {
        MadeRecording recording = MadeRecording.of("r.jfr", -60, 50);
        DumpText dump = DumpText.withoutOwners(50);
        for (int i = 1; i <= 6; i++) {
            String name = "partner-call-" + i;
            for (double at = i <= rested ? 5 : 9; at < 10; at++) {
                recording.wait(PastWait.Kind.PARK, "", at + .1, at + 1, MadeRecording.thread(i, name), IDLE);
            }
            dump.thread(
                    name,
                    "WAITING (on object monitor)",
                    "java.lang.Object.wait(java.base@17.0.15/Native Method)",
                    "- waiting on <0x00000000ff90087%d> (a com.acme.Slot)".formatted(i),
                    "com.acme.Slot.awaitAnswer(Slot.java:6)",
                    "com.acme.Calls.call(Calls.java:9)",
                    TASK);
        }
        return Runs.process(recording, dump).verdict().status();
    }

    @Test
    void theLastOfItMayNeverHaveRested() {
        assertEquals(Verdict.Status.HUNG, usedToEnd(6));
        assertEquals(Verdict.Status.HUNG, usedToEnd(5));
        assertEquals(Verdict.Status.INCONCLUSIVE, usedToEnd(4));
    }
}
