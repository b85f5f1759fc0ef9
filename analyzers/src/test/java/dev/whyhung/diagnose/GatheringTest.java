package dev.whyhung.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whyhung.DumpText;
import dev.whyhung.Runs;
import org.junit.jupiter.api.Test;

/** Event loops that computed in their first request, and wait in it now. */
class GatheringTest {

    private static final String[] HANDLER = {
        "com.acme.Prices.handle(Prices.java:44)",
        "reactor.netty.http.server.HttpServer$HttpServerHandle.onStateChange(HttpServer.java:1168)",
        "io.netty.channel.nio.NioEventLoop.run(NioEventLoop.java:569)",
        "java.lang.Thread.run(java.base@17.0.15/Thread.java:840)"
    };

    private static String[] above(String... top) {
        String[] stack = new String[top.length + HANDLER.length];
        System.arraycopy(top, 0, stack, 0, top.length);
        System.arraycopy(HANDLER, 0, stack, top.length, HANDLER.length);
        return stack;
    }

    private static DumpText loading() {
        DumpText dump = DumpText.withOwners(0);
        for (int i = 1; i <= 2; i++) {
            dump.thread(
                    "reactor-http-nio-" + i,
                    20,
                    "RUNNABLE",
                    above("java.lang.ClassLoader.defineClass1(java.base@17.0.15/Native Method)"));
        }
        return dump;
    }

    private static DumpText waiting() {
        DumpText dump = DumpText.withOwners(DumpText.LATER);
        for (int i = 1; i <= 2; i++) {
            dump.thread(
                    "reactor-http-nio-" + i,
                    400,
                    "WAITING (parking)",
                    above(
                            "jdk.internal.misc.Unsafe.park(java.base@17.0.15/Native Method)",
                            "- parking to wait for  <0x00000000eae0022" + i
                                    + "> (a java.util.concurrent.CompletableFuture$Signaller)",
                            "java.util.concurrent.CompletableFuture.waitingGet(java.base@17.0.15/CompletableFuture.java:1898)",
                            "java.util.concurrent.CompletableFuture.get(java.base@17.0.15/CompletableFuture.java:2072)"));
        }
        return dump;
    }

    @Test
    void loopsThatHaveComeToAWaitAreSeenOnce() {
        assertEquals(
                "event-loop-blocked",
                Runs.rules(Runs.process(loading(), waiting())).get(0));
    }
}
