package dev.whyhung.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whyhung.DumpText;
import dev.whyhung.MadeRecording;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.diagnose.Verdict;
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
        ThreadRef dead = MadeRecording.thread(20, "cell-9");
        MadeRecording recording = MadeRecording.of("r.jfr", -60, 50)
                .start(-50, dead, MadeRecording.thread(1, "main"))
                .wait(PastWait.Kind.PARK, "", 8, 8.1, dead, lastWaits)
                .thrown(10, dead, "java.lang.NumberFormatException", "NaN", "com.acme.Grid.lambda$main$0(Grid.java:12)")
                .end(10, dead);
        DumpText dump = DumpText.withoutOwners(50);
        for (int i = 1; i <= 3; i++) {
            recording.wait(
                    PastWait.Kind.PARK, "", 8, 9, MadeRecording.thread(i, "cell-" + i), MadeRecording.stack(await));
            String[] lines = new String[await.length + 2];
            lines[0] = "jdk.internal.misc.Unsafe.park(java.base@17.0.15/Native Method)";
            lines[1] = "- parking to wait for  "
                    + (blocker.contains("QNode") ? blocker.replace("a5ae8", "a5ae" + i) : blocker);
            System.arraycopy(await, 0, lines, 2, await.length);
            dump.thread("cell-" + i, "WAITING (parking)", lines);
        }
        return Runs.process(recording, dump);
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
}
