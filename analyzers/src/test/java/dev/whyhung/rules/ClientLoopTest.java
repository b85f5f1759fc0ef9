package dev.whyhung.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whyhung.DumpText;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.diagnose.rank.RankedFinding;
import dev.whyhung.diagnose.verdict.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Loops that wait for answers which only they can read, and loops that are at work. */
class ClientLoopTest {

    private static DumpText waiting(int second, String thread) {
        return DumpText.withOwners(second)
                .parked(
                        thread,
                        "TIMED_WAITING (parking)",
                        "<0x00000000f5e6c810> (a java.util.concurrent.CompletableFuture$Signaller)",
                        "java.util.concurrent.CompletableFuture.timedGet(java.base@17.0.15/CompletableFuture.java:1886)",
                        "java.util.concurrent.CompletableFuture.get(java.base@17.0.15/CompletableFuture.java:2021)",
                        "io.lettuce.core.protocol.AsyncCommand.await(AsyncCommand.java:81)",
                        "io.lettuce.core.internal.Futures.awaitOrCancel(Futures.java:244)",
                        "com.acme.cache.SessionCache.onMessage(SessionCache.java:55)",
                        "io.netty.channel.epoll.EpollEventLoop.run(EpollEventLoop.java:384)",
                        "io.netty.util.concurrent.SingleThreadEventExecutor$4.run(SingleThreadEventExecutor.java:989)",
                        "java.lang.Thread.run(java.base@17.0.15/Thread.java:840)");
    }

    private static ProcessDiagnosis diagnose(String thread) {
        return Runs.process(waiting(0, thread), waiting(DumpText.LATER, thread));
    }

    @Test
    void keepsItselfWaiting() {
        ProcessDiagnosis process = diagnose("lettuce-epollEventLoop-6-1");
        RankedFinding first = process.findings().get(0);
        assertEquals("event-loop-blocked", first.finding().rule().id());
        assertEquals("self-wait", first.finding().kind());
        assertTrue(
                first.finding().headline().contains("this client has to read"),
                first.finding().headline());
        List<String> rules = Runs.rules(process);
        assertEquals(false, rules.contains("external-io-stall"), rules.toString());
    }

    /** Redis may be the one that is slow. */
    @Test
    void anotherLoopIsKeptWaitingByTheOtherSide() {
        ProcessDiagnosis process = diagnose("reactor-http-epoll-1");
        assertTrue(Runs.rules(process).contains("external-io-stall"));
        assertEquals("across-io", process.findings().get(0).finding().kind());
    }

    private static DumpText writing(int second) {
        DumpText dump = DumpText.withOwners(second).asJava8();
        for (int i = 1; i <= 4; i++) {
            dump.thread(
                    "nioEventLoopGroup-3-" + i,
                    "RUNNABLE",
                    "sun.nio.ch.FileDispatcherImpl.writev0(Native Method)",
                    "sun.nio.ch.SocketDispatcher.writev(SocketDispatcher.java:51)",
                    "sun.nio.ch.IOUtil.write(IOUtil.java:148)",
                    "sun.nio.ch.SocketChannelImpl.write(SocketChannelImpl.java:504)",
                    "io.netty.channel.socket.nio.NioSocketChannel.doWrite(NioSocketChannel.java:420)",
                    "io.netty.channel.nio.NioEventLoop.run(NioEventLoop.java:566)",
                    "io.netty.util.concurrent.SingleThreadEventExecutor$4.run(SingleThreadEventExecutor.java:997)",
                    "java.lang.Thread.run(Thread.java:750)");
        }
        return dump;
    }

    /** Two dumps without CPU times find busy loops in the same call; it writes what there is room for, and comes back. */
    @Test
    void loopsThatWriteAreAtWork() {
        ProcessDiagnosis process = Runs.process(writing(0), writing(DumpText.LATER));
        assertEquals(Verdict.Status.HEALTHY, process.verdict().status());
    }

    private static final String[] LOOP = {
        "io.netty.channel.epoll.EpollEventLoop.run(EpollEventLoop.java:384)",
        "io.netty.util.concurrent.SingleThreadEventExecutor$4.run(SingleThreadEventExecutor.java:989)",
        "java.lang.Thread.run(java.base@17.0.15/Thread.java:840)"
    };

    /** No scheduler is starved, for the others of the group go on; but the connections of this one stand still. */
    @Test
    void oneOfSeveralWaitsForAPublisher() {
        ProcessDiagnosis process = Runs.twice(dump -> {
            dump.awaitingLatch(
                    "reactor-http-epoll-1",
                    "reactor.core.publisher.BlockingSingleSubscriber.blockingGet(BlockingSingleSubscriber.java:87)",
                    "reactor.core.publisher.Mono.block(Mono.java:1704)",
                    "com.acme.Details.lookup(Details.java:30)",
                    LOOP[0],
                    LOOP[1],
                    LOOP[2]);
            for (int i = 2; i <= 4; i++) {
                dump.thread(
                        "reactor-http-epoll-" + i,
                        "RUNNABLE",
                        "io.netty.channel.epoll.Native.epollWait(Native Method)",
                        "io.netty.channel.epoll.EpollEventLoop.epollWait(EpollEventLoop.java:290)",
                        LOOP[0],
                        LOOP[1],
                        LOOP[2]);
            }
        });
        assertEquals("event-loop-blocked", Runs.rules(process).get(0));
        assertEquals(Verdict.Status.HUNG, process.verdict().status());
    }
}
