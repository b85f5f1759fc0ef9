package dev.whyhung.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whyhung.DumpText;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.diagnose.verdict.Verdict;
import org.junit.jupiter.api.Test;

/** Requests wait at a latch while another thread sleeps, which may or may not be about to count it down. */
class SleeperInTheCodeTest {

    private static DumpText dump(int second, String sleeper, long cpuMillis, String... frames) {
        return fill(DumpText.withoutOwners(second), sleeper, cpuMillis, frames);
    }

    private static DumpText old(int second, String sleeper, String... frames) {
        return fill(DumpText.withoutOwners(second).asJava8(), sleeper, 0, frames);
    }

    private static DumpText fill(DumpText dump, String sleeper, long cpuMillis, String... frames) {
        String[] lines = new String[frames.length + 1];
        lines[0] = "java.lang.Thread.sleep(java.base@17.0.15/Native Method)";
        System.arraycopy(frames, 0, lines, 1, frames.length);
        dump.thread(sleeper, cpuMillis, "TIMED_WAITING (sleeping)", lines);
        for (int i = 1; i <= 12; i++) {
            dump.parked(
                    "http-nio-8080-exec-" + i,
                    "WAITING (parking)",
                    "<0x00000000fa1a6470> (a java.util.concurrent.CountDownLatch$Sync)",
                    "java.util.concurrent.CountDownLatch.await(java.base@17.0.15/CountDownLatch.java:230)",
                    "com.acme.Shop.serve(Shop.java:8)",
                    "java.util.concurrent.ThreadPoolExecutor.runWorker(java.base@17.0.15/ThreadPoolExecutor.java:1136)",
                    "java.lang.Thread.run(java.base@17.0.15/Thread.java:840)");
        }
        return dump;
    }

    private static ProcessDiagnosis twice(String sleeper, long cpuMillis, String... frames) {
        return Runs.process(dump(0, sleeper, 90, frames), dump(DumpText.LATER, sleeper, cpuMillis, frames));
    }

    private static final String ITEM = "com.acme.Shop.item(Shop.java:30)";
    private static final String LOAD = "com.acme.Shop.load(Shop.java:21)";

    private static double confidence(ProcessDiagnosis process) {
        return Runs.finding(process, "latch-never-counted").score().confidence();
    }

    @Test
    void whoLoadsPieceAfterPieceMayComeBack() {
        ProcessDiagnosis process = twice("main", 110, ITEM, LOAD, MAIN);
        assertEquals(.38, confidence(process), 1e-9);
        assertEquals(Verdict.Status.HEALTHY, process.verdict().status());
    }

    @Test
    void whoHasDoneNothingMeanwhileDoesNot() {
        ProcessDiagnosis process = twice("heart", 90, "com.acme.Shop$Heart.beat(Shop.java:30)", LOAD, RUN);
        assertEquals(Verdict.Status.HUNG, process.verdict().status());
    }

    @Test
    void whoWasNotThereBeforeMayHave() {
        DumpText later = dump(DumpText.LATER, "main", 95, "com.acme.Shop.hold(Shop.java:30)", MAIN)
                .thread(
                        "loader",
                        20,
                        "TIMED_WAITING (sleeping)",
                        "java.lang.Thread.sleep(java.base@17.0.15/Native Method)",
                        ITEM,
                        LOAD,
                        RUN);
        assertEquals(
                .38,
                confidence(Runs.process(dump(0, "main", 90, "com.acme.Shop.hold(Shop.java:30)", MAIN), later)),
                1e-9);
    }

    @Test
    void norDoesATicker() {
        ProcessDiagnosis process = twice("main", 95, "com.acme.Main.main(Main.java:9)");
        assertEquals(Verdict.Status.HUNG, process.verdict().status());
        assertEquals(
                Verdict.Status.HUNG,
                twice("ticker", 95, "com.acme.Ticker.tick(Ticker.java:9)", "com.acme.Ticker.run(Ticker.java:4)", RUN)
                        .verdict()
                        .status());
    }

    @Test
    void withoutCpuTimesNobodyCanTell() {
        ProcessDiagnosis process =
                Runs.process(old(0, "main", ITEM, LOAD, MAIN), old(DumpText.LATER, "main", ITEM, LOAD, MAIN));
        assertEquals(Verdict.Status.INCONCLUSIVE, process.verdict().status());
    }

    @Test
    void mainThatUsesTheProcessorIsAtWork() {
        assertEquals(.38, confidence(twice("main", 160, "com.acme.Loader.main(Loader.java:9)")), 1e-9);
    }

    @Test
    void whoKeepsTheProcessAliveDoesNot() {
        ProcessDiagnosis process = twice("main", 90, "com.acme.Shop.hold(Shop.java:30)", MAIN);
        assertEquals(.65, confidence(process), 1e-9);
        assertEquals(Verdict.Status.HUNG, process.verdict().status());
    }

    @Test
    void norDoesOneThatOnlyLetsTimePass() {
        ProcessDiagnosis process = twice("end", 90, "com.acme.Shop.lambda$main$1(Shop.java:30)", RUN);
        assertEquals(.65, confidence(process), 1e-9);
        assertEquals(Verdict.Status.HUNG, process.verdict().status());
    }

    private static final String MAIN = "com.acme.Shop.main(Shop.java:15)";
    private static final String RUN = "java.lang.Thread.run(java.base@17.0.15/Thread.java:840)";
}
