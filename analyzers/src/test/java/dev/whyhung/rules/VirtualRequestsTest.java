package dev.whyhung.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.whyhung.FileDumpText;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.diagnose.verdict.Verdict;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A service with a virtual thread for each request, in dumps by file: what its requests wait for, and who owes it. */
class VirtualRequestsTest {

    private static final String JDK_21 = "21.0.12.1+1";
    private static final String JDK_25 = "25.0.3+9-LTS";
    private static final String PARK = "java.base/java.lang.VirtualThread.park(VirtualThread.java:582)\n"
            + "java.base/java.util.concurrent.locks.LockSupport.park(LockSupport.java:371)\n";
    private static final String AWAIT_FUTURE =
            "java.base/java.util.concurrent.CompletableFuture$Signaller.block(CompletableFuture.java:1864)\n"
                    + "java.base/java.util.concurrent.CompletableFuture.waitingGet(CompletableFuture.java:1898)\n"
                    + "java.base/java.util.concurrent.CompletableFuture.join(CompletableFuture.java:2117)\n";
    private static final String STAGE =
            "java.base/java.util.concurrent.CompletableFuture$AsyncSupply.run(CompletableFuture.java:1768)\n"
                    + "java.base/java.util.concurrent.ThreadPoolExecutor.runWorker(ThreadPoolExecutor.java:1144)\n"
                    + "java.base/java.util.concurrent.ThreadPoolExecutor$Worker.run(ThreadPoolExecutor.java:642)";
    private static final String READ = "java.base/sun.nio.ch.Poller.poll(Poller.java:87)\n"
            + "java.base/sun.nio.ch.NioSocketImpl.park(NioSocketImpl.java:175)\n"
            + "java.base/sun.nio.ch.NioSocketImpl.implRead(NioSocketImpl.java:309)\n"
            + "java.base/java.net.Socket$SocketInputStream.read(Socket.java:1099)\n";
    private static final String AWAIT_LATCH =
            "java.base/java.util.concurrent.CountDownLatch.await(CountDownLatch.java:230)\n";
    private static final String PUT =
            "java.base/java.util.concurrent.ArrayBlockingQueue.put(ArrayBlockingQueue.java:370)\n"
                    + "com.acme.Feed.ingest(Feed.java:17)";
    private static final String SLEEP = "java.base/java.lang.VirtualThread.parkNanos(VirtualThread.java:631)\n"
            + "java.base/java.lang.VirtualThread.sleepNanos(VirtualThread.java:803)\n"
            + "java.base/java.lang.Thread.sleep(Thread.java:507)\n";

    private static ProcessDiagnosis once(String version, Consumer<FileDumpText> threads) {
        return process(dump(version, "2026-03-02T10:15:00Z", threads));
    }

    private static ProcessDiagnosis twice(String version, Consumer<FileDumpText> threads) {
        return process(dump(version, "2026-03-02T10:15:00Z", threads), dump(version, "2026-03-02T10:15:10Z", threads));
    }

    private static String dump(String version, String time, Consumer<FileDumpText> threads) {
        FileDumpText dump = new FileDumpText(version, time);
        threads.accept(dump);
        return dump.whole();
    }

    private static ProcessDiagnosis process(String... dumps) {
        return Runs.diagnose(Runs.read(dumps)).processes().get(0);
    }

    private static void requests(FileDumpText dump, int count, String... frames) {
        for (int i = 0; i < count; i++) {
            dump.thread(
                    "http-" + i,
                    PARK + String.join("\n", frames),
                    "com.acme.QuoteHandler.handle(QuoteHandler.java:14)",
                    FileDumpText.RUN_VIRTUAL);
        }
    }

    private static void pricing(FileDumpText dump, String top) {
        dump.container("java.util.concurrent.ThreadPoolExecutor@70dea4e");
        for (int i = 1; i <= 8; i++) {
            dump.thread(
                    "pricing-" + i,
                    top,
                    "com.acme.PriceEngine.lambda$price$1(PriceEngine.java:20)",
                    STAGE,
                    FileDumpText.RUN);
        }
    }

    @Test
    void awaitResultsOfAPoolThatWaitsForItself() {
        ProcessDiagnosis process = twice(JDK_21, dump -> {
            requests(dump, 30, AWAIT_FUTURE + "com.acme.QuoteService.best(QuoteService.java:16)");
            pricing(dump, "java.base/jdk.internal.misc.Unsafe.park(Native Method)\n" + AWAIT_FUTURE);
        });
        assertEquals("pool-self-deadlock", Runs.rules(process).get(0));
        assertEquals(30, process.findings().get(0).victims().size());
    }

    @Test
    void awaitResultsOfAPoolThatAsksASilentPeer() {
        Consumer<FileDumpText> asking = dump -> {
            requests(dump, 30, AWAIT_FUTURE + "com.acme.QuoteService.best(QuoteService.java:16)");
            pricing(dump, "java.base/sun.nio.ch.Net.poll(Native Method)\n" + READ);
        };
        assertEquals("external-io-stall", Runs.rules(twice(JDK_21, asking)).get(0));
        assertEquals(Verdict.Status.INCONCLUSIVE, once(JDK_21, asking).verdict().status());
    }

    /** Which asks for one page after the other, and is always seen to wait for one. */
    @Test
    void awaitALoaderThatMayGetOn() {
        ProcessDiagnosis process = twice(JDK_21, dump -> {
            requests(dump, 30, AWAIT_LATCH + "com.acme.Gate.awaitReady(Gate.java:9)");
            dump.thread(
                    "catalogue-loader",
                    PARK + READ + "com.acme.Gate.page(Gate.java:13)\ncom.acme.Gate.load(Gate.java:11)",
                    FileDumpText.RUN_VIRTUAL);
        });
        assertEquals(Verdict.Status.INCONCLUSIVE, process.verdict().status());
    }

    @Test
    void awaitPartsThatMayBeUnderWay() {
        Consumer<FileDumpText> waiting = dump -> requests(dump, 13, AWAIT_LATCH + "com.acme.Job.run(Job.java:24)");
        assertEquals("latch-never-counted", Runs.rules(once(JDK_25, waiting)).get(0));
        ProcessDiagnosis process = once(
                JDK_25,
                waiting.andThen(
                        dump -> dump.thread("", SLEEP + "com.acme.Part.run(Part.java:27)", FileDumpText.RUN_VIRTUAL)));
        assertEquals(Verdict.Status.INCONCLUSIVE, process.verdict().status());
    }

    @Test
    void aCrowdBeforeAFullQueueIsTheQueuesVictim() {
        ProcessDiagnosis process = twice(JDK_21, dump -> requests(dump, 150, PUT));
        assertEquals("queue-full-producer-blocked", Runs.rules(process).get(0));
    }

    /** Or sleeps there between two of them. */
    @Test
    void areNotCalledHealthyBehindALockWhoseOwnerSleeps() {
        String lock = "java.util.concurrent.locks.ReentrantLock$NonfairSync@1a";
        ProcessDiagnosis process = twice(JDK_25, dump -> {
            for (int i = 0; i < 30; i++) {
                dump.parked(
                        "http-" + i,
                        lock,
                        FileDumpText.LOCK,
                        "com.acme.Ledger.reserve(Ledger.java:9)",
                        FileDumpText.RUN_VIRTUAL);
            }
            dump.virtual(
                    "http-30",
                    "TIMED_WAITING",
                    SLEEP + "com.acme.Ledger.retry(Ledger.java:20)\ncom.acme.Ledger.reserve(Ledger.java:11)",
                    FileDumpText.RUN_VIRTUAL);
        });
        assertEquals("lock-held-across-blocking-call", Runs.rules(process).get(0));
        assertEquals(Verdict.Status.INCONCLUSIVE, process.verdict().status());
    }

    private static void locking(FileDumpText dump, String... lines) {
        for (int i = 0; i < 20; i++) {
            dump.thread(
                    "http-" + i,
                    FileDumpText.LOCK,
                    "com.acme.Accounts.both(Accounts.java:" + lines[i % lines.length] + ")",
                    FileDumpText.RUN_VIRTUAL);
        }
    }

    /** JDK 21 prints no locks: that each has one of them and waits for the next tells the line. */
    @Test
    void waitForSecondLocksOfOneAnother() {
        ProcessDiagnosis process = twice(JDK_21, dump -> locking(dump, "19", "22", "19", "19"));
        assertEquals("deadlock-monitor-or-lock", Runs.rules(process).get(0));
        assertEquals(5, process.findings().get(0).finding().culprits().size());
        assertEquals(15, process.findings().get(0).victims().size());
        assertFalse(Runs.rules(process).contains("orphaned-lock-dead-owner"));
    }

    @Test
    void waitForOneLockThatWasLeftLocked() {
        ProcessDiagnosis process = twice(JDK_21, dump -> locking(dump, "19"));
        assertEquals("orphaned-lock-dead-owner", Runs.rules(process).get(0));
    }

    @Test
    void waitForWhoIsAtWorkInTheSameMethod() {
        ProcessDiagnosis process = twice(JDK_21, dump -> {
            locking(dump, "19", "22", "19", "19");
            dump.thread(
                    "http-20",
                    SLEEP + "com.acme.Accounts.step(Accounts.java:30)\ncom.acme.Accounts.both(Accounts.java:24)",
                    FileDumpText.RUN_VIRTUAL);
        });
        assertNotEquals("deadlock-monitor-or-lock", Runs.rules(process).get(0));
    }
}
