package dev.whyhung.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whyhung.DumpText;
import dev.whyhung.MadeRecording;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.model.PastWait;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Requests wait for what the job of a scheduler would have given them, and its only thread waits for itself. */
class SchedulerThreadBlockedTest {

    private static final int REQUESTS = 8;
    private static final String CONDITION = "java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject";
    private static final String AWAIT = CONDITION + ".await(java.base@17.0.15/AbstractQueuedSynchronizer.java:1630)";
    private static final String GET = "java.util.concurrent.FutureTask.get(java.base@17.0.15/FutureTask.java:190)";

    private static DumpText dump(int second, String job, String request) {
        DumpText dump = DumpText.withOwners(second)
                .parked(
                        "seat-clock",
                        "WAITING (parking)",
                        "<0x00000000e0000009> (a"
                                + " java.util.concurrent.ScheduledThreadPoolExecutor$ScheduledFutureTask)",
                        "java.util.concurrent.FutureTask.awaitDone(java.base@17.0.15/FutureTask.java:447)",
                        GET,
                        job,
                        "java.util.concurrent.FutureTask.runAndReset(java.base@17.0.15/FutureTask.java:305)",
                        "java.util.concurrent.ScheduledThreadPoolExecutor$ScheduledFutureTask.run(java.base@17.0.15/ScheduledThreadPoolExecutor.java:305)",
                        "java.util.concurrent.ThreadPoolExecutor.runWorker(java.base@17.0.15/ThreadPoolExecutor.java:1136)",
                        "java.util.concurrent.ThreadPoolExecutor$Worker.run(java.base@17.0.15/ThreadPoolExecutor.java:635)",
                        "java.lang.Thread.run(java.base@17.0.15/Thread.java:840)");
        for (int i = 0; i < REQUESTS; i++) {
            dump.parked(
                    "http-nio-8080-exec-" + i,
                    "WAITING (parking)",
                    "<0x00000000e0000001> (a " + CONDITION + ")",
                    AWAIT,
                    "com.acme.Promise.await(Promise.java:12)",
                    request,
                    "java.lang.Thread.run(java.base@17.0.15/Thread.java:840)");
        }
        return dump;
    }

    private static String first(ProcessDiagnosis process) {
        return Runs.rules(process).get(0);
    }

    @Test
    void isTheCauseForThoseWithCodeOfItsJob() {
        String job = "com.acme.Seats.assign(Seats.java:30)";
        String request = "com.acme.Seats.ask(Seats.java:15)";
        ProcessDiagnosis process = Runs.process(dump(0, job, request), dump(DumpText.LATER, job, request));
        assertEquals("scheduler-thread-blocked", first(process));
        assertEquals(
                REQUESTS,
                Runs.finding(process, "scheduler-thread-blocked").victims().size());
    }

    /** The requests have come to wait since this second; the job has since the 20th. */
    private static ProcessDiagnosis recorded(double since) {
        String job = "com.acme.Renewal.run(Renewal.java:30)";
        MadeRecording recording = MadeRecording.of("r.jfr", -40, 59);
        recording.wait(
                PastWait.Kind.PARK, "", 19, 20, MadeRecording.thread(1, "seat-clock"), MadeRecording.stack(GET, job));
        for (int i = 0; i < REQUESTS; i++) {
            recording.wait(
                    PastWait.Kind.PARK,
                    CONDITION,
                    since - .2,
                    since,
                    MadeRecording.thread(2 + i, "http-nio-8080-exec-" + i),
                    MadeRecording.stack(AWAIT, "com.acme.Promise.await(Promise.java:12)"));
        }
        return Runs.process(List.of(recording), dump(55, job, "com.acme.Gate.pass(Gate.java:15)"));
    }

    @Test
    void isTheCauseForThoseWhoWereServedUntilItStopped() {
        assertEquals("scheduler-thread-blocked", first(recorded(20.1)));
        assertEquals("lost-wakeup", first(recorded(-10)));
    }
}
