package dev.whyhung.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whyhung.DumpText;
import dev.whyhung.MadeRecording;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.diagnose.rank.RankedFinding;
import dev.whyhung.diagnose.verdict.Verdict;
import dev.whyhung.model.CallStack;
import dev.whyhung.model.PastWait;
import dev.whyhung.model.ThreadRef;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A wait is judged by those that the thread had before, if a recording tells of them. */
class FormerWaitsTest {

    private static final String PARK = "jdk.internal.misc.Unsafe.park(java.base@17.0.15/Native Method)";
    private static final String AWAIT =
            "java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject.await(java.base@17.0.15/AbstractQueuedSynchronizer.java:1630)";
    private static final String WAIT = "java.lang.Object.wait(java.base@17.0.15/Native Method)";
    private static final String[] WORKER = {
        "java.util.concurrent.FutureTask.run(java.base@17.0.15/FutureTask.java:264)",
        "java.util.concurrent.ThreadPoolExecutor.runWorker(java.base@17.0.15/ThreadPoolExecutor.java:1136)",
        "java.util.concurrent.ThreadPoolExecutor$Worker.run(java.base@17.0.15/ThreadPoolExecutor.java:635)",
        "java.lang.Thread.run(java.base@17.0.15/Thread.java:840)"
    };
    private static final CallStack FOR_WORK = MadeRecording.stack(
            PARK,
            AWAIT,
            "java.util.concurrent.LinkedBlockingQueue.take(java.base@17.0.15/LinkedBlockingQueue.java:435)",
            "java.util.concurrent.ThreadPoolExecutor.getTask(java.base@17.0.15/ThreadPoolExecutor.java:1062)",
            WORKER[1],
            WORKER[2],
            WORKER[3]);

    private static MadeRecording recording() {
        return MadeRecording.of("r.jfr", -90, 50);
    }

    private static String[] inTask(String... frames) {
        return Stream.concat(Stream.of(frames), Stream.of(WORKER)).toArray(String[]::new);
    }

    /** Each worker got a task every half second, up to fifty seconds before the dump. */
    private static MadeRecording workingPool(int workers) {
        MadeRecording recording = recording();
        for (int id = 1; id <= workers; id++) {
            for (int i = 10; i > 0; i--) {
                recording.wait(
                        PastWait.Kind.PARK,
                        "java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject",
                        -i / 2.0,
                        -i / 2.0 + .4,
                        MadeRecording.thread(id, "clerk-" + id),
                        FOR_WORK);
            }
        }
        return recording;
    }

    private static ProcessDiagnosis of(MadeRecording recording, DumpText dump) {
        return Runs.process(List.of(recording), dump);
    }

    private static DumpText waitingForNotice() {
        DumpText dump = DumpText.withOwners(50);
        for (int id = 1; id <= 4; id++) {
            dump.thread(
                    "clerk-" + id,
                    "WAITING (on object monitor)",
                    inTask(
                            WAIT,
                            "- waiting on <0x00000000aa000040> (a com.acme.Spool)",
                            "java.lang.Object.wait(java.base@17.0.15/Object.java:338)",
                            "com.acme.Spool.print(Spool.java:20)"));
        }
        return dump;
    }

    @Test
    void tasksThatUsedToEndAreMissed() {
        assertTrue(Runs.rules(of(workingPool(4), waitingForNotice())).contains("lost-wakeup"));
    }

    @Test
    void consumersThatWereGivenToAPoolAreAtRest() {
        assertFalse(Runs.rules(of(recording(), waitingForNotice())).contains("lost-wakeup"));
        assertFalse(
                Runs.rules(of(workingPool(4), waitingForNotice().idleWorker("clerk-5")))
                        .contains("lost-wakeup"),
                "a worker is left");
    }

    @Test
    void aResultThatNobodyGivesIsNoMatterOfThePoolThatWaits() {
        DumpText dump = DumpText.withOwners(50);
        for (int id = 1; id <= 4; id++) {
            dump.thread(
                    "clerk-" + id,
                    "WAITING (parking)",
                    inTask(
                            PARK,
                            "- parking to wait for  <0x00000000aa00005" + id
                                    + "> (a java.util.concurrent.CompletableFuture$Signaller)",
                            "java.util.concurrent.locks.LockSupport.park(java.base@17.0.15/LockSupport.java:211)",
                            "java.util.concurrent.CompletableFuture$Signaller.block(java.base@17.0.15/CompletableFuture.java:1864)",
                            "java.util.concurrent.CompletableFuture.waitingGet(java.base@17.0.15/CompletableFuture.java:1898)",
                            "java.util.concurrent.CompletableFuture.join(java.base@17.0.15/CompletableFuture.java:2117)",
                            "com.acme.Quotes.quote(Quotes.java:13)"));
        }
        assertEquals(
                "future-never-completed",
                of(workingPool(4), dump).findings().get(0).finding().rule().id());
    }

    private static final String BARRIER = "com.acme.Cell.run(Cell.java:12)";

    private static DumpText atBarrier() {
        DumpText dump = DumpText.withOwners(50);
        for (int id = 1; id <= 3; id++) {
            dump.parked(
                    "cell-" + id,
                    "WAITING (parking)",
                    "<0x00000000aa000060> (a java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject)",
                    AWAIT,
                    "java.util.concurrent.CyclicBarrier.dowait(java.base@17.0.15/CyclicBarrier.java:230)",
                    "java.util.concurrent.CyclicBarrier.await(java.base@17.0.15/CyclicBarrier.java:364)",
                    BARRIER,
                    "java.lang.Thread.run(java.base@17.0.15/Thread.java:840)");
        }
        return dump;
    }

    /** Only of one of them the waits were long enough to be recorded. */
    @Test
    void aBarrierThatUsedToLetThreadsPassIsNoPlaceToRest() {
        MadeRecording recording = recording();
        for (int i = 10; i > 0; i--) {
            recording.wait(
                    PastWait.Kind.PARK,
                    "java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject",
                    -i / 2.0,
                    -i / 2.0 + .1,
                    MadeRecording.thread(2, "cell-2"),
                    MadeRecording.stack(PARK, AWAIT, BARRIER));
        }
        RankedFinding finding = Runs.finding(of(recording, atBarrier()), "barrier-broken-or-short");
        assertEquals(3, finding.victims().size());
    }

    private static final String HOLDER = "com.acme.Holder.run(Holder.java:9)";
    private static final ThreadRef TIMER = MadeRecording.thread(30, "lease-renewal");

    private static DumpText waitingForTimer() {
        DumpText dump = DumpText.withOwners(50);
        for (int id = 1; id <= 3; id++) {
            dump.thread(
                    "lease-holder-" + id,
                    "WAITING (on object monitor)",
                    WAIT,
                    "- waiting on <0x00000000aa000070> (a java.lang.Object)",
                    "java.lang.Object.wait(java.base@17.0.15/Object.java:338)",
                    HOLDER,
                    "java.lang.Thread.run(java.base@17.0.15/Thread.java:840)");
        }
        return dump;
    }

    /** A timer notified them five times a second, until it died of an exception. */
    private static MadeRecording timer(ThreadRef notifier, double diedAt) {
        return notified(notifier)
                .thrown(
                        diedAt,
                        TIMER,
                        "java.lang.NumberFormatException",
                        "For input string: \"seven\"",
                        "com.acme.Lease.renew(Lease.java:14)",
                        "java.util.TimerThread.mainLoop(java.base@17.0.15/Timer.java:566)",
                        "java.util.TimerThread.run(java.base@17.0.15/Timer.java:516)")
                .end(diedAt + .01, TIMER);
    }

    private static MadeRecording notified(ThreadRef notifier) {
        MadeRecording recording = recording();
        for (int id = 1; id <= 3; id++) {
            for (int i = 10; i > 0; i--) {
                recording.wait(
                        PastWait.Kind.MONITOR_WAIT,
                        "java.lang.Object",
                        -i / 5.0 - .2,
                        -i / 5.0,
                        MadeRecording.thread(id, "lease-holder-" + id),
                        MadeRecording.stack(WAIT, HOLDER),
                        notifier);
            }
        }
        return recording;
    }

    @Test
    void whoWasAlwaysNotifiedByAThreadThatDiedMissesIt() {
        ProcessDiagnosis diagnosis = of(timer(TIMER, 0), waitingForTimer());
        assertEquals(3, Runs.finding(diagnosis, "timer-thread-dead").victims().size());
        assertEquals(Verdict.Status.HUNG, diagnosis.verdict().status());
    }

    /** As JDK 17 records it: no exceptions. */
    @Test
    void aTimerThatEndsWhenItsTaskIsDueIsMissedAsWell() {
        MadeRecording recording = notified(TIMER).disabled("JavaExceptionThrow").end(.1, TIMER);
        MadeRecording due = recording.timedOut(-.1, .05, TIMER, LOOP);
        ProcessDiagnosis diagnosis = of(due, waitingForTimer());
        assertEquals(3, Runs.finding(diagnosis, "timer-thread-dead").victims().size());
        assertEquals(Verdict.Status.HUNG, diagnosis.verdict().status());
    }

    private static final CallStack LOOP =
            MadeRecording.stack(WAIT, "java.util.TimerThread.mainLoop(java.base@17.0.15/Timer.java:563)");

    @Test
    void whoWasNotifiedByAnotherOrAtAnotherTimeDoesNot() {
        for (MadeRecording recording : List.of(timer(MadeRecording.thread(31, "events"), 0), timer(TIMER, 30))) {
            assertEquals(
                    Verdict.Status.HEALTHY,
                    of(recording, waitingForTimer()).verdict().status());
        }
    }

    private static final String FRESH = "com.acme.RateBook.fresh(RateBook.java:18)";

    private static MadeRecording refreshed(String method) {
        MadeRecording recording = recording();
        for (int id = 1; id <= 3; id++) {
            for (int i = 10; i > 0; i--) {
                recording.wait(
                        PastWait.Kind.PARK,
                        "java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject",
                        -i / 2.0,
                        -i / 2.0 + .5,
                        MadeRecording.thread(id, "trade-" + id),
                        MadeRecording.stack(PARK, AWAIT, FRESH));
            }
        }
        return recording.thrown(
                .5,
                MadeRecording.thread(4, "refresh-1"),
                "java.lang.NumberFormatException",
                "empty String",
                method,
                "java.util.concurrent.FutureTask.runAndReset(java.base@17.0.15/FutureTask.java:305)");
    }

    private static DumpText waitingForRefresh() {
        DumpText dump = DumpText.withOwners(50);
        for (int id = 1; id <= 3; id++) {
            dump.parked(
                    "trade-" + id,
                    "WAITING (parking)",
                    "<0x00000000aa000080> (a java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject)",
                    AWAIT,
                    FRESH,
                    "java.lang.Thread.run(java.base@17.0.15/Thread.java:840)");
        }
        return dump.parked(
                "refresh-1",
                "TIMED_WAITING (parking)",
                "<0x00000000aa000090> (a java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject)",
                "java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject.awaitNanos(java.base@17.0.15/AbstractQueuedSynchronizer.java:1679)",
                "java.util.concurrent.ScheduledThreadPoolExecutor$DelayedWorkQueue.take(java.base@17.0.15/ScheduledThreadPoolExecutor.java:1182)",
                "java.util.concurrent.ThreadPoolExecutor.getTask(java.base@17.0.15/ThreadPoolExecutor.java:1062)",
                WORKER[1],
                WORKER[2],
                WORKER[3]);
    }

    /** The executor has other tasks, and goes on with them. */
    @Test
    void whoWasSignalledByAPeriodicTaskThatThrewMissesIt() {
        ProcessDiagnosis diagnosis = of(refreshed("com.acme.RateBook.refresh(RateBook.java:15)"), waitingForRefresh());
        assertEquals(3, Runs.finding(diagnosis, "scheduled-task-dead").victims().size());
    }

    @Test
    void aPeriodicTaskOfOtherCodeIsNotMissed() {
        ProcessDiagnosis diagnosis = of(refreshed("com.acme.Mail.send(Mail.java:15)"), waitingForRefresh());
        assertFalse(Runs.rules(diagnosis).contains("scheduled-task-dead"));
    }

    /** It has caught its exception, then: a poll that fails is made again. */
    @Test
    void aPeriodicTaskThatIsHeardOfAgainIsNotDead() {
        MadeRecording recording = refreshed("com.acme.RateBook.refresh(RateBook.java:15)")
                .thrown(
                        40,
                        MadeRecording.thread(4, "refresh-1"),
                        "java.lang.NumberFormatException",
                        "empty String",
                        "com.acme.Feed.parse(Feed.java:9)",
                        "com.acme.RateBook.refresh(RateBook.java:14)",
                        "java.util.concurrent.FutureTask.runAndReset(java.base@17.0.15/FutureTask.java:305)");
        assertFalse(Runs.rules(of(recording, waitingForRefresh())).contains("scheduled-task-dead"));
    }
}
