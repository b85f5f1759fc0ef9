package dev.whyhung.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whyhung.DumpText;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.diagnose.rank.RankedFinding;
import dev.whyhung.diagnose.rank.Severity;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Threads that wait for results, or for the end of threads, which only they themselves would give. */
class ResultCirclesTest {

    private static final String[] WORKER = {
        "java.util.concurrent.ThreadPoolExecutor.runWorker(java.base@17.0.15/ThreadPoolExecutor.java:1136)",
        "java.lang.Thread.run(java.base@17.0.15/Thread.java:840)"
    };
    private static final String LOADS = "com.google.common.cache.LocalCache$Segment.loadSync(LocalCache.java:2270)";
    private static final String GET = "com.google.common.cache.LocalCache.get(LocalCache.java:3955)";
    private static final String LOADER = "com.acme.Prices$1.load(Prices.java:40)";
    private static final String ASKS = "com.acme.Prices.of(Prices.java:60)";

    private static String[] lines(String[] top, String... below) {
        List<String> lines = new ArrayList<>(List.of(top));
        lines.addAll(List.of(below));
        return lines.toArray(new String[0]);
    }

    private static void awaitingValue(DumpText dump, String name, int value, String... below) {
        String[] top = {
            "jdk.internal.misc.Unsafe.park(java.base@17.0.15/Native Method)",
            "- parking to wait for  <0x00000000e000000%d> (a com.google.common.util.concurrent.SettableFuture)"
                    .formatted(value),
            "com.google.common.util.concurrent.AbstractFuture.get(AbstractFuture.java:220)",
            "com.google.common.util.concurrent.Uninterruptibles.getUninterruptibly(Uninterruptibles.java:245)",
            "com.google.common.cache.LocalCache$LoadingValueReference.waitForValue(LocalCache.java:3599)",
            "com.google.common.cache.LocalCache$Segment.waitForLoadingValue(LocalCache.java:2174)",
            GET
        };
        dump.thread(name, "WAITING (parking)", lines(lines(top, below), WORKER));
    }

    private static void othersWaiting(DumpText dump) {
        for (int i = 3; i <= 7; i++) {
            awaitingValue(dump, "http-nio-8080-exec-" + i, 2, ASKS);
        }
    }

    /** Guava 33, as captured. */
    @Test
    void twoLoadersOfACacheWaitForEachOthersValues() {
        ProcessDiagnosis process = Runs.twice(dump -> {
            awaitingValue(dump, "http-nio-8080-exec-1", 1, LOADER, LOADS, GET, ASKS);
            awaitingValue(dump, "http-nio-8080-exec-2", 2, LOADER, LOADS, GET, ASKS);
            othersWaiting(dump);
        });
        RankedFinding first = process.findings().get(0);
        assertEquals("future-never-completed", first.finding().rule().id());
        assertEquals("circle", first.finding().kind());
        assertEquals(2, first.finding().culprits().size());
        assertEquals(5, first.victims().size());
    }

    /** Versions of Guava that do not notice it. */
    @Test
    void aLoaderAsksForTheValueThatItLoads() {
        ProcessDiagnosis process = Runs.twice(dump -> {
            awaitingValue(dump, "http-nio-8080-exec-1", 2, LOADER, LOADS, GET, ASKS);
            othersWaiting(dump);
        });
        RankedFinding first = process.findings().get(0);
        assertEquals("self-wait", first.finding().kind());
        assertEquals("http-nio-8080-exec-1", first.finding().culprits().get(0).thread());
        assertEquals(5, first.victims().size());
    }

    @Test
    void aLoaderThatWaitsForAnotherOneWhichIsAtWorkIsNoCircle() {
        ProcessDiagnosis process = Runs.twice(dump -> {
            awaitingValue(dump, "http-nio-8080-exec-1", 2, LOADER, LOADS, GET, ASKS);
            dump.readingSocket(
                    "http-nio-8080-exec-2",
                    lines(
                            new String[] {
                                "sun.net.www.http.HttpClient.parseHTTP(java.base@17.0.15/HttpClient.java:750)",
                                LOADER,
                                LOADS,
                                GET,
                                ASKS
                            },
                            WORKER));
            othersWaiting(dump);
        });
        RankedFinding first = process.findings().get(0);
        assertEquals("external-io-stall", first.finding().rule().id());
        assertEquals(7, first.victims().size());
        assertFalse(Runs.rules(process).contains("future-never-completed"));
    }

    private static void joining(DumpText dump, String name, String thread, String... below) {
        String[] top = {
            "java.lang.Object.wait(java.base@17.0.15/Native Method)",
            "- waiting on " + thread,
            "java.lang.Thread.join(java.base@17.0.15/Thread.java:1304)",
            "- locked " + thread,
            "java.lang.Thread.join(java.base@17.0.15/Thread.java:1372)"
        };
        dump.thread(name, "WAITING (on object monitor)", lines(top, below));
    }

    @Test
    void twoThreadsWaitForEachOthersEnd() {
        ProcessDiagnosis process = Runs.twice(dump -> {
            joining(dump, "left", "<0x00000000e0000001> (a com.acme.Stage)", "com.acme.Stage.run(Stage.java:30)");
            joining(dump, "right", "<0x00000000e0000002> (a com.acme.Stage)", "com.acme.Stage.run(Stage.java:30)");
            for (int i = 1; i <= 4; i++) {
                joining(
                        dump,
                        "http-nio-8080-exec-" + i,
                        "<0x00000000e0000001> (a com.acme.Stage)",
                        lines(new String[] {"com.acme.Pipeline.stop(Pipeline.java:9)"}, WORKER));
            }
        });
        RankedFinding first = process.findings().get(0);
        assertEquals("future-never-completed", first.finding().rule().id());
        assertEquals("circle", first.finding().kind());
        assertEquals(2, first.finding().culprits().size());
    }

    /** As services are often written: main starts its threads and waits for their end, which is not to come. */
    @Test
    void aMainThreadThatWaitsForItsServiceThreadsIsAtRest() {
        ProcessDiagnosis process = Runs.twice(dump -> {
            joining(dump, "main", "<0x00000000e0000001> (a java.lang.Thread)", "com.acme.Server.main(Server.java:20)");
            joining(dump, "start", "<0x00000000e0000002> (a com.acme.Poller)", "com.acme.Starter.run(Starter.java:8)");
            dump.thread(
                    "ticker",
                    "TIMED_WAITING (sleeping)",
                    "java.lang.Thread.sleep(java.base@17.0.15/Native Method)",
                    "com.acme.Server.lambda$main$0(Server.java:15)",
                    "java.lang.Thread.run(java.base@17.0.15/Thread.java:840)");
            dump.readingSocket("poller", "com.acme.Poller.run(Poller.java:33)");
        });
        assertTrue(
                process.findings().stream()
                        .noneMatch(finding -> finding.severity().compareTo(Severity.MEDIUM) <= 0
                                && !finding.finding().rule().id().equals("healthy-idle")),
                Runs.rules(process).toString());
    }

    /** A parallel stream in a static initializer: the lambda's class cannot be used before the initializer ends. */
    @Test
    void anInitializerWaitsForATaskThatNeedsTheClass() {
        ProcessDiagnosis process = Runs.twice(dump -> {
            dump.parked(
                    "main",
                    "WAITING (parking)",
                    "<0x00000000e0000001> (a java.util.stream.ForEachOps$ForEachTask)",
                    "java.util.concurrent.ForkJoinTask.awaitDone(java.base@17.0.15/ForkJoinTask.java:468)",
                    "java.util.concurrent.ForkJoinTask.invoke(java.base@17.0.15/ForkJoinTask.java:687)",
                    "java.util.stream.ReferencePipeline.forEach(java.base@17.0.15/ReferencePipeline.java:596)",
                    "com.acme.Table.<clinit>(Table.java:18)",
                    "com.acme.Server.main(Server.java:20)");
            dump.thread(
                    "ForkJoinPool.commonPool-worker-1",
                    "RUNNABLE",
                    "com.acme.Table$$Lambda$16/0x00007f1c8000ec98.apply(Unknown Source)",
                    "- waiting on the Class initialization monitor for com.acme.Table",
                    "java.util.stream.ReferencePipeline$$Lambda$22/0x00007f1c800492b0.accept(java.base@17.0.15/Unknown Source)",
                    "java.util.stream.ForEachOps$ForEachTask.compute(java.base@17.0.15/ForEachOps.java:290)",
                    "java.util.concurrent.ForkJoinTask.doExec(java.base@17.0.15/ForkJoinTask.java:373)",
                    "java.util.concurrent.ForkJoinWorkerThread.run(java.base@17.0.15/ForkJoinWorkerThread.java:165)");
        });
        RankedFinding first = process.findings().get(0);
        assertEquals("deadlock-class-init", first.finding().rule().id());
        assertEquals("main", first.finding().culprits().get(0).thread());
    }

    private static void restarting(DumpText dump) {
        joining(
                dump,
                "worker-1",
                "<0x00000000e0000001> (a java.lang.Thread)",
                "com.acme.life.Workers.stop(Workers.java:40)",
                "com.acme.admin.Commands.restart(Commands.java:12)",
                "com.acme.life.Workers.loop(Workers.java:22)",
                "java.lang.Thread.run(java.base@17.0.15/Thread.java:840)");
        dump.thread(
                "main",
                "WAITING (on object monitor)",
                "java.lang.Object.wait(java.base@17.0.15/Native Method)",
                "- waiting on <0x00000000e0000009> (a com.acme.Server)",
                "com.acme.Server.awaitEnd(Server.java:30)",
                "com.acme.Server.main(Server.java:9)");
    }

    @Test
    void aWorkerThatStopsItsOwnPoolWaitsForItsOwnEnd() {
        ProcessDiagnosis process = Runs.twice(ResultCirclesTest::restarting);
        RankedFinding first = process.findings().get(0);
        assertEquals("future-never-completed", first.finding().rule().id());
        assertEquals("self-wait", first.finding().kind());
        assertEquals("worker-1", first.finding().culprits().get(0).thread());
        assertTrue(
                first.finding().headline().contains("its own end"),
                first.finding().headline());
    }

    /** A supervisor that restarts a service waits for one of those. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "com.acme.life.Workers.loop(Workers.java:22)",
                "com.acme.life.Child.run(Child.java:8)",
                "com.acme.net.Reader.run(Reader.java:8)"
            })
    void oneWhoseLikeAreStillAtWorkMayWaitForThose(String entry) {
        ProcessDiagnosis process = Runs.twice(dump -> {
            restarting(dump);
            dump.readingSocket(
                    "worker-2",
                    "com.acme.Client.call(Client.java:9)",
                    entry,
                    "java.lang.Thread.run(java.base@17.0.15/Thread.java:840)");
        });
        assertFalse(
                process.findings().stream()
                        .anyMatch(
                                finding -> "self-wait".equals(finding.finding().kind())),
                Runs.rules(process).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"java.lang.Thread", "com.acme.life.Workers"})
    void aThreadThatWaitsForItsOwnEndByItselfKeepsTheProcessAlive(String type) {
        ProcessDiagnosis process = Runs.twice(dump -> joining(
                dump,
                "keep-alive",
                "<0x00000000e0000001> (a " + type + ")",
                "com.acme.life.Workers.block(Workers.java:40)",
                "com.acme.life.Workers.run(Workers.java:22)",
                "java.lang.Thread.run(java.base@17.0.15/Thread.java:840)"));
        assertFalse(
                Runs.rules(process).contains("future-never-completed"),
                Runs.rules(process).toString());
    }
}
