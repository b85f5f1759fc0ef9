package dev.whyhung.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whyhung.DumpText;
import dev.whyhung.FileDumpText;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.rank.Severity;
import dev.whyhung.diagnose.verdict.Verdict;
import dev.whyhung.diagnose.view.ThreadRow;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The ranking model on situations with known scores. */
class WorkedExamplesTest {

    private static final String LOCK = "<0x00000000e0000001> (a java.util.concurrent.locks.ReentrantLock$NonfairSync)";
    private static final String MONITOR = "<0x00000000e0000002> (a com.acme.Prices)";
    private static final String PLACE = "com.acme.OrderBook.place(OrderBook.java:41)";
    private static final String RUN = "java.lang.Thread.run(java.base@17.0.15/Thread.java:840)";

    private static void assertScore(double expected, ProcessDiagnosis process, String rule) {
        assertEquals(expected, Runs.finding(process, rule).score().value(), .05, rule);
    }

    private static ProcessDiagnosis twice(UnaryOperator<DumpText> situation) {
        return Runs.process(
                situation.apply(DumpText.withOwners(0)), situation.apply(DumpText.withOwners(DumpText.LATER)));
    }

    private static DumpText ownerless(DumpText dump) {
        for (int i = 1; i <= 200; i++) {
            dump.parkedOnLock("http-nio-8080-exec-" + i, LOCK, PLACE, RUN);
        }
        return dump;
    }

    @Test
    void w1OwnerlessLockInTwoDumps() {
        ProcessDiagnosis process = twice(WorkedExamplesTest::ownerless);
        assertScore(82.0, process, "orphaned-lock-dead-owner");
        assertScore(16.2, process, "thread-pool-exhausted");
        assertEquals(
                "orphaned-lock-dead-owner-1",
                Runs.finding(process, "thread-pool-exhausted").foldedUnder());
        assertEquals(Verdict.Status.HUNG, process.verdict().status());
        assertEquals(200, process.findings().get(0).victims().size());
    }

    @Test
    void w1bOwnerlessLockInOneDumpWithoutOwners() {
        ProcessDiagnosis process = Runs.process(ownerless(DumpText.withoutOwners(0)));
        assertScore(36.0, process, "orphaned-lock-dead-owner");
        assertScore(32.4, process, "thread-pool-exhausted");
        assertEquals("suspect", process.findings().get(0).phrase());
        assertTrue(Runs.rules(process).contains("no-lock-owners"));
        assertTrue(Runs.rules(process).contains("single-dump"));
    }

    @Test
    void w2MonitorHeldAcrossSocketRead() {
        ProcessDiagnosis process = twice(dump -> {
            dump.readingSocket("refresher", "com.acme.Prices.fetch(Prices.java:9)", "- locked " + MONITOR, RUN);
            for (int i = 0; i < 9; i++) {
                dump.blockedOn("client-" + i, MONITOR, "com.acme.Prices.get(Prices.java:20)", RUN);
            }
            return dump;
        });
        assertScore(97.0, process, "lock-held-across-blocking-call");
        assertScore(8.5, process, "external-io-stall");
        assertEquals("across-io", process.findings().get(0).finding().kind());
        assertEquals(9, process.findings().get(0).victims().size());
    }

    @Test
    void w3aPoolOfConnectionsToASilentDatabase() {
        ProcessDiagnosis process = twice(dump -> {
            for (int i = 1; i <= 200; i++) {
                String name = "http-nio-8080-exec-" + i;
                if (i <= 10) {
                    dump.readingSocketTimed(
                            name, "org.postgresql.core.PGStream.receiveChar(PGStream.java:1)", PLACE, RUN);
                } else {
                    borrowing(dump, name);
                }
            }
            return dump;
        });
        assertScore(80.0, process, "external-io-stall");
        assertScore(18.0, process, "connection-pool-exhausted");
        assertScore(9.0, process, "thread-pool-exhausted");
        assertEquals("external-io-stall", Runs.rules(process).get(0));
    }

    @Test
    void w3bPoolOfWhichNobodyHasAConnection() {
        ProcessDiagnosis process = twice(dump -> {
            for (int i = 1; i <= 200; i++) {
                borrowing(dump, "http-nio-8080-exec-" + i);
            }
            return dump;
        });
        assertScore(78.0, process, "connection-leak");
        assertScore(19.8, process, "connection-pool-exhausted");
        assertEquals("connection-leak", Runs.rules(process).get(0));
    }

    @Test
    void w3cHoldersOfConnectionsBehindWhoWaitsForOne() {
        ProcessDiagnosis process = twice(dump -> {
            for (int i = 1; i <= 10; i++) {
                dump.blockedOn(
                        "http-nio-8080-exec-" + i,
                        MONITOR,
                        "com.acme.Prices.get(Prices.java:20)",
                        "org.springframework.transaction.interceptor.TransactionInterceptor.invoke(TransactionInterceptor.java:119)",
                        PLACE,
                        RUN);
            }
            borrowing(dump, "http-nio-8080-exec-11", "com.acme.Prices.store(Prices.java:31)", "- locked " + MONITOR);
            return dump;
        });
        assertScore(85.0, process, "resource-lock-cycle");
        assertScore(14.6, process, "lock-held-across-blocking-call");
        assertEquals("resource-lock-cycle", Runs.rules(process).get(0));
        assertEquals(
                "http-nio-8080-exec-11",
                process.findings().get(0).finding().culprits().get(0).thread());
    }

    private static void borrowing(DumpText dump, String name, String... below) {
        List<String> lines = new ArrayList<>(List.of(
                "jdk.internal.misc.Unsafe.park(java.base@17.0.15/Native Method)",
                "- parking to wait for  <0x00000000e0000009> (a java.util.concurrent.SynchronousQueue$TransferQueue)",
                "java.util.concurrent.locks.LockSupport.parkNanos(java.base@17.0.15/LockSupport.java:252)",
                "java.util.concurrent.SynchronousQueue.poll(java.base@17.0.15/SynchronousQueue.java:903)",
                "com.zaxxer.hikari.util.ConcurrentBag.borrow(ConcurrentBag.java:151)",
                "com.zaxxer.hikari.pool.HikariPool.getConnection(HikariPool.java:163)",
                "com.zaxxer.hikari.HikariDataSource.getConnection(HikariDataSource.java:99)"));
        lines.addAll(List.of(below));
        lines.add(PLACE);
        lines.add(RUN);
        dump.thread(name, "TIMED_WAITING (parking)", lines.toArray(new String[0]));
    }

    @Test
    void w5ClassInitDeadlockBesideSlowDatabase() {
        ProcessDiagnosis process = twice(dump -> {
            initializing(dump, "init-A", "com.acme.A.<clinit>(A.java:3)", "com.acme.B");
            initializing(dump, "init-B", "com.acme.B.<clinit>(B.java:3)", "com.acme.A");
            for (int i = 0; i < 50; i++) {
                initializing(dump, "victim-" + i, "com.acme.Use.a(Use.java:5)", "com.acme.A");
            }
            for (int i = 0; i < 8; i++) {
                dump.readingSocketTimed(
                        "db-" + i, "org.postgresql.core.PGStream.receiveChar(PGStream.java:1)", PLACE, RUN);
            }
            return dump;
        });
        assertScore(84.1, process, "deadlock-class-init");
        assertScore(10.7, process, "external-io-stall");
    }

    private static void initializing(DumpText dump, String name, String frame, String awaited) {
        dump.thread(name, "RUNNABLE", frame, "- waiting on the Class initialization monitor for " + awaited, RUN);
    }

    @Test
    void w6BackgroundDeadlockBesideAnOutage() {
        ProcessDiagnosis process = twice(dump -> {
            String one = "<0x00000000e0000011> (a java.lang.Object)";
            String two = "<0x00000000e0000012> (a java.lang.Object)";
            dump.blockedOn("cleaner-A", one, "com.acme.Clean.a(Clean.java:1)", "- locked " + two, RUN);
            dump.blockedOn("cleaner-B", two, "com.acme.Clean.b(Clean.java:2)", "- locked " + one, RUN);
            for (int i = 1; i <= 180; i++) {
                dump.readingSocketTimed(
                        "http-nio-8080-exec-" + i,
                        "org.postgresql.core.PGStream.receiveChar(PGStream.java:1)",
                        PLACE,
                        RUN);
            }
            return dump;
        });
        assertEquals("external-io-stall", Runs.rules(process).get(0));
        assertScore(79.1, process, "external-io-stall");
        assertScore(25.0, process, "deadlock-monitor-or-lock");
        assertEquals(
                Severity.HIGH, Runs.finding(process, "deadlock-monitor-or-lock").severity());
        assertNull(Runs.finding(process, "deadlock-monitor-or-lock").foldedUnder());
    }

    @Test
    void w7StandardOutputIsFull() {
        ProcessDiagnosis process = twice(dump -> {
            dump.thread(
                    "AsyncAppender-Worker-ASYNC",
                    "RUNNABLE",
                    "java.io.FileOutputStream.writeBytes(java.base@17.0.15/Native Method)",
                    "java.io.FileOutputStream.write(java.base@17.0.15/FileOutputStream.java:349)",
                    "ch.qos.logback.core.OutputStreamAppender.writeBytes(OutputStreamAppender.java:189)",
                    "ch.qos.logback.core.AsyncAppenderBase$Worker.run(AsyncAppenderBase.java:289)");
            for (int i = 1; i <= 120; i++) {
                dump.parked(
                        "http-nio-8080-exec-" + i,
                        "WAITING (parking)",
                        "<0x00000000e0000007> (a"
                                + " java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject)",
                        "java.util.concurrent.ArrayBlockingQueue.put(java.base@17.0.15/ArrayBlockingQueue.java:370)",
                        "ch.qos.logback.core.AsyncAppenderBase.put(AsyncAppenderBase.java:160)",
                        PLACE,
                        RUN);
            }
            return dump;
        });
        assertScore(88.0, process, "log-sink-blocked");
        assertScore(10.1, process, "queue-full-producer-blocked");
        assertEquals("log-sink-blocked", Runs.rules(process).get(0));
    }

    @Test
    void w8HotLockIsNotAHang() {
        ProcessDiagnosis process = Runs.process(hotLock(0), hotLock(DumpText.LATER));
        assertScore(18.0, process, "lock-held-by-progressing-thread");
        assertScore(15.1, process, "lock-held-across-blocking-call");
        assertEquals("lock-held-by-progressing-thread", Runs.rules(process).get(0));
        assertTrue(process.verdict().status() != Verdict.Status.HUNG);
    }

    /** All four carriers have pinned threads that wait for a lock, whose next owner is among the many that get no carrier. */
    private static String carriersBehindAFreeLock(String time) {
        FileDumpText dump = new FileDumpText("21.0.2+13-LTS", time);
        for (int i = 1; i <= 4; i++) {
            dump.thread("ForkJoinPool-1-worker-" + i, FileDumpText.CARRIER);
        }
        dump.thread("reporter", FileDumpText.LOCK, "com.acme.Queue.poll(Queue.java:57)", FileDumpText.RUN);
        dump.container("java.util.concurrent.ThreadPerTaskExecutor@1b2c");
        for (int i = 1; i <= 4; i++) {
            dump.thread("tomcat-handler-" + i, FileDumpText.PINNED_LOCK, PLACE, FileDumpText.RUN_VIRTUAL);
        }
        dump.thread("tomcat-handler-5", FileDumpText.LOCK, PLACE, FileDumpText.RUN_VIRTUAL);
        for (int i = 6; i < 2006; i++) {
            dump.thread("tomcat-handler-" + i);
        }
        return dump.whole();
    }

    @Test
    void w4CarriersPinnedBehindALockThatIsFree() {
        ProcessDiagnosis process = Runs.diagnose(Runs.read(
                        carriersBehindAFreeLock("2026-03-02T10:15:00Z"),
                        carriersBehindAFreeLock("2026-03-02T10:15:10Z")))
                .processes()
                .get(0);
        assertScore(96.0, process, "carriers-exhausted-pinned");
        assertEquals("carriers-exhausted-pinned", Runs.rules(process).get(0));
        assertEquals(
                .2, Runs.finding(process, "orphaned-lock-dead-owner").score().confidence(), .001);
        assertEquals(
                2000,
                process.threads().stream()
                        .filter(row -> row.activity() == ThreadRow.Activity.SCHEDULED)
                        .count());
    }

    @Test
    void w9OneOfTwoEventLoopsWaits() {
        ProcessDiagnosis process = twice(dump -> {
            dump.parked(
                    "nioEventLoopGroup-2-1",
                    "WAITING (parking)",
                    "<0x00000000e0000008> (a java.util.concurrent.CompletableFuture$Signaller)",
                    "java.util.concurrent.CompletableFuture.get(java.base@17.0.15/CompletableFuture.java:2072)",
                    "com.acme.PriceHandler.channelRead0(PriceHandler.java:7)",
                    "io.netty.util.concurrent.SingleThreadEventExecutor$4.run(SingleThreadEventExecutor.java:997)",
                    RUN);
            dump.thread(
                    "nioEventLoopGroup-2-2",
                    "RUNNABLE",
                    "sun.nio.ch.EPoll.wait(java.base@17.0.15/Native Method)",
                    "io.netty.channel.nio.NioEventLoop.run(NioEventLoop.java:526)",
                    "io.netty.util.concurrent.SingleThreadEventExecutor$4.run(SingleThreadEventExecutor.java:997)",
                    RUN);
            for (int i = 1; i <= 3; i++) {
                dump.readingSocketTimed(
                        "worker-" + i, "org.postgresql.core.PGStream.receiveChar(PGStream.java:1)", PLACE, RUN);
            }
            return dump;
        });
        assertScore(57.5, process, "event-loop-blocked");
        assertScore(30.0, process, "external-io-stall");
        assertEquals("event-loop-blocked", Runs.rules(process).get(0));
    }

    /** 15 wait for the lock; its holder reads a socket and changes; five others wait for something unknown. */
    private static DumpText hotLock(int second) {
        DumpText dump = DumpText.withOwners(second);
        int owner = second == 0 ? 3 : 7;
        for (int i = 0; i < 16; i++) {
            if (i == owner) {
                dump.readingSocket("client-" + i, "com.acme.Prices.fetch(Prices.java:9)", "- locked " + MONITOR, RUN);
            } else {
                dump.blockedOn("client-" + i, MONITOR, "com.acme.Prices.get(Prices.java:20)", RUN);
            }
        }
        for (int i = 0; i < 5; i++) {
            dump.parked(
                    "http-nio-" + (8081 + i) + "-exec-1",
                    "WAITING (parking)",
                    "<0x00000000e0000003> (a com.acme.Gate$Sync)",
                    "com.acme.Gate.pass(Gate.java:5)",
                    PLACE,
                    RUN);
        }
        return dump;
    }
}
