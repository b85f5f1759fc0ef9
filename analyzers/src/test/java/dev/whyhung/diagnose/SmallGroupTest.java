package dev.whyhung.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whyhung.DumpText;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.rank.RankedFinding;
import dev.whyhung.diagnose.rank.Severity;
import dev.whyhung.diagnose.verdict.Verdict;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Few threads hang, and a large service around them is at rest or at work. */
class SmallGroupTest {

    private static final String RUN = "java.lang.Thread.run(java.base@17.0.15/Thread.java:840)";
    private static final String RUN_WORKER =
            "java.util.concurrent.ThreadPoolExecutor.runWorker(java.base@17.0.15/ThreadPoolExecutor.java:1136)";
    private static final String BEANS = "<0x00000000f781df98> (a java.util.concurrent.ConcurrentHashMap)";

    private static ProcessDiagnosis besideIdleOnes(Consumer<DumpText> group) {
        return Runs.twice(dump -> {
            group.accept(dump);
            for (int i = 1; i <= 200; i++) {
                dump.idleWorker("http-nio-8080-exec-" + i);
            }
        });
    }

    /** @param maker the method of {@code com.acme.Units} that the task is a lambda of */
    private static ProcessDiagnosis starting(String maker) {
        return besideIdleOnes(dump -> dump.parked(
                        "main",
                        "WAITING (parking)",
                        "<0x00000000f8328020> (a java.util.concurrent.FutureTask)",
                        "java.util.concurrent.FutureTask.awaitDone(java.base@17.0.15/FutureTask.java:447)",
                        "java.util.concurrent.FutureTask.get(java.base@17.0.15/FutureTask.java:190)",
                        "com.acme.Units.get(Units.java:14)",
                        "com.acme.Context.single(Context.java:40)",
                        "- locked " + BEANS,
                        "com.acme.Context.main(Context.java:9)")
                .thread(
                        "bootstrap-1",
                        "BLOCKED (on object monitor)",
                        "com.acme.Context.single(Context.java:38)",
                        "- waiting to lock " + BEANS,
                        "com.acme.Units.lambda$" + maker + "$0(Units.java:8)",
                        "java.util.concurrent.FutureTask.run(java.base@17.0.15/FutureTask.java:264)",
                        RUN_WORKER,
                        RUN));
    }

    @Test
    void anObjectThatSeemsToWaitForTheTaskOfItsConstructorUnderALockOfBothMatters() {
        ProcessDiagnosis process = starting("new");
        assertEquals(Verdict.Status.DEGRADED, process.verdict().status());
        RankedFinding first = process.findings().get(0);
        assertEquals("lock-held-across-blocking-call", first.finding().rule().id());
        assertEquals(Severity.MEDIUM, first.severity());
    }

    @Test
    void aTaskOfAnotherMethodMayBeAnotherOne() {
        assertEquals(
                Severity.LOW,
                Runs.finding(starting("refresh"), "lock-held-across-blocking-call")
                        .severity());
    }

    @Test
    void whoUploadsOneAfterTheOtherDoesWhatThePoolIsFor() {
        String store = "<0x00000000f781df98> (a com.acme.Store)";
        ProcessDiagnosis process = besideIdleOnes(dump -> {
            dump.readingSocket(
                    "backup-1",
                    "com.acme.Store.upload(Store.java:40)",
                    "- locked " + store,
                    "com.acme.Backup.run(Backup.java:9)",
                    RUN_WORKER,
                    RUN);
            for (int i = 2; i <= 4; i++) {
                dump.blockedOn(
                        "backup-" + i,
                        store,
                        "com.acme.Store.upload(Store.java:38)",
                        "com.acme.Backup.run(Backup.java:9)",
                        RUN_WORKER,
                        RUN);
            }
        });
        assertEquals(
                Severity.LOW,
                Runs.finding(process, "lock-held-across-blocking-call").severity());
    }

    private static ProcessDiagnosis printing(int idle) {
        return besideIdleOnes(dump -> {
            for (int i = 1; i <= 10 - idle; i++) {
                dump.parked(
                        "print-worker-" + i,
                        "WAITING (parking)",
                        "<0x00000000fa1a6470> (a java.util.concurrent.Semaphore$NonfairSync)",
                        "java.util.concurrent.Semaphore.acquire(java.base@17.0.15/Semaphore.java:318)",
                        "com.acme.Printers.print(Printers.java:21)",
                        "com.acme.Desk.serve(Desk.java:7)",
                        RUN_WORKER,
                        RUN);
            }
            for (int i = 0; i < idle; i++) {
                dump.idleWorker("print-worker-" + (10 - i));
            }
        });
    }

    @Test
    void aWholePoolOfALargeServerMatters() {
        assertEquals(
                Severity.MEDIUM, Runs.finding(printing(0), "permits-leaked").severity());
    }

    @Test
    void aPartOfAPoolThatHasIdleWorkersDoesNot() {
        assertEquals(Severity.LOW, Runs.finding(printing(3), "permits-leaked").severity());
    }

    @Test
    void twoWorkersThatWaitForTheirOwnPoolDoSoBesideAnyNumberOfIdleThreads() {
        ProcessDiagnosis process = besideIdleOnes(dump -> {
            for (int i = 1; i <= 2; i++) {
                dump.parked(
                        "prices-" + i,
                        "WAITING (parking)",
                        "<0x00000000f832802" + i + "> (a java.util.concurrent.FutureTask)",
                        "java.util.concurrent.FutureTask.awaitDone(java.base@17.0.15/FutureTask.java:447)",
                        "java.util.concurrent.FutureTask.get(java.base@17.0.15/FutureTask.java:190)",
                        "com.acme.Prices.total(Prices.java:31)",
                        "com.acme.Prices.lambda$quote$0(Prices.java:22)",
                        "java.util.concurrent.FutureTask.run(java.base@17.0.15/FutureTask.java:264)",
                        RUN_WORKER,
                        RUN);
            }
        });
        assertEquals(Verdict.Status.DEGRADED, process.verdict().status());
        RankedFinding first = process.findings().get(0);
        assertEquals("pool-self-deadlock", first.finding().rule().id());
        assertEquals(Severity.MEDIUM, first.severity());
    }

    /** They make something ahead of those who will want it, or wait for peers to connect. */
    @ParameterizedTest
    @ValueSource(strings = {"com.acme.Ring.push", "com.acme.Links.acquireConnection", "com.acme.Gate.awaitOpen"})
    void threadsOfTheirOwnMayWaitByDesignInTheBackgroundOfAServer(String method) {
        ProcessDiagnosis process = Runs.twice(dump -> {
            for (int i = 1; i <= 4; i++) {
                dump.thread(
                        "background-" + i,
                        "WAITING (on object monitor)",
                        "java.lang.Object.wait(java.base@17.0.15/Native Method)",
                        "- waiting on <0x00000000f8328020> (a com.acme.Ring)",
                        "java.lang.Object.wait(java.base@17.0.15/Object.java:338)",
                        method + "(Ring.java:31)",
                        "com.acme.Background.work(Background.java:22)",
                        "com.acme.Background.run(Background.java:12)",
                        RUN);
                dump.idleWorker("http-nio-8080-exec-" + i);
            }
        });
        assertEquals(Verdict.Status.HEALTHY, process.verdict().status());
    }
}
