package dev.whyhung.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whyhung.DumpText;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.verdict.Verdict;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A thread that waits for the parts of a computation, in one dump. */
class AwaitedWorkTest {

    private static DumpText parallelSum(long cpuMillisOfWorker) {
        return DumpText.withOwners(0)
                .parked(
                        "job",
                        50_000,
                        "WAITING (parking)",
                        "<0x00000000f18c8220> (a java.util.stream.ReduceOps$ReduceTask)",
                        "java.util.concurrent.ForkJoinTask.awaitDone(java.base@17.0.15/ForkJoinTask.java:468)",
                        "java.util.concurrent.ForkJoinTask.invoke(java.base@17.0.15/ForkJoinTask.java:687)",
                        "java.util.stream.ReduceOps$ReduceOp.evaluateParallel(java.base@17.0.15/ReduceOps.java:927)",
                        "com.acme.Report.sum(Report.java:38)",
                        "java.lang.Thread.run(java.base@17.0.15/Thread.java:840)")
                .thread(
                        "ForkJoinPool.commonPool-worker-1",
                        cpuMillisOfWorker,
                        "RUNNABLE",
                        "com.acme.Report.cell(Report.java:51)",
                        "java.util.stream.ReduceOps$ReduceTask.doLeaf(java.base@17.0.15/ReduceOps.java:960)",
                        "java.util.stream.AbstractTask.compute(java.base@17.0.15/AbstractTask.java:327)",
                        "java.util.concurrent.CountedCompleter.exec(java.base@17.0.15/CountedCompleter.java:754)",
                        "java.util.concurrent.ForkJoinTask.doExec(java.base@17.0.15/ForkJoinTask.java:373)",
                        "java.util.concurrent.ForkJoinPool.runWorker(java.base@17.0.15/ForkJoinPool.java:1622)",
                        "java.util.concurrent.ForkJoinWorkerThread.run(java.base@17.0.15/ForkJoinWorkerThread.java:165)");
    }

    @ParameterizedTest
    @CsvSource({"48000, HEALTHY", "1, INCONCLUSIVE"})
    void isNoRiddleIfTheWorkerHasWorkedAllItsLife(long cpuMillis, Verdict.Status expected) {
        Verdict verdict = Runs.process(parallelSum(cpuMillis)).verdict();
        assertEquals(expected, verdict.status(), verdict.headline());
    }
}
