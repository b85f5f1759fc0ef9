package dev.whyhung.graph.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.whyhung.DumpText;
import dev.whyhung.MadeRecording;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.diagnose.verdict.Verdict;
import dev.whyhung.model.CallStack;
import dev.whyhung.model.PastWait;
import dev.whyhung.model.ThreadRef;
import org.junit.jupiter.api.Test;

/** Threads of their own that meet at a barrier, round after round, of which one has died. */
class PartyTest {

    private static final String[] AWAIT = {
        "java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject.await(java.base@17.0.15/AbstractQueuedSynchronizer.java:1623)",
        "java.util.concurrent.CyclicBarrier.dowait(java.base@17.0.15/CyclicBarrier.java:230)",
        "java.util.concurrent.CyclicBarrier.await(java.base@17.0.15/CyclicBarrier.java:364)",
        "com.acme.Grid.lambda$main$0(Grid.java:14)"
    };
    private static final CallStack MEETING = MadeRecording.stack(AWAIT);
    private static final String CONDITION =
            "<0x00000000fa3a5ae8> (a java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject)";

    private static final String[] ADVANCE = {
        "java.util.concurrent.Phaser$QNode.block(java.base@17.0.15/Phaser.java:1133)",
        "java.util.concurrent.ForkJoinPool.unmanagedBlock(java.base@17.0.15/ForkJoinPool.java:3463)",
        "java.util.concurrent.ForkJoinPool.managedBlock(java.base@17.0.15/ForkJoinPool.java:3434)",
        "java.util.concurrent.Phaser.internalAwaitAdvance(java.base@17.0.15/Phaser.java:1063)",
        "java.util.concurrent.Phaser.arriveAndAwaitAdvance(java.base@17.0.15/Phaser.java:682)",
        "com.acme.Grid.lambda$main$0(Grid.java:14)"
    };

    private static ProcessDiagnosis after(CallStack lastWaits) {
        return after(lastWaits, CONDITION, AWAIT);
    }

    private static ProcessDiagnosis after(CallStack lastWaits, String blocker, String... await) {
        MadeRecording recording = recording(lastWaits)
                .thrown(
                        10,
                        DEAD,
                        "java.lang.NumberFormatException",
                        "NaN",
                        "com.acme.Grid.lambda$main$0(Grid.java:12)");
        return Runs.process(recording, meeting(recording, blocker, await));
    }

    private static final ThreadRef DEAD = MadeRecording.thread(20, "cell-9");

    private static MadeRecording recording(CallStack lastWaits) {
        return MadeRecording.of("r.jfr", -60, 50)
                .start(-50, DEAD, MadeRecording.thread(1, "main"))
                .wait(PastWait.Kind.PARK, "", 8, 9.1, DEAD, lastWaits)
                .end(10, DEAD);
    }

    private static DumpText meeting(MadeRecording recording, String blocker, String... await) {
        DumpText dump = DumpText.withoutOwners(50);
        for (int i = 1; i <= 3; i++) {
            recording.wait(
                    PastWait.Kind.PARK, "", 8, 9.3, MadeRecording.thread(i, "cell-" + i), MadeRecording.stack(await));
            String[] lines = new String[await.length + 2];
            lines[0] = "jdk.internal.misc.Unsafe.park(java.base@17.0.15/Native Method)";
            lines[1] = "- parking to wait for  "
                    + (blocker.contains("QNode") ? blocker.replace("a5ae8", "a5ae" + i) : blocker);
            System.arraycopy(await, 0, lines, 2, await.length);
            dump.thread("cell-" + i, "WAITING (parking)", lines);
        }
        return dump;
    }

    @Test
    void whoUsedToComeToTheBarrierIsMissedThere() {
        ProcessDiagnosis process = after(MEETING);
        assertEquals("worker-thread-died", Runs.rules(process).get(0));
        assertEquals(3, process.findings().get(0).explained());
    }

    /** Each party parks on a node of its own. */
    @Test
    void aPhaserIsABarrier() {
        ProcessDiagnosis process = after(
                MadeRecording.stack(ADVANCE), "<0x00000000fa3a5ae8> (a java.util.concurrent.Phaser$QNode)", ADVANCE);
        assertEquals("worker-thread-died", Runs.rules(process).get(0));
        assertEquals(3, process.findings().get(0).explained());
    }

    @Test
    void whoNeverDidIsNot() {
        CallStack elsewhere = MadeRecording.stack(
                "java.util.concurrent.LinkedBlockingQueue.take(java.base@17.0.15/LinkedBlockingQueue.java:435)",
                "com.acme.Grid.lambda$main$0(Grid.java:20)");
        assertEquals(Verdict.Status.HEALTHY, after(elsewhere).verdict().status());
    }

    private static final String[] STEP = {
        AWAIT[0], AWAIT[1], AWAIT[2], "com.acme.Clock.step(Clock.java:8)", "com.acme.Cell.run(Cell.java:14)"
    };

    /** Up to JDK 21 exceptions are not recorded. */
    @Test
    void whateverEndedItWasAParty() {
        MadeRecording recording = recording(MadeRecording.stack(STEP)).disabled("JavaExceptionThrow");
        ProcessDiagnosis process = Runs.process(recording, meeting(recording, CONDITION, STEP));
        assertEquals("worker-thread-died", Runs.rules(process).get(0));
        assertEquals(Verdict.Status.HUNG, process.verdict().status());
    }

    @Test
    void anotherPartyMayBeAtWork() {
        CallStack step = MadeRecording.stack(STEP);
        MadeRecording recording = recording(step).disabled("JavaExceptionThrow");
        DumpText dump = meeting(recording, CONDITION, STEP)
                .readingSocket("cell-4", "com.acme.Wind.read(Wind.java:4)", "com.acme.Cell.run(Cell.java:9)");
        recording.wait(PastWait.Kind.PARK, "", 8, 9, MadeRecording.thread(4, "cell-4"), step);
        assertFalse(Runs.rules(Runs.process(recording, dump)).contains("worker-thread-died"));
    }
}
