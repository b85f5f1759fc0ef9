package dev.whyhung.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whyhung.DumpText;
import dev.whyhung.FileDumpText;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.diagnose.verdict.Verdict;
import org.junit.jupiter.api.Test;

/** Locks in dumps that do not print their owners: who is inside the method that takes one may have it. */
class UnprintedOwnerTest {

    private static final String LOCK = "<0x00000000e0000001> (a java.util.concurrent.locks.ReentrantLock$NonfairSync)";
    private static final String GET = "com.acme.Rates.get(Rates.java:21)";
    private static final String HANDLE = "com.acme.Api.handle(Api.java:7)";

    private static DumpText waiters(int second) {
        DumpText dump = DumpText.withoutOwners(second);
        for (int i = 1; i <= 19; i++) {
            dump.parkedOnLock("http-nio-8080-exec-" + i, LOCK, GET, HANDLE);
        }
        return dump;
    }

    private static DumpText computing(int second, long cpuMillis) {
        return waiters(second)
                .thread(
                        "http-nio-8080-exec-20",
                        cpuMillis,
                        "RUNNABLE",
                        "com.acme.Table.solve(Table.java:88)",
                        "com.acme.Rates.get(Rates.java:24)",
                        HANDLE);
    }

    @Test
    void whoComputesInsideHasIt() {
        ProcessDiagnosis once = Runs.process(computing(0, 500));
        assertFalse(Runs.rules(once).contains("orphaned-lock-dead-owner"));
        assertEquals(Verdict.Status.INCONCLUSIVE, once.verdict().status());

        ProcessDiagnosis twice = Runs.process(computing(0, 500), computing(DumpText.LATER, 9_900));
        assertEquals("spin-livelock", Runs.rules(twice).get(0));
        assertFalse(Runs.rules(twice).contains("orphaned-lock-dead-owner"));
    }

    private static ProcessDiagnosis rebuilds(String before) {
        DumpText later = waiters(DumpText.LATER);
        return Runs.process(
                waiters(0).thread("refresher", 500, "RUNNABLE", "com.acme.Table.solve(Table.java:88)", before),
                later.thread(
                        "refresher",
                        9_900,
                        "RUNNABLE",
                        "com.acme.Table.solve(Table.java:88)",
                        "com.acme.Rates.rebuild(Rates.java:60)"));
    }

    @Test
    void whoComputesInTheSameClassHasIt() {
        assertFalse(
                Runs.rules(rebuilds("com.acme.Rates.rebuild(Rates.java:60)")).contains("orphaned-lock-dead-owner"));
        assertTrue(Runs.rules(rebuilds("com.acme.Other.run(Other.java:3)")).contains("orphaned-lock-dead-owner"));
    }

    /** All have waited through; it can't have had the lock meanwhile. */
    @Test
    void whoHasJustComeDoesNot() {
        DumpText later = computing(DumpText.LATER, 900);
        DumpText before =
                waiters(0).thread("http-nio-8080-exec-20", 500, "RUNNABLE", "com.acme.Other.run(Other.java:3)");
        ProcessDiagnosis process = Runs.process(before, later);
        assertEquals("orphaned-lock-dead-owner", Runs.rules(process).get(0));
    }

    /** The lock of a publisher is taken by the JDK, and held while its buffer is full. */
    @Test
    void whoWaitsInsideAMethodOfTheJdkHasIt() {
        String[] below = {
            "java.util.concurrent.SubmissionPublisher.doOffer(java.base@17.0.15/SubmissionPublisher.java:377)",
            "java.util.concurrent.SubmissionPublisher.submit(java.base@17.0.15/SubmissionPublisher.java:494)",
            "com.acme.Feed.run(Feed.java:17)"
        };
        DumpText dump = DumpText.withoutOwners(0)
                .parkedOnLock("feed-1", LOCK, below)
                .parkedOnLock("feed-2", LOCK, below)
                .parked(
                        "feed-3",
                        "WAITING (parking)",
                        "<0x00000000e0000002> (a java.util.concurrent.SubmissionPublisher$BufferedSubscription)",
                        "java.util.concurrent.SubmissionPublisher$BufferedSubscription.awaitSpace(java.base@17.0.15/SubmissionPublisher.java:1428)",
                        below[0],
                        below[1],
                        below[2]);
        assertFalse(Runs.rules(Runs.process(dump)).contains("orphaned-lock-dead-owner"));
    }

    private static DumpText refreshing(String locking, String caller, String reads) {
        String sync = "<0x00000000e0000001> (a java.util.concurrent.locks.ReentrantReadWriteLock$NonfairSync)";
        DumpText dump = DumpText.withoutOwners(0)
                .thread(
                        "http-nio-8080-exec-1",
                        "RUNNABLE",
                        "java.io.FileInputStream.open0(java.base@17.0.15/Native Method)",
                        "java.io.FileInputStream.open(java.base@17.0.15/FileInputStream.java:216)",
                        "com.acme.Timetable.refresh(Timetable.java:31)",
                        HANDLE);
        for (int i = 2; i <= 9; i++) {
            boolean reader = i == 9 && !reads.isEmpty();
            dump.parked(
                    "http-nio-8080-exec-" + i,
                    "WAITING (parking)",
                    sync,
                    "java.util.concurrent.locks.AbstractQueuedSynchronizer.acquire(java.base@17.0.15/AbstractQueuedSynchronizer.java:715)",
                    "java.util.concurrent.locks.ReentrantReadWriteLock$"
                            + (reader ? "ReadLock" : locking)
                            + ".lock(java.base@17.0.15/ReentrantReadWriteLock.java:959)",
                    reader ? reads : caller,
                    HANDLE);
        }
        return dump;
    }

    /** All who come to the method want to write: so did the one that is further on in it. */
    @Test
    void whoIsInsideTheMethodOfTheWritersHasTheWriteLock() {
        String refresh = "com.acme.Timetable.refresh(Timetable.java:28)";
        assertEquals(
                "lock-held-across-blocking-call",
                Runs.rules(Runs.process(refreshing("WriteLock", refresh, ""))).get(0));
        assertEquals(
                "lock-held-across-blocking-call",
                Runs.rules(Runs.process(refreshing("WriteLock", refresh, "com.acme.Timetable.next(Timetable.java:12)")))
                        .get(0));
        assertEquals(
                "rwlock-writer-starved",
                Runs.rules(Runs.process(
                                refreshing("WriteLock", refresh, "com.acme.Timetable.refresh(Timetable.java:24)")))
                        .get(0));
    }

    private static Verdict.Status readers(String sleeper) {
        DumpText dump = DumpText.withoutOwners(0);
        for (int i = 1; i <= 12; i++) {
            dump.parkedOnLock(
                    "http-nio-8080-exec-" + i,
                    "<0x00000000e0000001> (a java.util.concurrent.locks.ReentrantReadWriteLock$FairSync)",
                    "java.util.concurrent.locks.ReentrantReadWriteLock$ReadLock.lock(java.base@17.0.15/ReentrantReadWriteLock.java:738)",
                    GET,
                    HANDLE);
        }
        return Runs.process(dump.thread(
                        "rates-update",
                        "TIMED_WAITING (sleeping)",
                        "java.lang.Thread.sleep(java.base@17.0.15/Native Method)",
                        "com.acme.Pause.millis(Pause.java:24)",
                        sleeper,
                        "java.lang.Thread.run(java.base@17.0.15/Thread.java:840)"))
                .verdict()
                .status();
    }

    /** A writer keeps all readers out for a moment, and one dump is of a moment. */
    @Test
    void whoSleepsInTheCodeMayHaveItForAMoment() {
        assertEquals(Verdict.Status.INCONCLUSIVE, readers("com.acme.Rates.lambda$main$0(Rates.java:15)"));
        assertNotEquals(Verdict.Status.INCONCLUSIVE, readers("com.acme.Weather.lambda$main$0(Weather.java:15)"));
    }

    private static final String SYNC = "java.util.concurrent.locks.ReentrantLock$NonfairSync@";
    private static final String TRANSFER = "com.acme.Account.transfer(Account.java:31)";
    private static final String POOL =
            "java.base/java.util.concurrent.ThreadPoolExecutor.runWorker(ThreadPoolExecutor.java:1095)";

    private static String transfers(String time) {
        FileDumpText dump = new FileDumpText("25.0.3+9", time)
                .parked("http-nio-8080-exec-1", SYNC + "1a", FileDumpText.LOCK, TRANSFER, POOL, FileDumpText.RUN)
                .parked("http-nio-8080-exec-2", SYNC + "2b", FileDumpText.LOCK, TRANSFER, POOL, FileDumpText.RUN);
        for (int i = 3; i < 12; i++) {
            dump.parked(
                    "http-nio-8080-exec-" + i,
                    SYNC + "1a",
                    FileDumpText.LOCK,
                    "com.acme.Account.balance(Account.java:50)",
                    POOL,
                    FileDumpText.RUN);
        }
        return dump.whole();
    }

    private static ProcessDiagnosis process(String... dumps) {
        return Runs.diagnose(Runs.read(dumps)).processes().get(0);
    }

    @Test
    void twoInOneMethodThatWaitForDifferentLocksHaveEachOthers() {
        ProcessDiagnosis process = process(transfers("2026-03-01T12:00:00Z"), transfers("2026-03-01T12:00:10Z"));
        assertEquals("deadlock-monitor-or-lock", Runs.rules(process).get(0));
        assertEquals(
                2,
                Runs.finding(process, "deadlock-monitor-or-lock")
                        .finding()
                        .culprits()
                        .size());
    }

    /** In one dump that is no snapshot, both may have been overtaken. */
    @Test
    void onceIsNotEnough() {
        assertNotEquals(
                Verdict.Status.HUNG,
                process(transfers("2026-03-01T12:00:00Z")).verdict().status());
    }

    private static final String LOAD = "com.acme.Entry.load(Entry.java:9)";
    private static final String READ = "java.base/java.lang.VirtualThread.park(VirtualThread.java:742)\n"
            + "java.base/java.util.concurrent.locks.LockSupport.park(LockSupport.java:367)\n"
            + "java.base/sun.nio.ch.Poller.poll(Poller.java:197)\n"
            + "java.base/sun.nio.ch.NioSocketImpl.park(NioSocketImpl.java:174)\n"
            + "java.base/sun.nio.ch.NioSocketImpl.implRead(NioSocketImpl.java:307)\n"
            + "java.base/java.net.Socket$SocketInputStream.read(Socket.java:967)\n"
            + "com.acme.Supplier.query(Supplier.java:5)\n" + LOAD;

    /** Each entry of a cache has a lock of its own: twenty wait for one, one loads it, and another loads its own. */
    private static String entries(String time, int passing, int staying) {
        FileDumpText dump = new FileDumpText("25.0.3+9-LTS", time);
        for (int i = 0; i < 20; i++) {
            dump.parked(
                    "req-" + i,
                    "java.util.concurrent.locks.ReentrantLock$NonfairSync@7b",
                    FileDumpText.LOCK,
                    LOAD,
                    FileDumpText.RUN_VIRTUAL);
        }
        for (int i = 0; i < staying; i++) {
            dump.virtual("req-2" + i, "WAITING", READ, FileDumpText.RUN_VIRTUAL);
        }
        return dump.skip(passing)
                .virtual("req-" + (40 + passing), "WAITING", READ, FileDumpText.RUN_VIRTUAL)
                .whole();
    }

    private static ProcessDiagnosis entries(int staying) {
        return Runs.diagnose(Runs.read(
                        entries("2026-03-02T10:15:00Z", 0, staying), entries("2026-03-02T10:15:10Z", 9, staying)))
                .processes()
                .get(0);
    }

    @Test
    void ofSeveralInsideTheOneThatStaysHasIt() {
        ProcessDiagnosis process = entries(1);
        assertEquals("lock-held-across-blocking-call", Runs.rules(process).get(0));
        assertEquals(
                "req-20", process.findings().get(0).finding().culprits().get(0).thread());
    }

    /** One of those who stay has it: nobody needs to have died. */
    @Test
    void whereSeveralStayNobodyIsSaidToBeGone() {
        assertNotEquals(Verdict.Status.HUNG, entries(2).verdict().status());
    }
}
