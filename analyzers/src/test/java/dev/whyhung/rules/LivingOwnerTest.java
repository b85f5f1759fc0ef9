package dev.whyhung.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whyhung.DumpText;
import dev.whyhung.MadeRecording;
import dev.whyhung.Runs;
import dev.whyhung.finding.Finding;
import dev.whyhung.model.CallStack;
import dev.whyhung.model.PastWait;
import dev.whyhung.model.ThreadRef;
import java.util.List;
import org.junit.jupiter.api.Test;

/** No dump names the owner of the lock; a recording tells whether it can have ended. */
class LivingOwnerTest {

    private static final String CLASS = "java.util.concurrent.locks.ReentrantLock$NonfairSync";
    private static final String LOCK = "<0x00000000aa000010> (a " + CLASS + ")";
    private static final String READ = "com.acme.Stock.read(Stock.java:21)";
    private static final CallStack UPDATE = MadeRecording.stack(
            "java.lang.Thread.sleep(java.base@17.0.15/Native Method)", "com.acme.Stock.update(Stock.java:22)");

    private static DumpText dump() {
        DumpText dump = DumpText.withoutOwners(50).idleWorker("listener-1").idleWorker("mail-1");
        for (int i = 1; i <= 5; i++) {
            dump.parkedOnLock("web-" + i, LOCK, READ);
        }
        return dump;
    }

    /** The lock was passed on until noon, and a listener was in the guarded code before. */
    private static MadeRecording recording() {
        MadeRecording recording = MadeRecording.of("r.jfr", -90, 50);
        for (int id = 3; id <= 7; id++) {
            recording.wait(
                    PastWait.Kind.PARK,
                    CLASS,
                    -.1,
                    0,
                    MadeRecording.thread(id, "web-" + (id - 2)),
                    MadeRecording.stack(
                            "java.util.concurrent.locks.ReentrantLock.lock(java.base@17.0.15/ReentrantLock.java:322)",
                            READ));
        }
        return recording.wait(PastWait.Kind.SLEEP, "", -5, -4.9, MadeRecording.thread(1, "listener-1"), UPDATE);
    }

    private static Finding first(MadeRecording recording) {
        return Runs.process(List.of(recording), dump()).findings().get(0).finding();
    }

    @Test
    void whereNobodyHasEndedTheOwnerLives() {
        Finding finding = first(recording());
        assertEquals("orphaned-lock-idle-owner", finding.rule().id());
        assertEquals("listener-1", finding.culprits().get(0).thread());
        Finding unnamed =
                first(recording().wait(PastWait.Kind.SLEEP, "", -5, -4.9, MadeRecording.thread(2, "mail-1"), UPDATE));
        assertTrue(unnamed.culprits().isEmpty(), "two were there");
    }

    @Test
    void whereAThreadHasEndedItMayHaveBeenTheOwner() {
        String dead = "orphaned-lock-dead-owner";
        assertEquals(
                dead,
                first(recording().end(.1, MadeRecording.thread(40, "import")))
                        .rule()
                        .id());
        assertEquals(dead, first(recording().disabled("ThreadEnd")).rule().id());
        assertEquals(
                "orphaned-lock-idle-owner",
                first(recording().end(-20, MadeRecording.thread(40, "import")))
                        .rule()
                        .id(),
                "before the lock was last free");
    }

    /** As JDK 21 writes it. */
    @Test
    void aThreadThatEndsTwiceIsOneThread() {
        ThreadRef dead = MadeRecording.thread(40, "import");
        Finding finding = first(recording().end(.1, dead).end(.1, dead));
        assertEquals("import", finding.culprits().get(0).thread());
    }

    @Test
    void aRecordingThatBeganLaterDoesNotTell() {
        MadeRecording late = MadeRecording.of("r.jfr", 20, 50);
        assertEquals("orphaned-lock-dead-owner", first(late).rule().id());
    }

    /** A lock that nobody had to wait for has no hand-over: when it was last free, nobody knows. */
    @Test
    void aThreadThatEndedLongBeforeAnybodyWaitedMayHaveBeenTheOwner() {
        MadeRecording quiet = MadeRecording.of("r.jfr", -90, 50);
        for (int id = 3; id <= 7; id++) {
            quiet.wait(PastWait.Kind.SLEEP, "", -.1, 0, MadeRecording.thread(id, "web-" + (id - 2)), UPDATE);
        }
        assertEquals("orphaned-lock-idle-owner", first(quiet).rule().id());
        assertEquals(
                "orphaned-lock-dead-owner",
                first(quiet.end(-80, MadeRecording.thread(40, "import"))).rule().id());
    }

    private static final String TASK =
            "java.util.concurrent.ThreadPoolExecutor.runWorker(java.base@17.0.15/ThreadPoolExecutor.java:1136)";
    private static final CallStack IDLE = MadeRecording.stack(
            "java.util.concurrent.LinkedBlockingQueue.take(java.base@17.0.15/LinkedBlockingQueue.java:435)",
            "java.util.concurrent.ThreadPoolExecutor.getTask(java.base@17.0.15/ThreadPoolExecutor.java:1061)",
            TASK);

    /** Five of a pool wait, and a sixth is idle, which has done so many tasks since; the listener was in the guarded code before. */
    private static Finding withMate(int tasks) {
        DumpText dump = DumpText.withoutOwners(50).idleWorker("listener-1").idleWorker("mail-1");
        for (int i = 1; i <= 5; i++) {
            dump.parkedOnLock("web-" + i, LOCK, READ, "com.acme.Web.get(Web.java:8)", TASK);
        }
        dump.idleWorker("web-6");
        MadeRecording recording = recording();
        for (int i = 0; i < tasks; i++) {
            recording.wait(PastWait.Kind.PARK, "", 20 + i, 20.5 + i, MadeRecording.thread(8, "web-6"), IDLE);
        }
        return Runs.process(List.of(recording), dump).findings().get(0).finding();
    }

    /** It runs the same tasks as those who wait, and need not have been recorded in the guarded code. */
    @Test
    void anIdleWorkerOfTheirPoolMayBeTheOwnerAsWell() {
        Finding finding = withMate(3);
        assertEquals("orphaned-lock-idle-owner", finding.rule().id());
        assertTrue(finding.culprits().isEmpty(), finding.headline());
    }

    @Test
    void whoOwnsTheLockAlreadyGetsItOnceMore() {
        assertEquals("web-6", withMate(20).culprits().get(0).thread());
    }
}
