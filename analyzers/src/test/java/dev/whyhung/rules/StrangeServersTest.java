package dev.whyhung.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whyhung.DumpText;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.diagnose.rank.Severity;
import dev.whyhung.diagnose.verdict.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Ways of servers, as captured, that mislead: what looks like trouble and is none, or is another. */
class StrangeServersTest {

    private static final String WORKER =
            "java.util.concurrent.ThreadPoolExecutor.runWorker(java.base@17.0.15/ThreadPoolExecutor.java:1136)";

    private static String semaphore(int number) {
        return "<0x00000000e00000" + (10 + number) + "> (a java.util.concurrent.Semaphore$NonfairSync)";
    }

    /** Xodus 2.0: each thread of its own waits at a semaphore of its own for jobs, with or without a limit. */
    @Test
    void semaphoresThatCountJobsMakeNoCircle() {
        ProcessDiagnosis process = Runs.twice(dump -> {
            for (int i = 1; i <= 5; i++) {
                dump.parked(
                        List.of("spawner", "timer", "cleaner", "monitor", "writer")
                                .get(i - 1),
                        i < 3 ? "TIMED_WAITING (parking)" : "WAITING (parking)",
                        semaphore(i),
                        "java.util.concurrent.Semaphore.acquire(Semaphore.java:318)",
                        "com.acme.Jobs.waitForJobs(Jobs.java:" + (i < 3 ? 244 : 237) + ")",
                        "com.acme.Jobs.doJobs(Jobs.java:149)",
                        "com.acme.Processor.run(Processor.java:110)",
                        "java.lang.Thread.run(Thread.java:829)");
            }
        });
        assertEquals(
                Verdict.Status.HEALTHY,
                process.verdict().status(),
                process.verdict().headline());
    }

    /** TomEE 9.1: a method that only adds an argument for the one that acquires. */
    @Test
    void anOverloadHasNotAcquiredYet() {
        ProcessDiagnosis process = Runs.twice(dump -> {
            for (int i = 1; i <= 8; i++) {
                dump.parked(
                        "http-nio-8080-exec-" + i,
                        "WAITING (parking)",
                        semaphore(1),
                        "java.util.concurrent.Semaphore.acquire(Semaphore.java:318)",
                        "com.acme.Pool.pop(Pool.java:247)",
                        "com.acme.Pool.pop(Pool.java:228)",
                        "com.acme.Container.invoke(Container.java:204)",
                        WORKER);
            }
        });
        assertFalse(Runs.rules(process).contains("lock-self-deadlock-nonreentrant"), Runs.rules(process)::toString);
    }

    /** HAPI 2.5: the tasks are run by another pool, which has workers left. */
    @Test
    void requestsAwaitTasksThatOthersRun() {
        ProcessDiagnosis process = Runs.twice(dump -> {
            dump.idleWorker("hl7-worker-1");
            for (int i = 1; i <= 6; i++) {
                dump.parked(
                        "http-nio-8080-exec-" + i,
                        "WAITING (parking)",
                        "<0x00000000d000000" + i + "> (a java.util.concurrent.FutureTask)",
                        "java.util.concurrent.FutureTask.awaitDone(FutureTask.java:447)",
                        "java.util.concurrent.FutureTask.get(FutureTask.java:190)",
                        "com.acme.Orders.ask(Orders.java:3)",
                        WORKER);
                dump.parked(
                        "hl7-worker-" + (i + 1),
                        "TIMED_WAITING (parking)",
                        "<0x00000000c000000" + i + "> (a java.util.concurrent.CountDownLatch$Sync)",
                        "java.util.concurrent.CountDownLatch.await(CountDownLatch.java:278)",
                        "org.strange.Answers.poll(Answers.java:103)",
                        "java.util.concurrent.FutureTask.run(FutureTask.java:264)",
                        WORKER);
            }
        });
        assertFalse(Runs.rules(process).contains("pool-self-deadlock"), Runs.rules(process)::toString);
    }

    private static DumpText requests(int idle) {
        DumpText dump = DumpText.withOwners(0);
        for (int i = 1; i <= 10; i++) {
            dump.readingSocket("http-nio-8080-exec-" + i, "com.acme.Prices.ask(Prices.java:15)", WORKER);
        }
        for (int i = 1; i <= idle; i++) {
            dump.idleWorker("http-nio-8080-exec-" + (10 + i));
        }
        return dump;
    }

    @Test
    void oneDumpOfABusyPoolWithWorkersLeftIsNoStall() {
        assertTrue(Runs.finding(Runs.process(requests(0)), "external-io-stall")
                .severity()
                .atLeast(Severity.MEDIUM));
        ProcessDiagnosis process = Runs.process(requests(2));
        assertEquals(Severity.LOW, Runs.finding(process, "external-io-stall").severity());
        assertEquals(Verdict.Status.INCONCLUSIVE, process.verdict().status());
    }

    /** The server of JDK 11 under load: another thread wakes the selector, and holds its lock for a moment. */
    @Test
    void aLoopMayWaitItsTurnAtItsSelector() {
        String monitor = "<0x00000000f3cdda70> (a java.lang.Object)";
        DumpText dump = DumpText.withOwners(0)
                .blockedOn(
                        "HTTP-Dispatcher",
                        monitor,
                        "sun.nio.ch.EPollSelectorImpl.clearInterrupt(EPollSelectorImpl.java:265)",
                        "sun.nio.ch.EPollSelectorImpl.doSelect(EPollSelectorImpl.java:137)",
                        "sun.net.httpserver.ServerImpl$Dispatcher.run(ServerImpl.java:470)")
                .thread(
                        "rest-1",
                        "RUNNABLE",
                        "sun.nio.ch.EventFD.set0(Native Method)",
                        "sun.nio.ch.EPollSelectorImpl.wakeup(EPollSelectorImpl.java:254)",
                        "- locked " + monitor,
                        "sun.net.httpserver.ServerImpl.addEvent(ServerImpl.java:262)",
                        WORKER);
        assertFalse(Runs.rules(Runs.process(dump)).contains("event-loop-blocked"));
    }

    /** Jetty 9.4: of a pool that is taken, one thread stays in reserve for the selector. */
    @Test
    void aReservedThreadIsNoWorkerLeft() {
        ProcessDiagnosis process = Runs.twice(dump -> {
            reserved(dump);
            for (int i = 1; i <= 9; i++) {
                dump.thread(
                        "qtp24606376-2" + i,
                        "TIMED_WAITING (on object monitor)",
                        "java.lang.Object.wait(Native Method)",
                        "- waiting on <0x00000000f3a0a0e8> (a org.strange.Things)",
                        "org.strange.Things.await(Things.java:411)",
                        "com.acme.Orders.ask(Orders.java:3)",
                        "org.eclipse.jetty.server.HttpChannel.handle(HttpChannel.java:487)",
                        "org.eclipse.jetty.util.thread.QueuedThreadPool$Runner.run(QueuedThreadPool.java:1034)");
            }
        });
        assertFalse(
                process.verdict().status() == Verdict.Status.HEALTHY,
                process.verdict().headline());
    }

    @Test
    void aReservedThreadMakesOneDumpNoCalmer() {
        DumpText dump = DumpText.withOwners(0);
        reserved(dump);
        for (int i = 1; i <= 9; i++) {
            dump.readingSocket(
                    "qtp24606376-2" + i,
                    "com.acme.Prices.ask(Prices.java:15)",
                    "org.eclipse.jetty.server.HttpChannel.handle(HttpChannel.java:487)",
                    "org.eclipse.jetty.util.thread.QueuedThreadPool$Runner.run(QueuedThreadPool.java:1034)");
        }
        assertTrue(
                Runs.finding(Runs.process(dump), "external-io-stall").severity().atLeast(Severity.MEDIUM));
    }

    private static void reserved(DumpText dump) {
        dump.parked(
                "qtp24606376-17",
                "TIMED_WAITING (parking)",
                "<0x00000000f0000001> (a java.util.concurrent.SynchronousQueue$TransferStack)",
                "java.util.concurrent.SynchronousQueue.poll(SynchronousQueue.java:937)",
                "org.eclipse.jetty.util.thread.ReservedThreadExecutor$ReservedThread.reservedWait(R.java:324)",
                "org.eclipse.jetty.util.thread.QueuedThreadPool$Runner.run(QueuedThreadPool.java:1034)");
    }

    /** RocketMQ 5.3: eight consumers among three hundred threads, and none that gets on. */
    @Test
    void consumersThatAllWaitForAnswersMatterInALargeProcess() {
        ProcessDiagnosis process = Runs.twice(dump -> {
            for (int i = 1; i <= 8; i++) {
                dump.readingSocket(
                        "ConsumeMessageThread_books_" + i,
                        "com.acme.Prices.ask(Prices.java:9)",
                        "org.apache.rocketmq.client.impl.consumer.ConsumeMessageConcurrentlyService$ConsumeRequest"
                                + ".run(C.java:411)",
                        WORKER);
            }
            for (int i = 1; i <= 200; i++) {
                dump.idleWorker("broker-" + i);
            }
        });
        assertEquals(Severity.MEDIUM, Runs.finding(process, "external-io-stall").severity());
    }

    private static DumpText underLoad(int second, boolean atLock) {
        DumpText dump = DumpText.withOwners(second);
        String lock = "<0x00000000f3ae7b60> (a java.util.concurrent.locks.ReentrantReadWriteLock$NonfairSync)";
        for (int i = 1; i <= 2; i++) {
            if (atLock) {
                dump.parkedOnLock("XNIO-1 task-" + i, lock, "com.acme.Store.put(Store.java:3)", WORKER);
            } else {
                dump.idleWorker("XNIO-1 task-" + i);
            }
        }
        for (int i = 3; i <= 30; i++) {
            dump.idleWorker("XNIO-1 task-" + i);
        }
        return dump;
    }

    /** MapDB 3.1 under load: whoever has the lock lets it go while the dump is taken. */
    @Test
    void twoThatHaveJustComeToALockLeaveNoDoubt() {
        assertEquals(
                Verdict.Status.HEALTHY,
                Runs.process(underLoad(0, false), underLoad(DumpText.LATER, true))
                        .verdict()
                        .status());
    }
}
