package dev.whyhung.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whyhung.DumpText;
import dev.whyhung.MadeRecording;
import dev.whyhung.Runs;
import dev.whyhung.model.PastWait;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Workers of a server that all wait for an answer of the same protocol. */
class SelfCallStarvationTest {

    /** Handlers of a gRPC server that all wait for one blocking stub. */
    private static DumpText handlers(int second, String below) {
        DumpText dump = DumpText.withOwners(second);
        for (int i = 1; i <= 6; i++) {
            dump.parked(
                    "grpc-default-executor-" + i,
                    "WAITING (parking)",
                    "<0x00000000d520000" + i + "> (a io.grpc.stub.ClientCalls$ThreadlessExecutor)",
                    "io.grpc.stub.ClientCalls$ThreadlessExecutor.waitAndDrain(ClientCalls.java:789)",
                    "io.grpc.stub.ClientCalls.blockingUnaryCall(ClientCalls.java:165)",
                    "com.acme.PriceGrpc$PriceBlockingStub.of(PriceGrpc.java:210)",
                    "com.acme.Orders.place(Orders.java:52)",
                    below,
                    "io.grpc.internal.SerializingExecutor.run(SerializingExecutor.java:133)",
                    "java.util.concurrent.ThreadPoolExecutor.runWorker(java.base@17.0.15/ThreadPoolExecutor.java:1136)",
                    "java.lang.Thread.run(java.base@17.0.15/Thread.java:840)");
        }
        return dump;
    }

    @ParameterizedTest
    @CsvSource({
        "io.grpc.stub.ServerCalls$UnaryServerCallHandler$UnaryServerCallListener.onHalfClose(ServerCalls.java:182), true",
        "org.eclipse.jetty.server.HttpChannel.handle(HttpChannel.java:487), false"
    })
    void isSuspectedOfTheSameProtocolOnly(String below, boolean expected) {
        var process = Runs.process(handlers(0, below), handlers(DumpText.LATER, below));
        assertEquals(expected, Runs.rules(process).contains("self-call-starvation"));
        assertEquals("external-io-stall", Runs.rules(process).get(0));
    }

    private static final String READ = "java.net.Socket$SocketInputStream.read(java.base@17.0.15/Socket.java:966)";
    private static final String PARSE =
            "sun.net.www.http.HttpClient.parseHTTPHeader(java.base@17.0.15/HttpClient.java:826)";
    private static final String GET = "com.acme.Shop.get(Shop.java:31)";

    /** Answers came from this port of this machine, before. */
    @ParameterizedTest
    @CsvSource({
        "-Xmx1g -Dserver.port=8085, self-call-starvation",
        "-Dport=8085, self-call-starvation",
        "-Dbackend.port=8085, external-io-stall",
        "-Dserver.port=80855, external-io-stall"
    })
    void isKnownByThePortThatTheServerWasGiven(String arguments, String expected) {
        MadeRecording recording = MadeRecording.of("r.jfr", -40, 59).arguments(arguments);
        DumpText dump = DumpText.withOwners(55);
        for (int i = 1; i <= 4; i++) {
            String name = "barista-" + i;
            recording.wait(
                    PastWait.Kind.SOCKET_READ,
                    "localhost:8085",
                    10,
                    10.1,
                    MadeRecording.thread(i, name),
                    MadeRecording.stack(READ, PARSE, GET));
            dump.readingSocket(
                    name,
                    PARSE,
                    GET,
                    "com.sun.net.httpserver.Filter$Chain.doFilter(jdk.httpserver@17.0.15/Filter.java:95)",
                    "sun.net.httpserver.ServerImpl$Exchange.run(jdk.httpserver@17.0.15/ServerImpl.java:831)",
                    "java.util.concurrent.ThreadPoolExecutor.runWorker(java.base@17.0.15/ThreadPoolExecutor.java:1136)",
                    "java.util.concurrent.ThreadPoolExecutor$Worker.run(java.base@17.0.15/ThreadPoolExecutor.java:635)",
                    "java.lang.Thread.run(java.base@17.0.15/Thread.java:840)");
        }
        assertEquals(
                expected, Runs.rules(Runs.process(List.of(recording), dump)).get(0));
    }
}
