package dev.whyhung.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.whyhung.DumpText;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.rank.RankedFinding;
import dev.whyhung.diagnose.rank.Severity;
import dev.whyhung.diagnose.verdict.Verdict;
import org.junit.jupiter.api.Test;

/** A small pool whose workers all wait, as before, for somebody in this process or for a process of their own. */
class HeldUpPoolTest {

    private static final String TASK = "java.util.concurrent.FutureTask.run(java.base@17.0.15/FutureTask.java:264)";
    private static final String WORKER =
            "java.util.concurrent.ThreadPoolExecutor.runWorker(java.base@17.0.15/ThreadPoolExecutor.java:1136)";
    private static final String SIGNALLER =
            "<0x00000000e000000%d> (a java.util.concurrent.CompletableFuture$Signaller)";
    private static final String SUM = "com.acme.Tree.sum(Tree.java:20)";
    private static final String CALL = "com.acme.Tree.call(Tree.java:9)";

    private static void waiting(DumpText dump, String... code) {
        for (int i = 1; i <= 3; i++) {
            String[] below = new String[code.length + 3];
            below[0] = "java.util.concurrent.CompletableFuture.join(java.base@17.0.15/CompletableFuture.java:2117)";
            System.arraycopy(code, 0, below, 1, code.length);
            below[code.length + 1] = TASK;
            below[code.length + 2] = WORKER;
            dump.parked("calc-" + i, "WAITING (parking)", SIGNALLER.formatted(i), below);
        }
        dump.idleWorker("io-1").idleWorker("io-2");
    }

    private static Verdict.Status of(ProcessDiagnosis process) {
        return process.verdict().status();
    }

    @Test
    void isNotKnownToBeHealthy() {
        assertEquals(Verdict.Status.INCONCLUSIVE, of(Runs.twice(dump -> waiting(dump, SUM, CALL))));
    }

    @Test
    void mayBeThereToWait() {
        assertEquals(Verdict.Status.HEALTHY, of(Runs.twice(dump -> waiting(dump, CALL))));
    }

    @Test
    void isAboutToBeHelped() {
        assertEquals(Verdict.Status.HEALTHY, of(Runs.twice(dump -> {
            waiting(dump, SUM, CALL);
            dump.thread("boot-1", 9_000, "RUNNABLE", "com.acme.Parse.parse(Parse.java:8)", WORKER);
        })));
    }

    private static void children(DumpText dump) {
        child(dump, 1, "com.acme.Media.run(Media.java:30)");
        child(dump, 2, "com.acme.Media.run(Media.java:30)");
    }

    private static void child(DumpText dump, int number, String call) {
        dump.parked(
                "transcode-" + number,
                "WAITING (parking)",
                "<0x00000000e000000%d> (a java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject)"
                        .formatted(number),
                "java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject.await(java.base@17.0.15/AbstractQueuedSynchronizer.java:1627)",
                "java.lang.ProcessImpl.waitFor(java.base@17.0.15/ProcessImpl.java:434)",
                call,
                TASK,
                WORKER);
    }

    @Test
    void waitsForProcessesThatNobodyReads() {
        ProcessDiagnosis process = Runs.twice(HeldUpPoolTest::children);
        assertEquals(Verdict.Status.INCONCLUSIVE, of(process));
        RankedFinding first = process.findings().get(0);
        assertEquals("process-wait-stuck", first.finding().rule().id());
        assertEquals(Severity.LOW, first.severity());
    }

    @Test
    void waitsForProcessesThatAreRead() {
        assertEquals(Verdict.Status.HEALTHY, of(Runs.twice(dump -> {
            children(dump);
            dump.thread(
                    "gobbler-1",
                    "RUNNABLE",
                    "java.io.FileInputStream.readBytes(java.base@17.0.15/Native Method)",
                    "com.acme.Gobbler.run(Gobbler.java:9)");
        })));
    }

    /** The pool gets on, be it slowly. */
    @Test
    void hasBegunAProcessSince() {
        DumpText first = DumpText.withOwners(0);
        child(first, 1, "com.acme.Media.run(Media.java:30)");
        child(first, 2, "com.acme.Media.probe(Media.java:24)");
        DumpText second = DumpText.withOwners(DumpText.LATER);
        children(second);
        assertFalse(Runs.rules(Runs.process(first, second)).contains("process-wait-stuck"));
    }
}
