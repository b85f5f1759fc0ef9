package dev.whyhung.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.whyhung.DumpText;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.diagnose.verdict.Verdict;
import java.util.stream.Stream;
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

    private static final String[] GROUP = {
        "sun.nio.ch.EPollPort$EventHandlerTask.run(java.base@17.0.15/EPollPort.java:306)",
        "sun.nio.ch.AsynchronousChannelGroupImpl$1.run(java.base@17.0.15/AsynchronousChannelGroupImpl.java:113)",
        "java.util.concurrent.ThreadPoolExecutor.runWorker(java.base@17.0.15/ThreadPoolExecutor.java:1136)",
        "java.lang.Thread.run(java.base@17.0.15/Thread.java:840)"
    };

    private static String[] inGroup(String... top) {
        return Stream.of(top, GROUP).flatMap(Stream::of).toArray(String[]::new);
    }

    private static DumpText handlers(int second) {
        DumpText dump = DumpText.withOwners(second);
        for (int i = 1; i <= 3; i++) {
            dump.thread(
                    "pool-1-thread-" + i,
                    "WAITING (parking)",
                    inGroup(
                            "jdk.internal.misc.Unsafe.park(java.base@17.0.15/Native Method)",
                            "- parking to wait for  <0x00000000fb7d9b3" + i
                                    + "> (a java.util.concurrent.CountDownLatch$Sync)",
                            "java.util.concurrent.locks.LockSupport.park(java.base@17.0.15/LockSupport.java:211)",
                            "java.util.concurrent.CountDownLatch.await(java.base@17.0.15/CountDownLatch.java:230)",
                            "sun.nio.ch.PendingFuture.get(java.base@17.0.15/PendingFuture.java:178)",
                            "com.acme.net.Mirror.serve(Mirror.java:44)"));
        }
        return dump;
    }

    @Test
    void isCompletedByTheThreadsOfItsGroup() {
        ProcessDiagnosis process = Runs.process(handlers(0), handlers(DumpText.LATER));
        assertEquals("thread-pool-exhausted", Runs.rules(process).get(0));
        assertEquals(Verdict.Status.HUNG, process.verdict().status());
    }

    private static DumpText longQuery(int second) {
        DumpText dump = DumpText.withOwners(second)
                .readingSocket(
                        "pool-1-thread-1",
                        inGroup(
                                "org.postgresql.core.PGStream.receiveChar(PGStream.java:465)",
                                "com.acme.net.Orders.load(Orders.java:30)",
                                "com.acme.net.Orders.completed(Orders.java:21)"));
        for (int i = 2; i <= 8; i++) {
            dump.thread(
                    "pool-1-thread-" + i,
                    "WAITING (parking)",
                    inGroup(
                            "jdk.internal.misc.Unsafe.park(java.base@17.0.15/Native Method)",
                            "- parking to wait for  <0x00000000fb7d9c00> (a java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject)",
                            "java.util.concurrent.locks.LockSupport.park(java.base@17.0.15/LockSupport.java:341)",
                            "java.util.concurrent.ArrayBlockingQueue.take(java.base@17.0.15/ArrayBlockingQueue.java:435)"));
        }
        return dump;
    }

    @Test
    void othersOfTheGroupServeAllChannelsWhileOneHandlerWaits() {
        ProcessDiagnosis process = Runs.process(longQuery(0), longQuery(DumpText.LATER));
        assertEquals(Verdict.Status.HEALTHY, process.verdict().status());
        assertFalse(Runs.rules(process).contains("event-loop-blocked"));
    }

    /** Two pools of one thread each, both of which wait until something is written. */
    @Test
    void isNoTaskOfAnotherPoolEither() {
        ProcessDiagnosis process = Runs.process(writers(0), writers(DumpText.LATER));
        assertFalse(
                Runs.rules(process).contains("future-task-stuck"),
                Runs.rules(process).toString());
    }

    private static DumpText writers(int second) {
        DumpText dump = DumpText.withOwners(second);
        for (String name : new String[] {"ReadPool-OrderedExecutor-1-0", "ReadPool-OrderedExecutor-2-0"}) {
            dump.thread(
                    name,
                    "WAITING (on object monitor)",
                    "java.lang.Object.wait(java.base@17.0.15/Native Method)",
                    "- waiting on <0x00000000f0a0" + name.charAt(name.length() - 3)
                            + "008> (a io.netty.channel.DefaultChannelPromise)",
                    "java.lang.Object.wait(java.base@17.0.15/Object.java:338)",
                    "io.netty.util.concurrent.DefaultPromise.await(DefaultPromise.java:254)",
                    "io.netty.channel.DefaultChannelPromise.await(DefaultChannelPromise.java:131)",
                    "com.acme.net.Answer.sendAndWait(Answer.java:100)",
                    "java.util.concurrent.ThreadPoolExecutor.runWorker(java.base@17.0.15/ThreadPoolExecutor.java:1136)",
                    "java.util.concurrent.ThreadPoolExecutor$Worker.run(java.base@17.0.15/ThreadPoolExecutor.java:635)",
                    "java.lang.Thread.run(java.base@17.0.15/Thread.java:840)");
        }
        return dump;
    }
}
