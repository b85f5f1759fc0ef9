package dev.whyhung.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whyhung.FileDumpText;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.verdict.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that stand at the same call in two dumps without CPU times: what they wait for tells whether it is one wait or many. */
class SameWaitTest {

    private static String dump(String time, String hashes) {
        FileDumpText dump = new FileDumpText("25.0.3+9", time);
        for (int i = 0; i < 20; i++) {
            dump.parked(
                    "http-nio-8080-exec-" + i,
                    "java.util.concurrent.CompletableFuture$Signaller@" + hashes + i,
                    "java.base/jdk.internal.misc.Unsafe.park(Native Method)",
                    "java.base/java.util.concurrent.locks.LockSupport.park(LockSupport.java:369)",
                    "java.base/java.util.concurrent.CompletableFuture$Signaller.block(CompletableFuture.java:1942)",
                    "java.base/java.util.concurrent.CompletableFuture.waitingGet(CompletableFuture.java:1977)",
                    "java.base/java.util.concurrent.CompletableFuture.get(CompletableFuture.java:2104)",
                    "com.acme.OrderController.order(OrderController.java:31)",
                    "java.base/java.util.concurrent.ThreadPoolExecutor.runWorker(ThreadPoolExecutor.java:1095)",
                    FileDumpText.RUN);
        }
        return dump.whole();
    }

    @ParameterizedTest
    @CsvSource({"1a, 1a, HUNG", "1a, 2b, HEALTHY"})
    void isOfTheSameObject(String first, String second, Verdict.Status expected) {
        assertVerdict(expected, dump("2026-03-01T12:00:00Z", first), dump("2026-03-01T12:00:10Z", second));
    }

    /** Each call reads by a stream of its own, on which the thread holds the monitor. */
    private static String readers(String time, String hashes) {
        FileDumpText dump = new FileDumpText("25.0.3+9", time);
        for (int i = 0; i < 20; i++) {
            dump.holding(
                    "http-nio-8080-exec-" + i,
                    5,
                    "java.io.BufferedInputStream@" + hashes + i,
                    "java.base/sun.nio.ch.Net.poll(Native Method)",
                    "java.base/sun.nio.ch.NioSocketImpl.park(NioSocketImpl.java:191)",
                    "java.base/sun.nio.ch.NioSocketImpl.implRead(NioSocketImpl.java:309)",
                    "java.base/java.net.Socket$SocketInputStream.implRead(Socket.java:963)",
                    "java.base/java.io.BufferedInputStream.fill(BufferedInputStream.java:291)",
                    "java.base/java.io.BufferedInputStream.read(BufferedInputStream.java:347)",
                    "java.base/sun.net.www.http.HttpClient.parseHTTP(HttpClient.java:850)",
                    "java.base/sun.net.www.protocol.http.HttpURLConnection.getResponseCode(HttpURLConnection.java:1550)",
                    "com.acme.StockClient.ask(StockClient.java:40)",
                    "java.base/java.util.concurrent.ThreadPoolExecutor.runWorker(ThreadPoolExecutor.java:1095)",
                    FileDumpText.RUN);
        }
        return dump.whole();
    }

    @ParameterizedTest
    @CsvSource({"1a, 1a, HUNG", "1a, 2b, HEALTHY"})
    void isWhileHoldingTheSameMonitor(String first, String second, Verdict.Status expected) {
        assertVerdict(expected, readers("2026-03-01T12:00:00Z", first), readers("2026-03-01T12:00:10Z", second));
    }

    /** All that JDK 21 tells of clients that ask a server again and again. */
    private static String clients(String time) {
        FileDumpText dump = new FileDumpText("21.0.5+11", time);
        for (int i = 0; i < 8; i++) {
            dump.thread(
                    "client-" + i,
                    "java.base/jdk.internal.misc.Unsafe.park(Native Method)",
                    "java.base/java.util.concurrent.locks.LockSupport.park(LockSupport.java:221)",
                    "java.base/java.util.concurrent.CompletableFuture$Signaller.block(CompletableFuture.java:1864)",
                    "java.base/java.util.concurrent.CompletableFuture.waitingGet(CompletableFuture.java:1898)",
                    "java.base/java.util.concurrent.CompletableFuture.get(CompletableFuture.java:2072)",
                    "java.net.http/jdk.internal.net.http.HttpClientImpl.send(HttpClientImpl.java:950)",
                    "com.acme.StockClient.ask(StockClient.java:40)",
                    "java.base/java.util.concurrent.ThreadPoolExecutor.runWorker(ThreadPoolExecutor.java:1144)",
                    FileDumpText.RUN);
        }
        return dump.whole();
    }

    @Test
    void isNotKnownFromFramesAlone() {
        Verdict verdict = verdict(clients("2026-03-01T12:00:00Z"), clients("2026-03-01T12:00:10Z"));
        assertEquals(Verdict.Status.INCONCLUSIVE, verdict.status(), verdict.headline());
    }

    private static String virtualReaders(String time, String run) {
        FileDumpText dump = new FileDumpText("21.0.5+11", time);
        for (int i = 0; i < 20; i++) {
            dump.thread(
                    "worker-" + i,
                    "java.base/java.lang.VirtualThread.park(VirtualThread.java:596)",
                    "java.base/sun.nio.ch.Poller.poll(Poller.java:139)",
                    "java.base/sun.nio.ch.NioSocketImpl.implRead(NioSocketImpl.java:309)",
                    "java.base/java.net.Socket$SocketInputStream.read(Socket.java:966)",
                    "java.base/sun.net.www.http.HttpClient.parseHTTP(HttpClient.java:850)",
                    "com.acme.StockClient.ask(StockClient.java:40)",
                    run,
                    FileDumpText.RUN_VIRTUAL);
        }
        return dump.whole();
    }

    /** Those that a pool keeps come back to the same call all day; others have one task each. */
    @ParameterizedTest
    @CsvSource({
        "java.base/java.util.concurrent.ThreadPoolExecutor.runWorker(ThreadPoolExecutor.java:1144), false",
        "java.base/java.util.concurrent.ThreadPerTaskExecutor$TaskRunner.run(ThreadPerTaskExecutor.java:314), true"
    })
    void isOneWhereVirtualThreadsHaveOneTask(String run, boolean hung) {
        Verdict verdict =
                verdict(virtualReaders("2026-03-01T12:00:00Z", run), virtualReaders("2026-03-01T12:00:10Z", run));
        assertEquals(hung, verdict.status() == Verdict.Status.HUNG, verdict.headline());
    }

    private static Verdict verdict(String... dumps) {
        return Runs.diagnose(Runs.read(dumps)).processes().get(0).verdict();
    }

    private static void assertVerdict(Verdict.Status expected, String one, String other) {
        Verdict verdict = verdict(one, other);
        assertEquals(expected, verdict.status(), verdict.headline());
    }
}
