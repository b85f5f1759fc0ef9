package dev.whyhung.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whyhung.DumpText;
import dev.whyhung.Runs;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Handlers of a gRPC server that all wait for one blocking stub. */
class SelfCallStarvationTest {

    private static DumpText handlers(int second, String below) {
        DumpText dump = DumpText.withOwners(second);
        for (int i = 1; i <= 6; i++) {
            dump.thread(
                    "grpc-default-executor-" + i,
                    "WAITING (parking)",
                    "jdk.internal.misc.Unsafe.park(java.base@17.0.15/Native Method)",
                    "- parking to wait for  <0x00000000d520000" + i
                            + "> (a io.grpc.stub.ClientCalls$ThreadlessExecutor)",
                    "java.util.concurrent.locks.LockSupport.park(java.base@17.0.15/LockSupport.java:211)",
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
}
