package dev.whyhung.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whyhung.DumpText;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.diagnose.rank.RankedFinding;
import dev.whyhung.diagnose.rank.Severity;
import dev.whyhung.fixtures.Cases;
import dev.whyhung.read.Intake;
import dev.whyhung.read.Source;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may hold what no dump records: permits, read locks. */
class UnownedTest {

    private static final String SEMAPHORE = "<0x00000000e0000001> (a java.util.concurrent.Semaphore$NonfairSync)";
    private static final String READ_WRITE =
            "<0x00000000e0000002> (a java.util.concurrent.locks.ReentrantReadWriteLock$NonfairSync)";
    private static final String CALL = "com.acme.Gate.call(Gate.java:41)";
    private static final String HANDLE = "com.acme.Api.handle(Api.java:7)";

    private static DumpText parked(DumpText dump, String name, String on, String... below) {
        return dump.parked(name, "WAITING (parking)", on, below);
    }

    private static void waiters(DumpText dump) {
        for (int i = 1; i <= 6; i++) {
            parked(
                    dump,
                    "http-nio-8080-exec-" + i,
                    SEMAPHORE,
                    "java.util.concurrent.Semaphore.acquire(java.base@17.0.15/Semaphore.java:318)",
                    CALL,
                    HANDLE);
        }
    }

    @Test
    void nobodyInsideMeansLeaked() {
        ProcessDiagnosis process = Runs.twice(UnownedTest::waiters);
        RankedFinding leak = process.findings().get(0);
        assertEquals("permits-leaked", leak.finding().rule().id());
        assertEquals(.75, leak.score().confidence());
        assertTrue(Runs.rules(process).contains("ask-for-heap-dump"));
    }

    /** A bucket that a timer fills: one dump shows who waits for the next tokens. */
    @Test
    void aTimerMayHandThemOut() {
        DumpText dump = DumpText.withOwners(0);
        waiters(dump);
        parked(
                dump,
                "refill-1",
                "<0x00000000e0000009> (a java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject)",
                "java.util.concurrent.locks.LockSupport.parkNanos(java.base@17.0.15/LockSupport.java:252)",
                "java.util.concurrent.ScheduledThreadPoolExecutor$DelayedWorkQueue.take(java.base@17.0.15/ScheduledThreadPoolExecutor.java:1182)",
                "java.util.concurrent.ThreadPoolExecutor.getTask(java.base@17.0.15/ThreadPoolExecutor.java:1062)",
                "java.util.concurrent.ThreadPoolExecutor.runWorker(java.base@17.0.15/ThreadPoolExecutor.java:1122)");
        RankedFinding leak = Runs.finding(Runs.process(dump), "permits-leaked");
        assertTrue(leak.score().confidence() < .4);
    }

    @Test
    void aBlockedThreadInsideHoldsThePermit() {
        ProcessDiagnosis process = Runs.twice(dump -> {
            waiters(dump);
            dump.readingSocket("refresher", "com.acme.Gate.refresh(Gate.java:60)", HANDLE);
        });
        RankedFinding held = process.findings().get(0);
        assertEquals("permits-held-across-blocking-call", held.finding().rule().id());
        assertEquals("refresher", held.finding().culprits().get(0).thread());
        assertFalse(Runs.rules(process).contains("permits-leaked"));
    }

    @Test
    void aRunningThreadInsideWillReturnIt() {
        ProcessDiagnosis process = Runs.twice(dump -> {
            waiters(dump);
            dump.thread("refresher", "RUNNABLE", "com.acme.Gate.refresh(Gate.java:60)", HANDLE);
        });
        assertFalse(Runs.rules(process).contains("permits-leaked"));
        assertFalse(Runs.rules(process).contains("permits-held-across-blocking-call"));
    }

    @Test
    void theLineTellsWhoIsInsideAlready() {
        ProcessDiagnosis process = Runs.twice(dump -> {
            waiters(dump);
            parked(
                    dump,
                    "nested",
                    SEMAPHORE,
                    "java.util.concurrent.Semaphore.acquire(java.base@17.0.15/Semaphore.java:318)",
                    "com.acme.Gate.call(Gate.java:44)",
                    HANDLE);
        });
        RankedFinding twice = process.findings().get(0);
        assertEquals("lock-self-deadlock-nonreentrant", twice.finding().rule().id());
        assertEquals("nested", twice.finding().culprits().get(0).thread());
    }

    /** A reader left without its stamp; whoever came then waits at the outermost call of the guarded class. */
    @ParameterizedTest
    @ValueSource(strings = {"lambda$main$2", "lambda$serve$0"})
    void aStampThatSeveralMissWasLost(String caller) {
        String stamped = "<0x00000000ffa4ae80> (a java.util.concurrent.locks.StampedLock)";
        ProcessDiagnosis process = Runs.twice(dump -> {
            dump.thread(
                    "nioEventLoopGroup-3-1",
                    "RUNNABLE",
                    "sun.nio.ch.EPoll.wait(java.base@17.0.15/Native Method)",
                    "io.netty.channel.nio.NioEventLoop.run(NioEventLoop.java:526)");
            for (int i = 1; i <= 5; i++) {
                parked(
                        dump,
                        "grid-" + i,
                        stamped,
                        "java.util.concurrent.locks.StampedLock.writeLock(java.base@17.0.15/StampedLock.java:480)",
                        "com.acme.Grid.set(Grid.java:31)",
                        "com.acme.Grid." + caller + "(Grid.java:12)",
                        "com.acme.Job.run(Job.java:12)");
            }
        });
        assertEquals("permits-leaked", Runs.rules(process).get(0));
        assertFalse(Runs.rules(process).contains("lock-self-deadlock-nonreentrant"));
        assertEquals(.75, process.findings().get(0).score().confidence(), 1e-9);
    }

    /** Whoever waits for a permit may come to meet it there; no rule tells of such a circle. */
    @Test
    void whoWaitsAtAnExchangerUnderAPermitIsToBlame() {
        ProcessDiagnosis process = Runs.twice(dump -> {
            parked(
                    dump,
                    "match-1",
                    "<0x00000000fc1881b8> (a java.util.concurrent.Exchanger)",
                    "java.util.concurrent.Exchanger.exchange(java.base@17.0.15/Exchanger.java:604)",
                    "com.acme.Lobby.meet(Lobby.java:51)",
                    HANDLE);
            for (int i = 2; i <= 6; i++) {
                parked(
                        dump,
                        "match-" + i,
                        "<0x00000000fc424930> (a java.util.concurrent.Semaphore$NonfairSync)",
                        "java.util.concurrent.Semaphore.acquire(java.base@17.0.15/Semaphore.java:318)",
                        "com.acme.Lobby.meet(Lobby.java:49)",
                        HANDLE);
            }
        });
        assertEquals("permits-held-across-blocking-call", Runs.rules(process).get(0));
    }

    @Test
    void aWriterBehindNobodySuspectsALeakedReadLock() {
        ProcessDiagnosis process = Runs.twice(dump -> parked(
                dump,
                "writer",
                READ_WRITE,
                "java.util.concurrent.locks.ReentrantReadWriteLock$WriteLock.lock(java.base@17.0.15/ReentrantReadWriteLock.java:959)",
                "com.acme.Rates.store(Rates.java:31)",
                HANDLE));
        RankedFinding leak = Runs.finding(process, "rwlock-writer-starved");
        assertEquals("leaked-read-lock", leak.finding().kind());
        assertFalse(Runs.rules(process).contains("lock-upgrade-self-deadlock"));
    }

    @Test
    void oneDumpOfABusySemaphoreIsAHint() {
        DumpText dump = DumpText.withOwners(0);
        waiters(dump);
        dump.thread(
                "http-nio-8080-exec-7",
                "TIMED_WAITING (sleeping)",
                "java.lang.Thread.sleep(java.base@17.0.15/Native Method)",
                CALL,
                HANDLE);
        RankedFinding held = Runs.finding(Runs.process(dump), "permits-held-across-blocking-call");
        assertEquals(Severity.LOW, held.severity());
    }

    /** Others are let in when its time is over, however often it is throttled. */
    @Test
    void whoIsThrottledUnderAPermitHasIt() {
        ProcessDiagnosis process = Runs.twice(dump -> {
            waiters(dump);
            dump.thread(
                    "refresher",
                    "TIMED_WAITING (sleeping)",
                    "java.lang.Thread.sleep(java.base@17.0.15/Native Method)",
                    "com.google.common.util.concurrent.Uninterruptibles.sleepUninterruptibly(Uninterruptibles.java:405)",
                    "com.google.common.util.concurrent.RateLimiter.acquire(RateLimiter.java:328)",
                    CALL,
                    HANDLE);
        });
        assertFalse(Runs.rules(process).contains("permits-leaked"));
    }

    @Test
    void aThrottleIsNoFault() {
        ProcessDiagnosis process = Runs.twice(dump -> {
            for (int i = 1; i <= 6; i++) {
                parked(
                        dump,
                        "http-nio-8080-exec-" + i,
                        SEMAPHORE,
                        "java.util.concurrent.Semaphore.acquire(java.base@17.0.15/Semaphore.java:318)",
                        "com.acme.TokenBucket.acquire(TokenBucket.java:12)",
                        HANDLE);
            }
        });
        assertFalse(Runs.rules(process).contains("permits-leaked"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"com.acme.NetClassLoader", "com.acme.Plugins$Source"})
    void blockedWithoutALockLineWaitsForTheClassLoader(String loader) {
        ProcessDiagnosis process = Runs.twice(dump -> {
            dump.readingSocket(
                    "loader",
                    "com.acme.NetClassLoader.findClass(NetClassLoader.java:30)",
                    "java.lang.ClassLoader.loadClass(java.base@17.0.15/ClassLoader.java:589)",
                    "- locked <0x00000000e0000009> (a " + loader + ")",
                    HANDLE);
            for (int i = 1; i <= 4; i++) {
                dump.thread(
                        "http-nio-8080-exec-" + i,
                        "BLOCKED (on object monitor)",
                        "java.lang.Class.forName0(java.base@17.0.15/Native Method)",
                        "java.lang.Class.forName(java.base@17.0.15/Class.java:467)",
                        HANDLE);
            }
        });
        RankedFinding held = process.findings().get(0);
        assertEquals("lock-held-across-blocking-call", held.finding().rule().id());
        assertEquals("loader", held.finding().culprits().get(0).thread());
        assertEquals(4, held.victims().size());
    }

    @Test
    void aRecordedFailureSaysWhereThePermitsWent() {
        Path file = Cases.directory().resolve("permits-leaked/25/recording.jfr.gz");
        Intake.Result read = Intake.read(List.of(Source.file("r.jfr.gz", file, true)));
        RankedFinding leak = Runs.finding(Runs.diagnose(read).processes().get(0), "permits-leaked");
        assertEquals(.85, leak.score().confidence(), 1e-9);
        assertTrue(leak.finding().evidence().stream()
                .anyMatch(exhibit -> exhibit.text().contains("NullPointerException")));
    }

    private static DumpText shelf(DumpText dump) {
        for (int i = 1; i <= 6; i++) {
            parked(
                    dump,
                    "http-nio-8080-exec-" + i,
                    READ_WRITE,
                    "java.util.concurrent.locks.ReentrantReadWriteLock$ReadLock.lock(java.base@17.0.15/ReentrantReadWriteLock.java:738)",
                    "com.acme.Shelf.find(Shelf.java:41)",
                    HANDLE);
        }
        return parked(
                dump,
                "shelf-sorter",
                READ_WRITE,
                "java.util.concurrent.locks.ReentrantReadWriteLock$WriteLock.lock(java.base@17.0.15/ReentrantReadWriteLock.java:959)",
                "com.acme.Shelf.sort(Shelf.java:60)");
    }

    @Test
    void whereOwnersAreNotPrintedEitherSideMayHaveBeenLeft() {
        ProcessDiagnosis process =
                Runs.process(shelf(DumpText.withoutOwners(0)), shelf(DumpText.withoutOwners(DumpText.LATER)));
        RankedFinding first = process.findings().get(0);
        assertEquals("orphaned-lock-dead-owner", first.finding().rule().id());
        assertTrue(
                first.finding().explanation().contains("read-write lock"),
                first.finding().explanation());
    }
}
