package dev.whyhung.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whyhung.DumpText;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.diagnose.verdict.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Requests and the threads of their clients, as captured of OkHttp 4.12, RabbitMQ's client 5.25 and core.async 1.6. */
class ClientThreadsTest {

    private static final String PARK = "jdk.internal.misc.Unsafe.park(java.base@17.0.15/Native Method)";
    private static final String RUN =
            "java.util.concurrent.ThreadPoolExecutor.runWorker(java.base@17.0.15/ThreadPoolExecutor.java:1136)";
    private static final String[] JETTY = {
        "org.eclipse.jetty.server.internal.HttpChannelState$HandlerInvoker.run(HttpChannelState.java:740)",
        "org.eclipse.jetty.util.thread.QueuedThreadPool$Runner.run(QueuedThreadPool.java:1149)"
    };

    private static void parked(DumpText dump, String name, String state, String[] bottom, String... top) {
        List<String> lines = new ArrayList<>(List.of(top));
        lines.addAll(List.of(bottom));
        dump.thread(name, state, lines.toArray(new String[0]));
    }

    /** Its threads carry the names of their calls, so that those named alike are at work, however many idle beside them. */
    @Test
    void callsOfOkHttpAreNoPoolThatIsTaken() {
        DumpText dump = DumpText.withOwners(0);
        for (int i = 0; i < 4; i++) {
            dump.readingSocket(
                    "OkHttp http://prices.acme.com/...",
                    "okhttp3.internal.http1.Http1ExchangeCodec.readResponseHeaders(Http1ExchangeCodec.kt:178)",
                    "okhttp3.internal.connection.RealCall$AsyncCall.run(RealCall.kt:517)",
                    RUN);
        }
        for (int i = 1; i <= 12; i++) {
            boolean busy = i <= 4;
            parked(
                    dump,
                    "qtp1538399081-" + (20 + i),
                    busy ? "WAITING (parking)" : "TIMED_WAITING (parking)",
                    busy ? JETTY : new String[] {JETTY[1]},
                    PARK,
                    busy
                            ? "java.util.concurrent.CompletableFuture.get(java.base@17.0.15/CompletableFuture.java:2072)"
                            : "org.eclipse.jetty.util.BlockingArrayQueue.poll(BlockingArrayQueue.java:382)",
                    busy
                            ? "com.acme.Prices.fetch(Prices.java:31)"
                            : "org.eclipse.jetty.util.thread.QueuedThreadPool.idleJobPoll(QueuedThreadPool.java:974)");
        }
        assertEquals(
                false,
                List.of(Verdict.Status.HUNG, Verdict.Status.DEGRADED)
                        .contains(Runs.process(dump).verdict().status()));
    }

    private static DumpText publishing(int second) {
        DumpText dump = DumpText.withOwners(second);
        for (int i = 1; i <= 8; i++) {
            parked(
                    dump,
                    "qtp1538399081-" + (20 + i),
                    "TIMED_WAITING (on object monitor)",
                    JETTY,
                    "java.lang.Object.wait(java.base@17.0.15/Native Method)",
                    "com.rabbitmq.client.impl.ChannelN.waitForConfirms(ChannelN.java:230)",
                    "com.rabbitmq.client.impl.ChannelN.waitForConfirmsOrDie(ChannelN.java:255)",
                    "com.acme.Orders.publish(Orders.java:40)");
        }
        return dump;
    }

    @Test
    void aBrokerThatConfirmsNothingIsToBlame() {
        ProcessDiagnosis process = Runs.process(publishing(0), publishing(DumpText.LATER));
        assertEquals("external-io-stall", Runs.rules(process).get(0));
    }

    private static final String DEREF = "clojure.core$promise$reify__8621.deref(core.clj:7257)";
    private static final String AWAIT =
            "java.util.concurrent.CountDownLatch.await(java.base@17.0.15/CountDownLatch.java:230)";
    private static final String TAKE = "clojure.core.async$fn__6837.invoke(async.clj:127)";

    private static DumpText goBlocks(int second) {
        DumpText dump = DumpText.withOwners(second);
        for (int i = 1; i <= 8; i++) {
            dump.readingSocket(
                    "async-dispatch-" + i,
                    "sun.net.www.protocol.http.HttpURLConnection.getInputStream(java.base@17.0.15/HttpURLConnection.java:1626)",
                    "acme.booking$fare.invoke(booking.clj:7)",
                    "acme.booking$order$fn__9415$state_machine__6695__auto____9420.invoke(booking.clj:12)",
                    "clojure.core.async.impl.ioc_macros$run_state_machine.invoke(ioc_macros.clj:971)",
                    "acme.booking$order$fn__9415.invoke(booking.clj:12)",
                    RUN);
            parked(
                    dump,
                    "qtp1538399081-" + (20 + i),
                    "WAITING (parking)",
                    JETTY,
                    PARK,
                    AWAIT,
                    DEREF,
                    TAKE,
                    "acme.booking$order.invoke(booking.clj:12)");
        }
        return dump;
    }

    @Test
    void whoTakesFromAChannelWaitsForTheGoBlocks() {
        ProcessDiagnosis process = Runs.process(goBlocks(0), goBlocks(DumpText.LATER));
        assertEquals("external-io-stall", Runs.rules(process).get(0));
    }

    @Test
    void loopsThatTakeFromChannelsAreAtRest() {
        DumpText dump = asyncThreads(0, TAKE, "acme.audit$eval9402$fn__9403.invoke(audit.clj:5)");
        assertEquals(Verdict.Status.HEALTHY, Runs.process(dump).verdict().status());
    }

    @Test
    void whoAwaitsAPromiseInAThreadOfItsOwnDoesNot() {
        String[] promise = {"acme.audit$sent.invoke(audit.clj:5)", "acme.audit$eval9402$fn__9403.invoke(audit.clj:9)"};
        ProcessDiagnosis process = Runs.process(asyncThreads(0, promise), asyncThreads(DumpText.LATER, promise));
        assertEquals(8, process.stuck());
    }

    private static DumpText asyncThreads(int second, String... code) {
        DumpText dump = DumpText.withOwners(second);
        for (int i = 1; i <= 8; i++) {
            parked(
                    dump,
                    "async-thread-macro-" + i,
                    "WAITING (parking)",
                    new String[] {RUN},
                    PARK,
                    AWAIT,
                    DEREF,
                    code[0],
                    code[1],
                    "clojure.core.async$thread_call$fn__6968.invoke(async.clj:486)");
        }
        return dump;
    }
}
