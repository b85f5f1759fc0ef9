package dev.whyhung.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.whyhung.DumpText;
import dev.whyhung.MadeRecording;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.rank.RankedFinding;
import dev.whyhung.model.PastWait;
import dev.whyhung.model.ThreadRef;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nobody is left to open the latches of the requests, and a thread has ended that took the tasks behind them. */
class GoneTest {

    @Test
    void whoHasEndedIsABetterAnswerThanNobody() {
        ThreadRef mailer = MadeRecording.thread(20, "mail-dispatcher");
        MadeRecording recording = MadeRecording.of("r.jfr", -60, 50)
                .start(-50, mailer, MadeRecording.thread(1, "main"))
                .end(5, mailer);
        for (int i = 0; i < 4; i++) {
            recording.wait(
                    PastWait.Kind.PARK,
                    "java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject",
                    i,
                    i + .5,
                    mailer,
                    MadeRecording.stack(
                            "java.util.concurrent.ArrayBlockingQueue.take(java.base@17.0.15/ArrayBlockingQueue.java:420)",
                            "com.acme.Mailer.dispatch(Mailer.java:12)",
                            "com.acme.Mailer.run(Mailer.java:9)"));
        }
        DumpText dump = DumpText.withoutOwners(50);
        for (int i = 1; i <= 12; i++) {
            dump.parked(
                    "http-nio-8080-exec-" + i,
                    "WAITING (parking)",
                    "<0x00000000fa1a6" + (400 + i) + "> (a java.util.concurrent.CountDownLatch$Sync)",
                    "java.util.concurrent.CountDownLatch.await(java.base@17.0.15/CountDownLatch.java:230)",
                    "com.acme.Mailer.send(Mailer.java:30)",
                    "com.acme.Form.post(Form.java:8)",
                    "java.util.concurrent.ThreadPoolExecutor.runWorker(java.base@17.0.15/ThreadPoolExecutor.java:1136)");
        }
        ProcessDiagnosis process = Runs.process(recording, dump);
        assertEquals(
                List.of("worker-thread-died", "latch-never-counted"),
                Runs.rules(process).subList(0, 2));
    }

    /** It took nothing from a queue; but the requests were answered up to its end, and not since. JDK 17 records no exceptions. */
    @Test
    void whoEndedWhenTheAnswersDidIsToBlame() {
        assertEquals("worker-thread-died", top(renewal(1.8), "renewal"));
        assertEquals("lost-wakeup", top(renewal(-8), "renewal"), "they were answered for long after");
        assertEquals("lost-wakeup", top(renewal(1.8), "renewal-2"), "one of its kind lives");
        assertEquals(
                "lost-wakeup",
                top(renewal(1.8).threshold("JavaExceptionThrow", 0), "renewal"),
                "its exception would be known");
    }

    @Test
    void nobodyInTheProcessAnswersForAnotherSystem() {
        DumpText dump = DumpText.withoutOwners(50);
        for (int i = 1; i <= 12; i++) {
            dump.thread(
                    "http-nio-8080-exec-" + i,
                    "RUNNABLE",
                    "java.net.SocketInputStream.socketRead0(java.base@17.0.15/Native Method)",
                    "com.acme.Metadata.await(Metadata.java:30)",
                    "com.acme.Producer.send(Producer.java:8)",
                    "com.acme.Form.post(Form.java:8)",
                    "java.util.concurrent.ThreadPoolExecutor.runWorker(java.base@17.0.15/ThreadPoolExecutor.java:1136)");
        }
        List<String> rules = Runs.rules(Runs.process(renewal(1.8), dump));
        assertEquals("external-io-stall", rules.get(0));
        assertFalse(rules.contains("worker-thread-died"), rules.toString());
    }

    private static String top(MadeRecording recording, String name) {
        DumpText dump = DumpText.withoutOwners(50);
        for (int i = 1; i <= 12; i++) {
            dump.thread(
                    "http-nio-8080-exec-" + i,
                    "WAITING (on object monitor)",
                    "java.lang.Object.wait(java.base@17.0.15/Native Method)",
                    "- waiting on <0x00000000ff8dc0a0> (a java.lang.Object)",
                    "java.lang.Object.wait(java.base@17.0.15/Object.java:338)",
                    "com.acme.Metadata.await(Metadata.java:30)",
                    "com.acme.Producer.send(Producer.java:8)",
                    "com.acme.Form.post(Form.java:8)",
                    "java.util.concurrent.ThreadPoolExecutor.runWorker(java.base@17.0.15/ThreadPoolExecutor.java:1136)");
        }
        dump.thread(
                name.equals("renewal") ? "pause" : name,
                "TIMED_WAITING (sleeping)",
                "java.lang.Thread.sleep(java.base@17.0.15/Native Method)",
                "com.acme.Clock.run(Clock.java:30)");
        return Runs.rules(Runs.process(recording, dump)).get(0);
    }

    /** Ends at this second; the last answer came at two seconds. */
    private static MadeRecording renewal(double end) {
        ThreadRef renewal = MadeRecording.thread(20, "renewal-1");
        MadeRecording recording = MadeRecording.of("r.jfr", -60, 50)
                .disabled("JavaExceptionThrow")
                .start(-50, renewal, MadeRecording.thread(1, "main"))
                .end(end, renewal);
        for (int i = 5; i >= 1; i--) {
            recording.wait(
                    PastWait.Kind.SLEEP,
                    "",
                    end - i,
                    end - i + .5,
                    renewal,
                    MadeRecording.stack(
                            "java.lang.Thread.sleep(java.base@17.0.15/Native Method)",
                            "com.acme.Producer.renew(Producer.java:50)",
                            "com.acme.Producer.run(Producer.java:40)"));
        }
        for (int i = 1; i <= 12; i++) {
            recording.wait(
                    PastWait.Kind.MONITOR_WAIT,
                    "java.lang.Object",
                    1.9 - i * .05,
                    2 - i * .01,
                    MadeRecording.thread(i, "http-nio-8080-exec-" + i),
                    MadeRecording.stack(
                            "java.lang.Object.wait(java.base@17.0.15/Native Method)",
                            "com.acme.Metadata.await(Metadata.java:30)",
                            "com.acme.Producer.send(Producer.java:8)"));
        }
        return recording;
    }

    /** A timer notified each of these whenever they waited, until it died at ten seconds; they came to wait five seconds later. */
    @Test
    void whoComesToWaitForADeadTimerWaitsForItAsWell() {
        ThreadRef timer = MadeRecording.thread(30, "feed-refresh");
        MadeRecording recording = MadeRecording.of("r.jfr", -60, 50)
                .thrown(
                        10,
                        timer,
                        "java.lang.IllegalArgumentException",
                        "bad xml",
                        "com.acme.Refresh.run(Refresh.java:3)",
                        "java.util.TimerThread.mainLoop(java.base@17.0.15/Timer.java:566)")
                .end(10, timer);
        DumpText dump = DumpText.withoutOwners(50);
        String answer = "com.acme.Feed.answer(Feed.java:3)";
        for (int i = 1; i <= 9; i++) {
            ThreadRef request = MadeRecording.thread(i, "http-nio-8080-exec-" + i);
            for (int n = 5; n < 9; n++) {
                recording.wait(
                        PastWait.Kind.MONITOR_WAIT,
                        "com.acme.Feed",
                        n,
                        n + .1,
                        request,
                        MadeRecording.stack(answer),
                        timer);
            }
            recording.wait(
                    PastWait.Kind.PARK,
                    "",
                    9,
                    15,
                    request,
                    MadeRecording.stack(
                            "java.util.concurrent.LinkedBlockingQueue.take(java.base@17.0.15/LinkedBlockingQueue.java:435)"));
            dump.thread(
                    request.name(),
                    "WAITING (on object monitor)",
                    "java.lang.Object.wait(java.base@17.0.15/Native Method)",
                    "- waiting on <0x00000000ffbb80d8> (a com.acme.Feed)",
                    answer,
                    "com.acme.FeedController.get(FeedController.java:8)");
        }
        assertEquals(
                "timer-thread-dead", Runs.rules(Runs.process(recording, dump)).get(0));
    }

    /** The task of a timer, which ends at ten seconds, completes tickets of a class of its own; nobody is notified by its thread. */
    private static ProcessDiagnosis flushes(double silentFrom, String state, String... frames) {
        ThreadRef timer = MadeRecording.thread(30, "flush-clock");
        MadeRecording recording = MadeRecording.of("r.jfr", -60, 50)
                .thrown(
                        10,
                        timer,
                        "java.lang.IllegalArgumentException",
                        "no rows",
                        "com.acme.flush.Sink.write(Sink.java:3)",
                        "com.acme.flush.Batcher.flush(Batcher.java:9)",
                        "java.util.TimerThread.mainLoop(java.base@17.0.15/Timer.java:566)")
                .end(10, timer);
        DumpText dump = DumpText.withoutOwners(50);
        for (int i = 1; i <= 6; i++) {
            ThreadRef collector = MadeRecording.thread(i, "collector-" + i);
            for (int n = 5; n > 0; n--) {
                recording.wait(
                        PastWait.Kind.SLEEP,
                        "",
                        silentFrom - n,
                        silentFrom - n + .9,
                        collector,
                        MadeRecording.stack(
                                "java.lang.Thread.sleep(java.base@17.0.15/Native Method)",
                                "com.acme.intake.Collector.run(Collector.java:4)"));
            }
            dump.thread(collector.name(), state, frames);
        }
        return Runs.process(recording, dump);
    }

    private static final String[] LATCH = {
        "jdk.internal.misc.Unsafe.park(java.base@17.0.15/Native Method)",
        "- parking to wait for  <0x00000000ffbb80d8> (a java.util.concurrent.CountDownLatch$Sync)",
        "java.util.concurrent.locks.LockSupport.park(java.base@17.0.15/LockSupport.java:211)",
        "java.util.concurrent.CountDownLatch.await(java.base@17.0.15/CountDownLatch.java:230)",
        "com.acme.tickets.Ticket.await(Ticket.java:3)",
        "com.acme.intake.Recorder.record(Recorder.java:4)",
        "com.acme.intake.Collector.run(Collector.java:3)"
    };

    @Test
    void whoHasWaitedSinceATimerDiedMissesItWhateverItsClasses() {
        RankedFinding first =
                flushes(10.2, "WAITING (parking)", LATCH).findings().get(0);
        assertEquals("timer-thread-dead", first.finding().rule().id());
        assertEquals(6, first.victims().size());
    }

    /** Who stood there long before does not wait for the timer. */
    @Test
    void whoWaitedBeforeATimerDiedDoesNotMissIt() {
        assertNotEquals(
                "timer-thread-dead",
                Runs.rules(flushes(-20, "WAITING (parking)", LATCH)).get(0));
    }
}
