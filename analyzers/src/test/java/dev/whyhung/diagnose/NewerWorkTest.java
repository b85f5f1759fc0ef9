package dev.whyhung.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.whyhung.DumpText;
import dev.whyhung.FileDumpText;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.verdict.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Virtual threads that stand at the same call in two dumps, while the tasks that they wait for are other threads than before. */
class NewerWorkTest {

    private static final int REQUESTS = 20;

    private static FileDumpText awaitingResults(String time) {
        FileDumpText dump = new FileDumpText("21.0.5+11", time);
        for (int i = 0; i < REQUESTS; i++) {
            dump.thread(
                    "request-" + i,
                    "java.base/java.lang.VirtualThread.park(VirtualThread.java:596)",
                    "java.base/java.util.concurrent.locks.LockSupport.park(LockSupport.java:221)",
                    "java.base/java.util.concurrent.FutureTask.awaitDone(FutureTask.java:500)",
                    "java.base/java.util.concurrent.FutureTask.get(FutureTask.java:190)",
                    "com.acme.Offer.of(Offer.java:21)",
                    FileDumpText.RUN_VIRTUAL);
        }
        return dump;
    }

    /** @param begun how many tasks have come and gone */
    private static String fanOut(String time, int begun) {
        FileDumpText dump = awaitingResults(time);
        dump.skip(begun);
        for (int i = 0; i < REQUESTS; i++) {
            dump.thread(
                    "",
                    "java.base/java.lang.VirtualThread.park(VirtualThread.java:596)",
                    "java.base/sun.nio.ch.Poller.poll(Poller.java:139)",
                    "java.base/sun.nio.ch.NioSocketImpl.park(NioSocketImpl.java:174)",
                    "java.base/sun.nio.ch.NioSocketImpl.implRead(NioSocketImpl.java:309)",
                    "java.base/java.net.Socket$SocketInputStream.read(Socket.java:1099)",
                    "com.acme.Offer.price(Offer.java:30)",
                    "java.base/java.util.concurrent.FutureTask.run(FutureTask.java:317)",
                    FileDumpText.RUN_VIRTUAL);
        }
        return dump.whole();
    }

    private static String text(int second) {
        return ofThatJvm(DumpText.withoutOwners(second));
    }

    @ParameterizedTest
    @CsvSource({"0, HUNG", "500, INCONCLUSIVE"})
    void tellsThatTheyWaitAnew(int begun, Verdict.Status expected) {
        assertVerdict(expected, fanOut("2026-03-01T12:00:00Z", 0), fanOut("2026-03-01T12:00:10Z", begun));
    }

    /** What lies between the two does not show virtual threads. */
    @ParameterizedTest
    @CsvSource({"0, HUNG", "500, INCONCLUSIVE"})
    void alsoBesideTextDumps(int begun, Verdict.Status expected) {
        String one = fanOut("2026-03-01T12:00:00Z", 0);
        String other = fanOut("2026-03-01T12:00:10Z", begun);
        assertVerdict(expected, one, text(5), other, text(11));
    }

    /** @param executors that had ended when the dump came to them */
    private static String ended(String time, int executors) {
        FileDumpText dump = awaitingResults(time);
        for (int i = 0; i < executors; i++) {
            dump.container("java.util.concurrent.ThreadPerTaskExecutor@1a" + i);
        }
        return dump.whole();
    }

    /** The dump walks from the waiters to the executors. */
    @ParameterizedTest
    @CsvSource({"1, HUNG", "20, HEALTHY"})
    void doesNotMissTasksThatEndedOnTheWay(int executors, Verdict.Status expected) {
        assertVerdict(expected, ended("2026-03-01T12:00:00Z", executors), ended("2026-03-01T12:00:10Z", executors));
    }

    /** Callers without end behind a few workers, all of them always in the same two calls. */
    private static String loops(String time) {
        FileDumpText dump = awaitingResults(time);
        for (int i = 1; i <= 4; i++) {
            dump.thread(
                    "pool-2-thread-" + i,
                    "java.base/sun.nio.ch.Net.poll(Native Method)",
                    "java.base/sun.nio.ch.NioSocketImpl.park(NioSocketImpl.java:191)",
                    "java.base/sun.nio.ch.NioSocketImpl.implRead(NioSocketImpl.java:309)",
                    "java.base/java.net.Socket$SocketInputStream.read(Socket.java:1099)",
                    "com.acme.Offer.price(Offer.java:30)",
                    "java.base/java.util.concurrent.FutureTask.run(FutureTask.java:317)",
                    "java.base/java.util.concurrent.ThreadPoolExecutor.runWorker(ThreadPoolExecutor.java:1144)",
                    FileDumpText.RUN);
        }
        return dump.whole();
    }

    /** Who waits is stuck no longer than who works for it. */
    @Test
    void alsoWhenTheWorkersMayHaveComeBack() {
        Verdict verdict = verdict(loops("2026-03-01T12:00:00Z"), loops("2026-03-01T12:00:10Z"));
        assertNotEquals(Verdict.Status.HUNG, verdict.status(), verdict.headline());
    }

    private static String ofThatJvm(DumpText dump) {
        return dump.whole().replace("17.0.15+6", "21.0.5+11");
    }

    private static Verdict verdict(String... dumps) {
        List<ProcessDiagnosis> processes = Runs.diagnose(Runs.read(dumps)).processes();
        assertEquals(1, processes.size());
        return processes.get(0).verdict();
    }

    private static void assertVerdict(Verdict.Status expected, String... dumps) {
        Verdict verdict = verdict(dumps);
        assertEquals(expected, verdict.status(), verdict.headline());
    }

    private static String logging(String time, String consuming) {
        FileDumpText dump = new FileDumpText("25.0.3+9", time);
        for (int i = 1; i <= 8; i++) {
            dump.parked(
                    "http-nio-8080-exec-" + i,
                    "java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject@1a",
                    "java.base/jdk.internal.misc.Unsafe.park(Native Method)",
                    "java.base/java.util.concurrent.locks.LockSupport.park(LockSupport.java:369)",
                    "java.base/java.util.concurrent.ArrayBlockingQueue.put(ArrayBlockingQueue.java:366)",
                    "ch.qos.logback.core.AsyncAppenderBase.putUninterruptibly(AsyncAppenderBase.java:151)",
                    "ch.qos.logback.core.AsyncAppenderBase.append(AsyncAppenderBase.java:144)",
                    "com.acme.Orders.place(Orders.java:31)",
                    "java.base/java.util.concurrent.ThreadPoolExecutor.runWorker(ThreadPoolExecutor.java:1095)",
                    FileDumpText.RUN);
        }
        return dump.parked(
                        "AsyncAppender-Worker-ASYNC",
                        "java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject@2b",
                        "java.base/jdk.internal.misc.Unsafe.park(Native Method)",
                        "java.base/java.util.concurrent.locks.LockSupport.park(LockSupport.java:369)",
                        consuming,
                        "ch.qos.logback.core.AsyncAppenderBase$Worker.run(AsyncAppenderBase.java:289)",
                        FileDumpText.RUN)
                .whole();
    }

    /** A queue that is full and empty at a time is on its way from one to the other. */
    @Test
    void aQueueWhoseConsumerFindsNothingIsNotFullForLong() {
        String taking = "java.base/java.util.concurrent.ArrayBlockingQueue.take(ArrayBlockingQueue.java:420)";
        assertVerdict(
                Verdict.Status.HEALTHY,
                logging("2026-03-01T12:00:00Z", taking),
                logging("2026-03-01T12:00:10Z", taking));
        String writing = "java.base/java.io.FileOutputStream.writeBytes(Native Method)";
        assertVerdict(
                Verdict.Status.HUNG,
                logging("2026-03-01T12:00:00Z", writing),
                logging("2026-03-01T12:00:10Z", writing));
    }
}
