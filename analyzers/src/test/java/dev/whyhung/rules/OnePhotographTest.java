package dev.whyhung.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whyhung.DumpText;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.diagnose.rank.Severity;
import dev.whyhung.diagnose.verdict.Verdict;
import org.junit.jupiter.api.Test;

/** One dump in which all workers wait for a remote system: load or a hang. */
class OnePhotographTest {

    /** Workers that have lived for 100 s. */
    private static DumpText calling(long cpuMillis) {
        DumpText dump = DumpText.withOwners(0);
        for (int i = 1; i <= 8; i++) {
            dump.thread(
                    "http-nio-8080-exec-" + i,
                    cpuMillis,
                    "RUNNABLE",
                    "sun.nio.ch.SocketDispatcher.read0(java.base@17.0.15/Native Method)",
                    "sun.nio.ch.NioSocketImpl.implRead(java.base@17.0.15/NioSocketImpl.java:309)",
                    "com.acme.Prices.fetch(Prices.java:41)",
                    "java.util.concurrent.ThreadPoolExecutor.runWorker(java.base@17.0.15/ThreadPoolExecutor.java:1136)");
        }
        return dump;
    }

    @Test
    void workersThatHaveHardlyWorkedMayHang() {
        ProcessDiagnosis process = Runs.process(calling(40));
        assertEquals("external-io-stall", Runs.rules(process).get(0));
        assertTrue(process.findings().get(0).severity().atLeast(Severity.MEDIUM));
        assertEquals(Verdict.Status.DEGRADED, process.verdict().status());
    }

    @Test
    void workersThatHaveWorkedAllTheirLivesAreProbablyBusy() {
        ProcessDiagnosis process = Runs.process(calling(2_000));
        assertEquals("external-io-stall", Runs.rules(process).get(0));
        assertEquals(Severity.LOW, process.findings().get(0).severity());
        assertEquals(Verdict.Status.INCONCLUSIVE, process.verdict().status());
    }

    private static final String LOCK = "<0x00000000e0000001> (a java.util.concurrent.locks.ReentrantLock$NonfairSync)";
    private static final String WORKER =
            "java.util.concurrent.ThreadPoolExecutor.runWorker(java.base@17.0.15/ThreadPoolExecutor.java:1136)";

    private static DumpText behindSleeper(int second, String name) {
        DumpText dump = DumpText.withOwners(second)
                .thread(
                        name,
                        "TIMED_WAITING (sleeping)",
                        "java.lang.Thread.sleep(java.base@17.0.15/Native Method)",
                        "com.acme.Numbers.next(Numbers.java:31)",
                        WORKER,
                        "owns " + LOCK);
        for (int i = 2; i <= 20; i++) {
            dump.parkedOnLock("http-nio-8080-exec-" + i, LOCK, "com.acme.Numbers.next(Numbers.java:30)", WORKER);
        }
        return dump;
    }

    /** The one that sleeps under the lock does what the others come for: milliseconds or minutes, one dump does not tell. */
    @Test
    void threadsThatMayTakeTurnsHangInTwoDumpsOnly() {
        ProcessDiagnosis once = Runs.process(behindSleeper(0, "http-nio-8080-exec-1"));
        assertEquals("lock-held-across-blocking-call", Runs.rules(once).get(0));
        assertEquals(Verdict.Status.DEGRADED, once.verdict().status());
        assertEquals(.6, once.verdict().confidence());
        ProcessDiagnosis twice = Runs.process(
                behindSleeper(0, "http-nio-8080-exec-1"), behindSleeper(DumpText.LATER, "http-nio-8080-exec-1"));
        assertEquals(Verdict.Status.HUNG, twice.verdict().status());
    }

    @Test
    void whoDoesSomethingElseUnderTheLockStopsThem() {
        assertEquals(
                Verdict.Status.HUNG,
                Runs.process(behindSleeper(0, "inventory-push")).verdict().status());
    }

    /** Each of a few threads of one kind comes to hold the lock of them all, or to lead them, and pauses; nobody's request is behind it. */
    @Test
    void aFewThatTakeTurnsInTheBackgroundAreNoTroubleYet() {
        DumpText standby = DumpText.withOwners(0)
                .thread(
                        "candidate-1",
                        "TIMED_WAITING (sleeping)",
                        "java.lang.Thread.sleep(java.base@17.0.15/Native Method)",
                        "com.acme.Candidate.heartbeat(Candidate.java:17)",
                        "com.acme.Candidate.run(Candidate.java:16)",
                        "owns <0x00000000e0000001> (a com.acme.Leadership$Sync)");
        for (int i = 2; i <= 6; i++) {
            standby.parked(
                    "candidate-" + i,
                    "WAITING (parking)",
                    "<0x00000000e0000001> (a com.acme.Leadership$Sync)",
                    "java.util.concurrent.locks.AbstractQueuedSynchronizer.acquire(java.base@17.0.15/AbstractQueuedSynchronizer.java:715)",
                    "com.acme.Leadership.seek(Leadership.java:13)",
                    "com.acme.Candidate.run(Candidate.java:15)");
        }
        for (int i = 1; i <= 20; i++) {
            standby.idleWorker("http-nio-8080-exec-" + i);
        }
        ProcessDiagnosis process = Runs.process(standby);
        assertEquals("lock-held-across-blocking-call", Runs.rules(process).get(0));
        assertEquals(Severity.LOW, process.findings().get(0).severity());
    }

    private static DumpText limited(int second) {
        DumpText dump = DumpText.withoutOwners(second).asJava8();
        for (int i = 1; i <= 4; i++) {
            dump.readingSocket(
                    "http-nio-8080-exec-" + i,
                    "com.acme.Journal.query(Journal.java:15)",
                    "com.acme.Clinic.see(Clinic.java:31)",
                    WORKER);
        }
        for (int i = 5; i <= 20; i++) {
            dump.thread(
                    "http-nio-8080-exec-" + i,
                    "WAITING (parking)",
                    "sun.misc.Unsafe.park(Native Method)",
                    "- parking to wait for  <0x00000000e0000003> (a java.util.concurrent.Semaphore$FairSync)",
                    "java.util.concurrent.locks.LockSupport.park(LockSupport.java:175)",
                    "java.util.concurrent.Semaphore.acquire(Semaphore.java:312)",
                    "com.acme.Journal.line(Journal.java:13)",
                    "com.acme.Clinic.see(Clinic.java:30)",
                    WORKER);
        }
        return dump;
    }

    /** A few lines to a database for many requests: in any moment of a busy day all lines are in use. */
    @Test
    void permitsThatLimitCallsHangInTwoDumpsOnly() {
        assertEquals(Verdict.Status.DEGRADED, Runs.process(limited(0)).verdict().status());
        assertEquals(
                Verdict.Status.HUNG,
                Runs.process(limited(0), limited(DumpText.LATER)).verdict().status());
    }

    private static Verdict.Status asking(int workers, int idle) {
        DumpText dump = DumpText.withOwners(0);
        for (int i = 1; i <= workers - idle; i++) {
            dump.readingSocket(
                    "http-nio-8080-exec-" + i,
                    "org.postgresql.core.v3.QueryExecutorImpl.execute(QueryExecutorImpl.java:327)",
                    "com.acme.Orders.load(Orders.java:77)",
                    WORKER);
        }
        for (int i = workers - idle + 1; i <= workers; i++) {
            dump.idleWorker("http-nio-8080-exec-" + i);
        }
        return Runs.process(dump).verdict().status();
    }

    /** Most of them ask at any time of a busy day; nearly all of them do on a bad one. */
    @Test
    void callsInAPoolWithRoomAreNoTroubleYet() {
        assertEquals(Verdict.Status.INCONCLUSIVE, asking(40, 4));
        assertEquals(Verdict.Status.DEGRADED, asking(40, 2));
    }
}
