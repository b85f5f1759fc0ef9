package dev.whyhung.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whyhung.DumpText;
import dev.whyhung.MadeRecording;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.diagnose.verdict.Verdict;
import dev.whyhung.model.CallStack;
import dev.whyhung.model.PastWait;
import org.junit.jupiter.api.Test;

/** Whoever takes from a queue that is full need not stand on any stack: a recording may tell, or that nobody has taken for long. */
class QueueConsumersRecordedTest {

    private static final String QUEUE = "java.util.concurrent.LinkedBlockingQueue";
    private static final String AWAIT =
            "java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject.await(java.base@17.0.15/AbstractQueuedSynchronizer.java:1623)";
    private static final String TAKE = QUEUE + ".take(java.base@17.0.15/LinkedBlockingQueue.java:435)";
    private static final String PUT = QUEUE + ".put(java.base@17.0.15/LinkedBlockingQueue.java:341)";
    private static final String TASK =
            "java.util.concurrent.ThreadPoolExecutor.runWorker(java.base@17.0.15/ThreadPoolExecutor.java:1136)";

    private static DumpText putting(DumpText dump, String name, String... below) {
        String[] lines = new String[below.length + 4];
        lines[0] = "jdk.internal.misc.Unsafe.park(java.base@17.0.15/Native Method)";
        lines[1] = "- parking to wait for  <0x00000000ff020020> (a "
                + "java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject)";
        lines[2] = AWAIT;
        lines[3] = PUT;
        System.arraycopy(below, 0, lines, 4, below.length);
        return dump.thread(name, "WAITING (parking)", lines);
    }

    /** Four that retry what fails, and a reader of files; they wait for room since noon, and some have taken before. */
    private static ProcessDiagnosis importer(boolean doesReaderTake) {
        MadeRecording recording = MadeRecording.of("r.jfr", -60, 50);
        DumpText dump = DumpText.withoutOwners(50);
        for (int i = 1; i <= 5; i++) {
            boolean reads = i == 5;
            String name = reads ? "file-reader" : "import-" + i;
            String code =
                    reads ? "com.acme.Importer.read(Importer.java:30)" : "com.acme.Importer.work(Importer.java:12)";
            putting(dump, name, code, "com.acme.Importer.run(Importer.java:5)");
            recording.start(-50, MadeRecording.thread(i, name), null);
            if (!reads || doesReaderTake) {
                recording.wait(
                        PastWait.Kind.PARK,
                        "java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject",
                        -1,
                        -.5,
                        MadeRecording.thread(i, name),
                        MadeRecording.stack(AWAIT, TAKE, code, "com.acme.Importer.run(Importer.java:5)"));
            }
        }
        return Runs.process(recording, dump);
    }

    @Test
    void whoTookBeforeAndPutsNowIsTheConsumer() {
        assertEquals(
                "queue-self-deadlock",
                importer(false).findings().get(0).finding().rule().id());
    }

    /** Then they may take from one queue, and put into the next. */
    @Test
    void whereAllTookBeforeItMayBeAnotherQueue() {
        assertFalse(Runs.rules(importer(true)).contains("queue-self-deadlock"));
    }

    /** All of a pool put inside a task, for so many seconds, while a feeder lets time pass and somebody else may be at work. */
    private static Verdict.Status pool(int seconds, String[] task, String... work) {
        MadeRecording recording = MadeRecording.of("r.jfr", -60, 50);
        DumpText dump = DumpText.withoutOwners(50);
        for (int i = 1; i <= 6; i++) {
            String name = "signup-" + i;
            recording.wait(PastWait.Kind.PARK, "", 49 - seconds, 50 - seconds, MadeRecording.thread(i, name), IDLE);
            putting(dump, name, task);
        }
        dump.thread(
                "feeder",
                "TIMED_WAITING (sleeping)",
                "java.lang.Thread.sleep(java.base@17.0.15/Native Method)",
                "com.acme.Times.pause(Times.java:3)",
                "com.acme.Feeder.run(Feeder.java:7)");
        recording.sampled(35, 100, 0, MadeRecording.thread(7, "feeder"));
        recording.sampled(45, 100, 0, MadeRecording.thread(7, "feeder"));
        if (work.length > 0) {
            dump.thread("loader", "RUNNABLE", work);
        }
        return Runs.process(recording, dump).verdict().status();
    }

    private static final CallStack IDLE = MadeRecording.stack(AWAIT, TAKE, TASK);

    private static final String[] AUDIT = {"com.acme.Audit.record(Audit.java:6)", "com.acme.Web.get(Web.java:8)", TASK};

    @Test
    void aPoolOfWhichNobodyHasGotRoomForLongStandsStill() {
        assertEquals(Verdict.Status.HUNG, pool(45, AUDIT));
    }

    @Test
    void theConsumerMayBeSlowOrAskedForNothing() {
        assertTrue(pool(8, AUDIT) != Verdict.Status.HUNG, "not for long");
        assertTrue(
                pool(45, new String[] {"com.acme.Segments.run(Segments.java:9)", TASK}) != Verdict.Status.HUNG,
                "a loop of its own");
        assertTrue(
                pool(45, new String[] {
                            "com.acme.Prefetch.load(Prefetch.java:9)", "com.acme.Prefetch.run(Prefetch.java:5)", TASK
                        })
                        != Verdict.Status.HUNG,
                "it works ahead");
        assertTrue(
                pool(45, AUDIT, "com.acme.Loader.hash(Loader.java:40)", "com.acme.Loader.run(Loader.java:11)")
                        != Verdict.Status.HUNG,
                "somebody is at work");
    }
}
