package dev.whyhung.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whyhung.DumpText;
import dev.whyhung.Runs;
import org.junit.jupiter.api.Test;

/** What happens to a channel is told by the loop of the channel, never by a task in the queue of whoever waits. */
class ChannelFutureTest {

    private static DumpText workers(int second, String... promise) {
        DumpText dump = DumpText.withOwners(second);
        for (int i = 1; i <= 2; i++) {
            String[] stack = new String[promise.length + 6];
            stack[0] = "java.lang.Object.wait(java.base@17.0.15/Native Method)";
            stack[1] = "java.lang.Object.wait(java.base@17.0.15/Object.java:338)";
            System.arraycopy(promise, 0, stack, 2, promise.length);
            stack[promise.length + 2] = "com.acme.net.PeerClient.connect(PeerClient.java:69)";
            stack[promise.length + 3] =
                    "java.util.concurrent.ThreadPoolExecutor.runWorker(java.base@17.0.15/ThreadPoolExecutor.java:1136)";
            stack[promise.length + 4] =
                    "java.util.concurrent.ThreadPoolExecutor$Worker.run(java.base@17.0.15/ThreadPoolExecutor.java:635)";
            stack[promise.length + 5] = "java.lang.Thread.run(java.base@17.0.15/Thread.java:840)";
            dump.thread("discovery-tester-" + i, "WAITING (on object monitor)", stack);
        }
        return dump;
    }

    private static boolean waitsForItself(String... promise) {
        return Runs.rules(Runs.process(workers(0, promise), workers(DumpText.LATER, promise)))
                .contains("pool-self-deadlock");
    }

    @Test
    void isNoTaskOfThePool() {
        assertEquals(
                false,
                waitsForItself(
                        "io.netty.util.concurrent.DefaultPromise.await(DefaultPromise.java:254)",
                        "io.netty.channel.DefaultChannelPromise.await(DefaultChannelPromise.java:129)",
                        "io.netty.util.concurrent.DefaultPromise.sync(DefaultPromise.java:218)",
                        "io.netty.channel.DefaultChannelPromise.sync(DefaultChannelPromise.java:117)"));
    }

    @Test
    void anotherPromiseMayBe() {
        assertEquals(
                true,
                waitsForItself(
                        "io.netty.util.concurrent.DefaultPromise.await(DefaultPromise.java:254)",
                        "io.netty.util.concurrent.DefaultPromise.sync(DefaultPromise.java:218)"));
    }
}
