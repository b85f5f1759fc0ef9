package dev.whyhung.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whyhung.DumpText;
import dev.whyhung.MadeRecording;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.diagnose.rank.RankedFinding;
import dev.whyhung.diagnose.verdict.Verdict;
import dev.whyhung.finding.Finding;
import dev.whyhung.fixtures.Cases;
import dev.whyhung.model.PastWait;
import dev.whyhung.read.Intake;
import dev.whyhung.read.Source;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnansweredTest {

    /** Requests wait until the caches are loaded by a thread that sleeps between two pieces of work. */
    private static Finding starting(MadeRecording recording) {
        DumpText dump = DumpText.withoutOwners(50)
                .thread(
                        "warm-up",
                        "TIMED_WAITING (sleeping)",
                        "java.lang.Thread.sleep(java.base@17.0.15/Native Method)",
                        "com.acme.Warmer.pause(Warmer.java:30)",
                        "com.acme.Warmer.run(Warmer.java:12)");
        for (int i = 1; i <= 12; i++) {
            dump.parked(
                    "request-" + i,
                    "WAITING (parking)",
                    "<0x00000000fa1a6470> (a java.util.concurrent.CountDownLatch$Sync)",
                    "java.util.concurrent.CountDownLatch.await(java.base@17.0.15/CountDownLatch.java:230)",
                    "com.acme.Shop.serve(Shop.java:8)",
                    "com.acme.Shop.run(Shop.java:4)");
        }
        return Runs.finding(Runs.process(recording, dump), "latch-never-counted")
                .finding();
    }

    @Test
    void whoIsSampledBetweenHisSleepsIsAtWork() {
        MadeRecording recording = MadeRecording.of("r.jfr", 0, 50);
        assertEquals(.65, starting(recording).confidence(), 1e-9);
        recording.sampled(30, 120, 0, MadeRecording.thread(1, "warm-up"));
        assertEquals(.38, starting(recording).confidence(), 1e-9);
    }

    /** A price that another one computes, for whom it failed; that one asked again later, and waits like all others, or rests. */
    private static double confidenceAfter(int thread, int... seconds) {
        MadeRecording recording = MadeRecording.of("r.jfr", -60, 50);
        DumpText dump = DumpText.withoutOwners(50).idleWorker("other-1");
        for (int i = 2; i <= 9; i++) {
            dump.parked(
                    "http-nio-8080-exec-" + i,
                    "WAITING (parking)",
                    "<0x00000000fa1a64" + i + "0> (a java.util.concurrent.CompletableFuture$Signaller)",
                    "java.util.concurrent.CompletableFuture$Signaller.block(java.base@17.0.15/CompletableFuture.java:1864)",
                    "java.util.concurrent.ForkJoinPool.unmanagedBlock(java.base@17.0.15/ForkJoinPool.java:3463)",
                    "java.util.concurrent.ForkJoinPool.managedBlock(java.base@17.0.15/ForkJoinPool.java:3434)",
                    "java.util.concurrent.CompletableFuture.waitingGet(java.base@17.0.15/CompletableFuture.java:1898)",
                    "java.util.concurrent.CompletableFuture.get(java.base@17.0.15/CompletableFuture.java:2093)",
                    "com.acme.Prices.get(Prices.java:8)",
                    "com.acme.PriceController.price(PriceController.java:4)");
            recording.wait(
                    PastWait.Kind.PARK,
                    "",
                    -1,
                    i,
                    MadeRecording.thread(i, "http-nio-8080-exec-" + i),
                    MadeRecording.stack(
                            "java.util.concurrent.LinkedBlockingQueue.take(java.base@17.0.15/LinkedBlockingQueue.java:435)"));
        }
        for (int second : seconds) {
            recording.thrown(
                    second,
                    MadeRecording.thread(thread, "http-nio-8080-exec-" + thread),
                    "java.lang.IllegalArgumentException",
                    "no such price",
                    "com.acme.Prices.get(Prices.java:10)",
                    "com.acme.PriceController.price(PriceController.java:4)");
        }
        return Runs.finding(Runs.process(recording, dump), "future-never-completed")
                .finding()
                .confidence();
    }

    @Test
    void theOnlyFailureMayBeOfOneThatWaitsNow() {
        assertEquals(.65, confidenceAfter(2), 1e-9);
        assertEquals(.8, confidenceAfter(2, 1), 1e-9);
        assertEquals(.65, confidenceAfter(2, 1, 2, 3), 1e-9);
    }

    @Test
    void whatFailedBeforeAsWellDidNoHarm() {
        assertEquals(.8, confidenceAfter(1, 0, 1), 1e-9);
        assertEquals(.65, confidenceAfter(1, -50, 0, 1), 1e-9);
    }

    @Test
    void aRecordedFailureSaysWhyTheLatchIsNotCountedDown() {
        Path file = Cases.directory().resolve("recording-latch-never-counted/25/recording.jfr");
        Intake.Result read = Intake.read(List.of(Source.file("r.jfr", file, true)));
        RankedFinding finding = Runs.finding(Runs.diagnose(read).processes().get(0), "latch-never-counted");
        assertEquals(.8, finding.score().confidence(), 1e-9);
        assertTrue(finding.finding().evidence().stream()
                .anyMatch(exhibit -> exhibit.text().contains("IllegalStateException: no such table")));
    }

    /** A box for one claim: those who put in and the one who takes out wait on it, and another, who has put in, for its claim. */
    private static DumpText box(int second) {
        String box = "- waiting on <0x00000000fea05638> (a com.acme.Box)";
        String wait = "java.lang.Object.wait(java.base@17.0.15/Native Method)";
        String put = "com.acme.Box.put(Box.java:8)";
        String file = "com.acme.ClaimController.file(ClaimController.java:1";
        DumpText dump = DumpText.withOwners(second)
                .thread(
                        "adjuster",
                        "WAITING (on object monitor)",
                        wait,
                        box,
                        "com.acme.Box.take(Box.java:14)",
                        "com.acme.Adjuster.run(Adjuster.java:6)")
                .thread(
                        "http-nio-8080-exec-9",
                        "WAITING (on object monitor)",
                        wait,
                        "- waiting on <0x00000000ff0017a8> (a com.acme.Claim)",
                        file + "2)");
        for (int i = 1; i <= 8; i++) {
            dump.thread("http-nio-8080-exec-" + i, "WAITING (on object monitor)", wait, box, put, file + "1)");
        }
        return dump;
    }

    @Test
    void whoeverIsStuckBesidePuttersAndTakersDoesNotSignalThem() {
        RankedFinding first =
                Runs.process(box(0), box(DumpText.LATER)).findings().get(0);
        assertEquals("lost-wakeup", first.finding().rule().id());
        assertEquals(.7, first.finding().confidence(), 1e-9);
    }

    private static void slices(DumpText dump) {
        for (int i = 1; i <= 4; i++) {
            dump.parked(
                    "slice-" + i,
                    "WAITING (parking)",
                    CONDITION,
                    "java.util.concurrent.CyclicBarrier.dowait(java.base@17.0.15/CyclicBarrier.java:252)",
                    "java.util.concurrent.CyclicBarrier.await(java.base@17.0.15/CyclicBarrier.java:364)",
                    "com.acme.GridSlice.run(GridSlice.java:44)",
                    "java.lang.Thread.run(java.base@17.0.15/Thread.java:840)");
        }
        dump.thread(
                "main",
                "WAITING (on object monitor)",
                "java.lang.Object.wait(java.base@17.0.15/Native Method)",
                "- waiting on <0x00000000fbe16118> (a java.lang.Thread)",
                "java.lang.Thread.join(java.base@17.0.15/Thread.java:1304)",
                "com.acme.Simulation.main(Simulation.java:12)");
    }

    private static final String CONDITION =
            "<0x00000000fbe15ed0> (a java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject)";

    @Test
    void partiesOfABarrierWaitForEverWhereNobodyElseLives() {
        ProcessDiagnosis process = Runs.twice(UnansweredTest::slices);
        assertEquals("barrier-broken-or-short", Runs.rules(process).get(0));
        assertEquals(Verdict.Status.HUNG, process.verdict().status());
    }

    @Test
    void aTeamRestsAtItsBarrierUntilItsLeaderHasWork() {
        ProcessDiagnosis process = Runs.twice(dump -> {
            slices(dump);
            dump.parked(
                    "leader",
                    "WAITING (parking)",
                    CONDITION.replace("5ed0", "5ed8"),
                    "java.util.concurrent.LinkedBlockingQueue.take(java.base@17.0.15/LinkedBlockingQueue.java:435)",
                    "com.acme.Leader.run(Leader.java:21)",
                    "java.lang.Thread.run(java.base@17.0.15/Thread.java:840)");
        });
        assertEquals(Verdict.Status.HEALTHY, process.verdict().status());
    }

    /** Parties that a pool or a method of another class started are missed, but for a leader in the code that meets. */
    @Test
    void orIsLedByOneInTheSameCode() {
        ProcessDiagnosis process = Runs.twice(dump -> {
            for (int i = 1; i <= 4; i++) {
                dump.parked(
                        "shader-" + i,
                        "WAITING (parking)",
                        CONDITION,
                        "java.util.concurrent.CyclicBarrier.dowait(java.base@17.0.15/CyclicBarrier.java:252)",
                        "java.util.concurrent.CyclicBarrier.await(java.base@17.0.15/CyclicBarrier.java:364)",
                        "com.acme.Team.work(Team.java:44)",
                        "com.acme.Node.lambda$main$0(Node.java:12)",
                        "java.lang.Thread.run(java.base@17.0.15/Thread.java:840)");
            }
            dump.parked(
                    "leader",
                    "WAITING (parking)",
                    CONDITION.replace("5ed0", "5ed8"),
                    "java.util.concurrent.LinkedBlockingQueue.take(java.base@17.0.15/LinkedBlockingQueue.java:435)",
                    "com.acme.Team.lead(Team.java:21)",
                    "java.lang.Thread.run(java.base@17.0.15/Thread.java:840)");
        });
        assertTrue(Runs.finding(process, "barrier-broken-or-short").score().confidence() < .4);
    }

    @Test
    void andSoLongAsSomebodySleepsWhoMayCome() {
        ProcessDiagnosis process = Runs.twice(dump -> {
            slices(dump);
            dump.thread(
                    "clock",
                    "TIMED_WAITING (sleeping)",
                    "java.lang.Thread.sleep(java.base@17.0.15/Native Method)",
                    "com.acme.Clock.run(Clock.java:9)");
        });
        assertEquals(Verdict.Status.HEALTHY, process.verdict().status());
    }
}
