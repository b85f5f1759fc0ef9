package dev.whyhung.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whyhung.DumpText;
import dev.whyhung.MadeRecording;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.model.CallStack;
import dev.whyhung.model.PastWait;
import dev.whyhung.model.ThreadRef;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Requests that never had to wait for the quota, which a periodic task refills, until that task failed. */
class RefillTest {

    private static final ThreadRef HOUSEKEEPER = MadeRecording.thread(7, "housekeeping");
    private static final String PERIODIC =
            "java.util.concurrent.FutureTask.runAndReset(java.base@25.0.3/FutureTask.java:305)";
    private static final String TAKE =
            "java.util.concurrent.ScheduledThreadPoolExecutor$DelayedWorkQueue.take(java.base@25.0.3/S.java:1177)";
    private static final CallStack FOR_WORK = MadeRecording.stack(
            "java.util.concurrent.LinkedBlockingQueue.take(java.base@25.0.3/LinkedBlockingQueue.java:435)",
            "java.util.concurrent.ThreadPoolExecutor.getTask(java.base@25.0.3/ThreadPoolExecutor.java:1061)");

    private static MadeRecording served(double until) {
        MadeRecording recording = MadeRecording.of("r.jfr", -60, 50);
        for (int i = 1; i <= 6; i++) {
            for (int at = 1; at < 10; at++) {
                recording.wait(
                        PastWait.Kind.PARK,
                        "",
                        until - at,
                        until - at + .6,
                        MadeRecording.thread(i, "gate-" + i),
                        FOR_WORK);
            }
        }
        return recording;
    }

    private static MadeRecording failed(MadeRecording recording, double at, String exception, String task) {
        return recording.thrown(
                at, HOUSEKEEPER, exception, "/ by zero", task, "com.acme.limit.Refill.run(Refill.java:9)", PERIODIC);
    }

    private static double dead(MadeRecording recording) {
        DumpText dump = DumpText.withoutOwners(50);
        for (int i = 1; i <= 6; i++) {
            dump.thread(
                    "gate-" + i,
                    "WAITING (on object monitor)",
                    "java.lang.Object.wait(java.base@25.0.3/Native Method)",
                    "- waiting on <0x00000000aa000001> (a com.acme.limit.Quota)",
                    "com.acme.limit.Quota.acquire(Quota.java:14)",
                    "com.acme.Routes.route(Routes.java:6)",
                    "java.util.concurrent.ThreadPoolExecutor.runWorker(java.base@25.0.3/ThreadPoolExecutor.java:1136)");
        }
        dump.parked(
                "housekeeping",
                "TIMED_WAITING (parking)",
                "<0x00000000aa000002> (a java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject)",
                "java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject.awaitNanos(java.base@25.0.3/A.java:1679)",
                TAKE,
                "java.util.concurrent.ThreadPoolExecutor.getTask(java.base@25.0.3/ThreadPoolExecutor.java:1061)");
        ProcessDiagnosis process = Runs.process(List.of(recording), dump);
        return process.findings().stream()
                .filter(finding -> finding.finding().rule().id().equals("scheduled-task-dead"))
                .mapToDouble(finding -> finding.score().confidence())
                .sum();
    }

    private static final String DIVIDES = "com.acme.limit.Tariff.tokens(Tariff.java:5)";
    private static final String DEFECT = "java.lang.ArithmeticException";

    @Test
    void theTaskIsMissedSinceItFailed() {
        assertEquals(.65, dead(failed(served(10), 9.9, DEFECT, DIVIDES)), 1e-9);
    }

    @Test
    void othersStoppedForAnotherReason() {
        assertEquals(0, dead(failed(served(10), -30, DEFECT, DIVIDES)), 1e-9, "they got on for long after it");
        assertEquals(0, dead(failed(served(10), 9.9, "java.net.ConnectException", DIVIDES)), 1e-9, "of another system");
        assertEquals(
                0,
                dead(failed(failed(served(10), -20, DEFECT, DIVIDES), 9.9, DEFECT, DIVIDES)),
                1e-9,
                "the task survives it");
        MadeRecording goesOn = failed(served(10), 9.9, DEFECT, DIVIDES);
        goesOn.wait(
                PastWait.Kind.SLEEP,
                "",
                29,
                30,
                HOUSEKEEPER,
                MadeRecording.stack("com.acme.limit.Refill.run(Refill.java:9)", PERIODIC));
        assertEquals(0, dead(goesOn), 1e-9, "the task goes on");
    }

    @Test
    void anotherPackageIsNoSign() {
        MadeRecording recording = served(10)
                .thrown(9.9, HOUSEKEEPER, DEFECT, "/ by zero", "com.acme.stats.Flush.run(Flush.java:9)", PERIODIC);
        assertEquals(0, dead(recording), 1e-9);
    }
}
