package dev.whyhung.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whyhung.DumpText;
import dev.whyhung.Runs;
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
    void w8HotLockIsNotAHang() {
        ProcessDiagnosis process = Runs.process(hotLock(0), hotLock(DumpText.LATER));
        assertScore(18.0, process, "lock-held-by-progressing-thread");
        assertScore(15.1, process, "lock-held-across-blocking-call");
        assertEquals("lock-held-by-progressing-thread", Runs.rules(process).get(0));
        assertTrue(process.verdict().status() != Verdict.Status.HUNG);
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
            dump.thread(
                    "http-nio-" + (8081 + i) + "-exec-1",
                    "WAITING (parking)",
                    "jdk.internal.misc.Unsafe.park(java.base@17.0.15/Native Method)",
                    "- parking to wait for  <0x00000000e0000003> (a com.acme.Gate$Sync)",
                    "java.util.concurrent.locks.LockSupport.park(java.base@17.0.15/LockSupport.java:211)",
                    "com.acme.Gate.pass(Gate.java:5)",
                    PLACE,
                    RUN);
        }
        return dump;
    }
}
