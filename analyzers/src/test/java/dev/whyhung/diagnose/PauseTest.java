package dev.whyhung.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whyhung.DumpText;
import dev.whyhung.FileDumpText;
import dev.whyhung.MadeRecording;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.verdict.Verdict;
import dev.whyhung.model.PastWait;
import dev.whyhung.model.ThreadId;
import dev.whyhung.model.ThreadRef;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Waits that end by themselves after a time and may begin anew: seen twice, they need not be the same. */
class PauseTest {

    private static DumpText requests(int second, String... lines) {
        DumpText dump = DumpText.withOwners(second);
        for (int i = 1; i <= 20; i++) {
            dump.thread("http-nio-8080-exec-" + i, "TIMED_WAITING (on object monitor)", lines);
        }
        return dump;
    }

    private static Verdict verdict(DumpText one, DumpText other) {
        return Runs.process(one, other).verdict();
    }

    private static final String[] LONG_POLL = {
        "java.lang.Object.wait(java.base@17.0.15/Native Method)",
        "- waiting on <0x00000000e0000010> (a com.acme.Inbox)",
        "com.acme.Inbox.next(Inbox.java:31)",
        "com.acme.PollController.poll(PollController.java:18)",
        "java.util.concurrent.ThreadPoolExecutor.runWorker(java.base@17.0.15/ThreadPoolExecutor.java:1136)",
        "java.lang.Thread.run(java.base@17.0.15/Thread.java:840)"
    };

    @Test
    void aPoolThatPollsIsTakenAndDoesNotHang() {
        Verdict verdict = verdict(requests(0, LONG_POLL), requests(DumpText.LATER, LONG_POLL));
        assertEquals(Verdict.Status.DEGRADED, verdict.status(), verdict.headline());
    }

    /** The same, and workers that idle. */
    @Test
    void aPoolWithWorkersToSpareIsAtRest() {
        DumpText one = requests(0, LONG_POLL);
        DumpText other = requests(DumpText.LATER, LONG_POLL);
        for (int i = 21; i <= 30; i++) {
            one.idleWorker("http-nio-8080-exec-" + i);
            other.idleWorker("http-nio-8080-exec-" + i);
        }
        Verdict verdict = verdict(one, other);
        assertEquals(Verdict.Status.HEALTHY, verdict.status(), verdict.headline());
    }

    private static DumpText messages(int second) {
        DumpText dump = DumpText.withOwners(second);
        for (int i = 1; i <= 20; i++) {
            dump.parked(
                    "http-nio-8080-exec-" + i,
                    "TIMED_WAITING (parking)",
                    "<0x00000000e00001" + (10 + i) + "> (a java.util.concurrent.CompletableFuture$Signaller)",
                    "java.util.concurrent.CompletableFuture.timedGet(java.base@17.0.15/CompletableFuture.java:1886)",
                    "java.util.concurrent.CompletableFuture.get(java.base@17.0.15/CompletableFuture.java:2021)",
                    "com.acme.ChatController.next(ChatController.java:18)",
                    "java.util.concurrent.ThreadPoolExecutor.runWorker(java.base@17.0.15/ThreadPoolExecutor.java:1136)",
                    "java.lang.Thread.run(java.base@17.0.15/Thread.java:840)");
        }
        return dump;
    }

    @Test
    void norDoesOneThatWaitsForMessagesWithALimit() {
        Verdict verdict = verdict(messages(0), messages(DumpText.LATER));
        assertEquals(Verdict.Status.DEGRADED, verdict.status(), verdict.headline());
    }

    private static String lookups(int second, int first, String cpu) {
        DumpText dump = DumpText.withOwners(second);
        for (int i = 0; i < 8; i++) {
            dump.parked(
                    "http-nio-8080-exec-" + i,
                    "WAITING (parking)",
                    "<0x00000000f3f9b%03d> (a java.util.concurrent.CompletableFuture$Signaller)".formatted(first + i),
                    "java.util.concurrent.CompletableFuture.waitingGet(java.base@17.0.15/CompletableFuture.java:1898)",
                    "java.util.concurrent.CompletableFuture.get(java.base@17.0.15/CompletableFuture.java:2072)",
                    "com.acme.Lookup.find(Lookup.java:18)",
                    "java.util.concurrent.ThreadPoolExecutor.runWorker(java.base@17.0.15/T.java:1136)");
        }
        for (int i = 1; i <= 3; i++) {
            dump.parked(
                    "consumer-" + i,
                    "WAITING (parking)",
                    "<0x00000000aa00000%d> (a java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject)"
                            .formatted(i),
                    "java.util.concurrent.LinkedBlockingQueue.take(java.base@17.0.15/LinkedBlockingQueue.java:435)",
                    "com.acme.Consumer.run(Consumer.java:9)",
                    "java.lang.Thread.run(java.base@17.0.15/Thread.java:840)");
        }
        return dump.whole().replace("cpu=5.00ms", "cpu=" + cpu + "ms");
    }

    private static Verdict.Status statusOfLookups(int first, String cpu) {
        return Runs.diagnose(Runs.read(lookups(0, 100, "5.00"), lookups(DumpText.LATER, first, cpu)))
                .processes()
                .get(0)
                .verdict()
                .status();
    }

    /** A timer answers all of them every few seconds, and each asks again. */
    @Test
    void whoWaitsForTheNextResultHasGoneOn() {
        assertEquals(Verdict.Status.HEALTHY, statusOfLookups(200, "5.02"));
    }

    @Test
    void butNotWhoUsedNothingAtAll() {
        assertEquals(Verdict.Status.HUNG, statusOfLookups(200, "5.00"));
        assertEquals(Verdict.Status.HUNG, statusOfLookups(100, "5.02"));
    }

    private static DumpText polling(int second, long milliseconds, String sleeps) {
        DumpText dump = DumpText.withOwners(second);
        for (int i = 1; i <= 10; i++) {
            dump.thread(
                    "http-nio-8080-exec-" + i,
                    50 + milliseconds,
                    "TIMED_WAITING (sleeping)",
                    "java.lang.Thread.sleep(java.base@17.0.15/Native Method)",
                    sleeps,
                    "com.acme.MailController.fetch(MailController.java:18)",
                    "java.util.concurrent.ThreadPoolExecutor.runWorker(java.base@17.0.15/ThreadPoolExecutor.java:1136)",
                    "java.lang.Thread.run(java.base@17.0.15/Thread.java:840)");
        }
        return dump;
    }

    private static final String MAIL = "com.acme.Mail.await(Mail.java:31)";

    /** They look for something again and again, or serve a few requests: two dumps do not tell which. */
    @Test
    void requestsThatAllSleepAndDoNextToNothingAreARiddle() {
        Verdict verdict = verdict(polling(0, 0, MAIL), polling(DumpText.LATER, 6, MAIL));
        assertEquals(Verdict.Status.INCONCLUSIVE, verdict.status(), verdict.headline());
        assertTrue(verdict.headline().contains("com.acme.Mail.await"), verdict.headline());
    }

    @Test
    void requestsThatSleepBetweenPiecesOfWorkAreNone() {
        Verdict verdict = verdict(polling(0, 0, MAIL), polling(DumpText.LATER, 60, MAIL));
        assertEquals(Verdict.Status.HEALTHY, verdict.status(), verdict.headline());
    }

    @Test
    void norAreThoseThatALimiterSlowsDown() {
        String limiter = "com.google.common.util.concurrent.RateLimiter.acquire(RateLimiter.java:307)";
        Verdict verdict = verdict(polling(0, 0, limiter), polling(DumpText.LATER, 6, limiter));
        assertEquals(Verdict.Status.HEALTHY, verdict.status(), verdict.headline());
    }

    private static DumpText sleeper(int second) {
        return DumpText.withOwners(second)
                .thread(
                        "cleaner",
                        "TIMED_WAITING (sleeping)",
                        "java.lang.Thread.sleep(java.base@17.0.15/Native Method)",
                        "com.acme.Cleaner.pause(Cleaner.java:40)",
                        "com.acme.Cleaner.run(Cleaner.java:20)",
                        "java.lang.Thread.run(java.base@17.0.15/Thread.java:840)")
                .thread("crunch", 50 + 900L * second, "RUNNABLE", "com.acme.Cruncher.crunch(Cruncher.java:11)");
    }

    private static String consumers(String time) {
        FileDumpText dump = new FileDumpText("21.0.5+11", time);
        for (int i = 1; i <= 3; i++) {
            dump.thread(
                    "orders-consumer-" + i,
                    "java.base/sun.nio.ch.EPoll.wait(Native Method)",
                    "java.base/sun.nio.ch.EPollSelectorImpl.doSelect(EPollSelectorImpl.java:121)",
                    "java.base/sun.nio.ch.SelectorImpl.lockAndDoSelect(SelectorImpl.java:130)",
                    "java.base/sun.nio.ch.SelectorImpl.select(SelectorImpl.java:142)",
                    "org.apache.kafka.common.network.Selector.poll(Selector.java:469)",
                    "org.apache.kafka.clients.NetworkClient.poll(NetworkClient.java:595)",
                    "org.apache.kafka.clients.consumer.internals.ConsumerNetworkClient.awaitMetadataUpdate(ConsumerNetworkClient.java:165)",
                    "org.apache.kafka.clients.consumer.internals.AbstractCoordinator.ensureCoordinatorReady(AbstractCoordinator.java:302)",
                    "org.apache.kafka.clients.consumer.KafkaConsumer.poll(KafkaConsumer.java:874)",
                    "com.acme.OrderListener.run(OrderListener.java:30)",
                    FileDumpText.RUN);
        }
        return dump.whole();
    }

    /** It polls for a second, again and again. */
    @Test
    void aConsumerThatFindsNoBrokerDoesNotHang() {
        Verdict verdict = Runs.diagnose(Runs.read(consumers("2026-03-01T12:00:00Z"), consumers("2026-03-01T12:00:10Z")))
                .processes()
                .get(0)
                .verdict();
        assertEquals(Verdict.Status.HEALTHY, verdict.status(), verdict.headline());
    }

    @Test
    void aSleeperBesideWorkIsNoRiddle() {
        Verdict verdict = verdict(sleeper(0), sleeper(DumpText.LATER));
        assertEquals(Verdict.Status.HEALTHY, verdict.status(), verdict.headline());
    }

    private static final String SEMAPHORE = "java.util.concurrent.Semaphore$NonfairSync@37b34b1e";
    private static final String ACQUIRE = "java.base/java.lang.VirtualThread.park(VirtualThread.java:742)\n"
            + "java.base/java.util.concurrent.locks.LockSupport.park(LockSupport.java:221)\n"
            + "java.base/java.util.concurrent.locks.AbstractQueuedSynchronizer.acquire(AbstractQueuedSynchronizer.java:754)\n"
            + "java.base/java.util.concurrent.Semaphore.acquire(Semaphore.java:318)\n"
            + "com.acme.Crawler.fetch(Crawler.java:5)";
    private static final String SLEEP = "java.base/java.lang.VirtualThread.parkNanos(VirtualThread.java:784)\n"
            + "java.base/java.lang.Thread.sleep(Thread.java:540)\n"
            + "com.acme.Crawler.download(Crawler.java:6)\n"
            + "com.acme.Crawler.fetch(Crawler.java:5)";

    /** Two of twenty have a permit. */
    private static String crawlers(String time, int first) {
        FileDumpText dump = new FileDumpText("26.0.2+1", time);
        for (int i = 0; i < 20; i++) {
            if (i == first || i == first + 1) {
                dump.virtual("", "TIMED_WAITING", SLEEP, FileDumpText.RUN_VIRTUAL);
            } else {
                dump.parked("", SEMAPHORE, ACQUIRE, FileDumpText.RUN_VIRTUAL);
            }
        }
        return dump.whole();
    }

    /** On a machine with much else to do a short sleep takes long, and ends all the same. */
    @Test
    void whoHasMovedAndSleepsWillMoveAgain() {
        MadeRecording recording = MadeRecording.of("r.jfr", 0, 40).load(0, 40, .5, 1);
        for (int id = 20; id < 40; id++) {
            ThreadRef crawler = new ThreadRef(ThreadId.ofJava(id), "", true);
            recording.wait(
                    PastWait.Kind.PARK,
                    "java.util.concurrent.Semaphore$NonfairSync",
                    12,
                    27,
                    crawler,
                    MadeRecording.stack("java.util.concurrent.Semaphore.acquire(Semaphore.java:318)"));
        }
        Verdict verdict = Runs.process(
                        List.of(recording), crawlers("2026-03-01T12:00:20Z", 2), crawlers("2026-03-01T12:00:30Z", 8))
                .verdict();
        assertNotEquals(Verdict.Status.HUNG, verdict.status(), verdict::headline);
        assertNotEquals(Verdict.Status.DEGRADED, verdict.status(), verdict::headline);
    }
}
