package dev.whyhung.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whyhung.DumpText;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.diagnose.RankedFinding;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A client's own loop waits for an answer that only the client's loops can read. */
class ClientLoopTest {

    private static DumpText waiting(int second, String thread) {
        return DumpText.withOwners(second)
                .thread(
                        thread,
                        "TIMED_WAITING (parking)",
                        "jdk.internal.misc.Unsafe.park(java.base@17.0.15/Native Method)",
                        "- parking to wait for  <0x00000000f5e6c810> (a java.util.concurrent.CompletableFuture$Signaller)",
                        "java.util.concurrent.locks.LockSupport.parkNanos(java.base@17.0.15/LockSupport.java:252)",
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
}
