package dev.whyhung.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whyhung.DumpText;
import dev.whyhung.MadeRecording;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.RankedFinding;
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
            dump.thread(
                    "request-" + i,
                    "WAITING (parking)",
                    "jdk.internal.misc.Unsafe.park(java.base@17.0.15/Native Method)",
                    "- parking to wait for  <0x00000000fa1a6470> (a java.util.concurrent.CountDownLatch$Sync)",
                    "java.util.concurrent.locks.LockSupport.park(java.base@17.0.15/LockSupport.java:211)",
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
            dump.thread(
                    "http-nio-8080-exec-" + i,
                    "WAITING (parking)",
                    "jdk.internal.misc.Unsafe.park(java.base@17.0.15/Native Method)",
                    "- parking to wait for  <0x00000000fa1a64" + i
                            + "0> (a java.util.concurrent.CompletableFuture$Signaller)",
                    "java.util.concurrent.locks.LockSupport.park(java.base@17.0.15/LockSupport.java:211)",
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
}
