package dev.whyhung.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whyhung.DumpText;
import dev.whyhung.FileDumpText;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.verdict.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls in which some threads stay and which others have left, in dumps that tell no CPU times. */
class PassageTest {

    private static final int QUEUED = 40;

    /** All carriers taken by threads that wait on them, and others that have none. */
    private static String starved(String time) {
        FileDumpText dump = new FileDumpText("21.0.5+11", time);
        for (int i = 1; i <= 4; i++) {
            dump.thread("ForkJoinPool-1-worker-" + i, FileDumpText.CARRIER);
        }
        for (int i = 0; i < 4; i++) {
            dump.thread(
                    "pinned-" + i,
                    FileDumpText.PINNED_LOCK,
                    "com.acme.Stock.reserve(Stock.java:40)",
                    FileDumpText.RUN_VIRTUAL);
        }
        for (int i = 0; i < QUEUED; i++) {
            dump.thread("");
        }
        return dump.whole();
    }

    private static String text(int second, String thread) {
        return DumpText.withoutOwners(second)
                .thread(thread, 500 + 100L * second, "RUNNABLE")
                .whole()
                .replace("17.0.15+6", "21.0.5+11");
    }

    /** A thread of the JVM, or of native code, that computes has left no queue for a carrier. */
    @ParameterizedTest
    @CsvSource({"C2 CompilerThread0", "Thread-5"})
    void isNotSeenInThreadsWithoutFrames(String thread) {
        Verdict verdict = Runs.diagnose(Runs.read(
                        starved("2026-03-01T12:00:00Z"),
                        text(1, thread),
                        starved("2026-03-01T12:00:10Z"),
                        text(11, thread)))
                .processes()
                .get(0)
                .verdict();
        assertEquals(Verdict.Status.HUNG, verdict.status(), verdict.headline());
    }

    private static final String[] ASKING = {
        "java.base/sun.nio.ch.SocketDispatcher.read0(Native Method)",
        "java.base/sun.nio.ch.NioSocketImpl.implRead(NioSocketImpl.java:309)",
        "java.base/java.net.Socket$SocketInputStream.read(Socket.java:966)",
        "com.acme.Prices.fetch(Prices.java:41)",
        "com.acme.PriceController.price(PriceController.java:20)",
        "java.base/java.util.concurrent.ThreadPoolExecutor.runWorker(ThreadPoolExecutor.java:1144)",
        FileDumpText.RUN
    };
    private static final String[] WRITING = {
        "java.base/sun.nio.ch.SocketDispatcher.write0(Native Method)",
        "java.base/sun.nio.ch.NioSocketImpl.implWrite(NioSocketImpl.java:413)",
        "java.base/java.net.Socket$SocketOutputStream.write(Socket.java:1035)",
        "com.acme.Answer.send(Answer.java:12)",
        "java.base/java.util.concurrent.ThreadPoolExecutor.runWorker(ThreadPoolExecutor.java:1144)",
        FileDumpText.RUN
    };

    /** @param began how many workers have come and gone before those that are there */
    private static String workers(String time, int began) {
        FileDumpText dump = new FileDumpText("21.0.5+11", time);
        dump.thread("http-nio-8080-exec-0", began == 0 ? ASKING : WRITING).skip(began);
        for (int i = 1; i <= 12; i++) {
            dump.thread("http-nio-8080-exec-" + (began + i), ASKING);
        }
        return dump.whole();
    }

    private static Verdict.Status verdict(String... dumps) {
        return Runs.diagnose(Runs.read(dumps)).processes().get(0).verdict().status();
    }

    @Test
    void weighsLittleWhereOthersGotOn() {
        String last = workers("2026-03-01T12:00:10Z", 100);
        assertEquals(Verdict.Status.DEGRADED, verdict(last));
        assertEquals(Verdict.Status.INCONCLUSIVE, verdict(workers("2026-03-01T12:00:00Z", 0), last));
    }

    /** @param ended how many requests have come and gone before those that are there */
    private static String behindPermits(String time, int ended) {
        FileDumpText dump = new FileDumpText("25.0.3+9", time).skip(ended);
        for (int i = 0; i < 50; i++) {
            dump.parked(
                    "",
                    "java.util.concurrent.Semaphore$NonfairSync@1a",
                    "java.base/java.lang.VirtualThread.park(VirtualThread.java:742)",
                    "java.base/java.util.concurrent.locks.LockSupport.park(LockSupport.java:369)",
                    "java.base/java.util.concurrent.Semaphore.acquire(Semaphore.java:318)",
                    "com.acme.Feed.fetch(Feed.java:8)",
                    "java.base/java.util.concurrent.ThreadPerTaskExecutor$TaskRunner.run(ThreadPerTaskExecutor.java:314)",
                    FileDumpText.RUN_VIRTUAL);
        }
        for (int i = 0; i < 10; i++) {
            dump.thread(
                    "",
                    "java.base/java.lang.VirtualThread.park(VirtualThread.java:742)",
                    "java.base/sun.nio.ch.Poller.poll(Poller.java:139)",
                    "java.base/sun.nio.ch.NioSocketImpl.implRead(NioSocketImpl.java:309)",
                    "java.base/java.net.Socket$SocketInputStream.read(Socket.java:966)",
                    "com.acme.Feed.fetch(Feed.java:9)",
                    "java.base/java.util.concurrent.ThreadPerTaskExecutor$TaskRunner.run(ThreadPerTaskExecutor.java:314)",
                    FileDumpText.RUN_VIRTUAL);
        }
        return dump.whole();
    }

    /** A virtual thread has one task: where it has ended, the task has. */
    @ParameterizedTest
    @CsvSource({"0, HUNG", "500, INCONCLUSIVE"})
    void isSeenWhereVirtualThreadsHaveEnded(int ended, Verdict.Status expected) {
        assertEquals(
                expected,
                verdict(behindPermits("2026-03-01T12:00:00Z", 0), behindPermits("2026-03-01T12:00:10Z", ended)));
    }
}
