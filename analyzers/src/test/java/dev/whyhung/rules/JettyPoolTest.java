package dev.whyhung.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whyhung.DumpText;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.ProcessDiagnosis;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Jetty's workers take their turn at the selector: the one that is there now is no worker that could take a request. */
class JettyPoolTest {

    private static DumpText server(int second, int callers, int idle) {
        DumpText dump = DumpText.withOwners(second)
                .thread(
                        "qtp1725165248-20",
                        "RUNNABLE",
                        "sun.nio.ch.EPoll.wait(java.base@17.0.15/Native Method)",
                        "sun.nio.ch.EPollSelectorImpl.doSelect(java.base@17.0.15/EPollSelectorImpl.java:118)",
                        "sun.nio.ch.SelectorImpl.select(java.base@17.0.15/SelectorImpl.java:146)",
                        "org.eclipse.jetty.io.ManagedSelector.nioSelect(ManagedSelector.java:181)",
                        "org.eclipse.jetty.io.ManagedSelector.select(ManagedSelector.java:188)",
                        "org.eclipse.jetty.io.ManagedSelector$SelectorProducer.produce(ManagedSelector.java:542)",
                        "org.eclipse.jetty.util.thread.QueuedThreadPool$Runner.run(QueuedThreadPool.java:1149)");
        for (int i = 0; i < callers; i++) {
            dump.readingSocket(
                    "qtp1725165248-" + (30 + i),
                    "sun.net.www.http.HttpClient.parseHTTP(java.base@17.0.15/HttpClient.java:761)",
                    "sun.net.www.protocol.http.HttpURLConnection.getInputStream(java.base@17.0.15/HttpURLConnection.java:1626)",
                    "com.acme.Prices.fetch(Prices.java:31)",
                    "org.eclipse.jetty.server.HttpChannel.handle(HttpChannel.java:487)",
                    "org.eclipse.jetty.util.thread.QueuedThreadPool$Runner.run(QueuedThreadPool.java:1149)");
        }
        for (int i = 0; i < idle; i++) {
            dump.thread(
                    "qtp1725165248-" + (60 + i),
                    "TIMED_WAITING (parking)",
                    "jdk.internal.misc.Unsafe.park(java.base@17.0.15/Native Method)",
                    "org.eclipse.jetty.util.BlockingArrayQueue.poll(BlockingArrayQueue.java:382)",
                    "org.eclipse.jetty.util.thread.QueuedThreadPool.idleJobPoll(QueuedThreadPool.java:974)",
                    "org.eclipse.jetty.util.thread.QueuedThreadPool$Runner.run(QueuedThreadPool.java:1149)");
        }
        return dump;
    }

    private static List<String> everything(int callers, int idle) {
        ProcessDiagnosis process = Runs.process(server(0, callers, idle), server(DumpText.LATER, callers, idle));
        return Runs.rules(process);
    }

    /** As Jetty 12 does. */
    private static DumpText withReserve(DumpText dump) {
        return dump.thread(
                "qtp1725165248-90",
                "TIMED_WAITING (parking)",
                "jdk.internal.misc.Unsafe.park(java.base@17.0.15/Native Method)",
                "java.util.concurrent.locks.LockSupport.parkNanos(java.base@17.0.15/LockSupport.java:252)",
                "java.util.concurrent.Semaphore.tryAcquire(java.base@17.0.15/Semaphore.java:415)",
                "org.eclipse.jetty.util.thread.ReservedThreadExecutor$ReservedThread.waitForTask(ReservedThreadExecutor.java:351)",
                "org.eclipse.jetty.util.thread.ReservedThreadExecutor$ReservedThread.run(ReservedThreadExecutor.java:290)",
                "org.eclipse.jetty.util.thread.QueuedThreadPool$Runner.run(QueuedThreadPool.java:1149)");
    }

    @Test
    void isTakenThoughOneIsKeptInReserve() {
        List<String> rules =
                Runs.rules(Runs.process(withReserve(server(0, 10, 0)), withReserve(server(DumpText.LATER, 10, 0))));
        assertTrue(rules.contains("self-call-starvation"), rules.toString());
        assertTrue(rules.contains("thread-pool-exhausted"), rules.toString());
    }

    @Test
    void isTakenThoughOneWorkerSelects() {
        assertTrue(everything(10, 0).contains("self-call-starvation"));
    }

    @Test
    void isNotTakenWhileOneIsIdle() {
        assertEquals(false, everything(10, 1).contains("self-call-starvation"));
    }
}
