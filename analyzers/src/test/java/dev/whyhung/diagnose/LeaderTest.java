package dev.whyhung.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.whyhung.DumpText;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.verdict.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Threads that take turns at accepting connections: one has the lock and waits for the next, the others wait for the lock. */
class LeaderTest {

    private static final String LOCK = "<0x00000000e0000001> (a java.util.concurrent.locks.ReentrantLock$NonfairSync)";
    private static final String MONITOR = "<0x00000000e0000001> (a java.net.ServerSocket)";
    private static final String RUN = "java.lang.Thread.run(java.base@17.0.15/Thread.java:840)";

    private static DumpText dump(int second, String lock, String followers) {
        return fill(DumpText.withOwners(second), lock, followers);
    }

    private static DumpText fill(DumpText dump, String lock, String followers) {
        boolean monitor = lock.equals(MONITOR);
        dump.thread(
                "server-0",
                "RUNNABLE",
                "sun.nio.ch.Net.accept(java.base@17.0.15/Native Method)",
                "sun.nio.ch.NioSocketImpl.accept(java.base@17.0.15/NioSocketImpl.java:760)",
                "java.net.ServerSocket.accept(java.base@17.0.15/ServerSocket.java:533)",
                "com.acme.Server.next(Server.java:20)",
                monitor ? "- locked " + MONITOR : "owns " + LOCK,
                RUN);
        for (int i = 1; i < 8; i++) {
            if (monitor) {
                dump.blockedOn("server-" + i, MONITOR, followers, RUN);
            } else {
                dump.parkedOnLock("server-" + i, LOCK, followers, RUN);
            }
        }
        return dump;
    }

    private static Verdict verdict(String lock, String followers) {
        return Runs.process(dump(0, lock, followers), dump(DumpText.LATER, lock, followers))
                .verdict();
    }

    @ParameterizedTest
    @ValueSource(strings = {LOCK, MONITOR})
    void isNotToBlame(String lock) {
        Verdict verdict = verdict(lock, "com.acme.Server.next(Server.java:18)");
        assertEquals(Verdict.Status.HEALTHY, verdict.status(), verdict.headline());
        assertEquals(.9, verdict.confidence());
    }

    @ParameterizedTest
    @ValueSource(strings = {LOCK, MONITOR})
    void keepsOthersWaitingWhoDoSomethingElse(String lock) {
        Verdict verdict = verdict(lock, "com.acme.Server.requestsServed(Server.java:44)");
        assertNotEquals(Verdict.Status.HEALTHY, verdict.status(), verdict.headline());
    }

    @Test
    void isKnownByTheCodeWhereNoOwnersArePrinted() {
        DumpText dump = fill(DumpText.withoutOwners(0), LOCK, "com.acme.Server.next(Server.java:18)");
        assertEquals(Verdict.Status.HEALTHY, Runs.process(dump).verdict().status());
    }

    @Test
    void hasLeakedNothing() {
        ProcessDiagnosis process = Runs.process(dump(0, LOCK, "com.acme.Server.requestsServed(Server.java:44)"));
        assertEquals(-1, Runs.rules(process).indexOf("orphaned-lock-idle-owner"));
    }

    private static DumpText resting(int second, String leader) {
        DumpText dump = DumpText.withOwners(second)
                .asJava8()
                .thread(
                        leader,
                        "TIMED_WAITING (sleeping)",
                        "java.lang.Thread.sleep(Native Method)",
                        "com.acme.Candidate.heartbeat(Candidate.java:17)",
                        "com.acme.Candidate.run(Candidate.java:16)",
                        "owns " + LOCK);
        for (int i = 2; i <= 6; i++) {
            dump.parkedOnLock("candidate-" + i, LOCK, "com.acme.Candidate.run(Candidate.java:15)");
        }
        for (int i = 1; i <= 20; i++) {
            dump.idleWorker("http-nio-8080-exec-" + i);
        }
        return dump;
    }

    /** One long sleep or many short ones: these dumps do not tell. */
    @Test
    void restsBetweenItsBeats() {
        Verdict verdict = Runs.process(resting(0, "candidate-1"), resting(DumpText.LATER, "candidate-1"))
                .verdict();
        assertEquals(Verdict.Status.HEALTHY, verdict.status(), verdict.headline());
        Verdict other = Runs.process(resting(0, "backup"), resting(DumpText.LATER, "backup"))
                .verdict();
        assertNotEquals(Verdict.Status.HEALTHY, other.status(), other.headline());
    }

    private static final String SEMAPHORE = "<0x00000000e0000001> (a java.util.concurrent.Semaphore$NonfairSync)";

    /** One of a kind has the lease and works now and then; the others are there for the day on which it dies. */
    private static DumpText standbys(int second, long cpuMillis) {
        DumpText dump = DumpText.withOwners(second)
                .thread(
                        "keeper-1",
                        10,
                        "TIMED_WAITING (sleeping)",
                        "java.lang.Thread.sleep(java.base@17.0.15/Native Method)",
                        "com.acme.Lease.lead(Lease.java:14)",
                        "com.acme.Keeper.run(Keeper.java:8)",
                        RUN);
        for (int i = 2; i < 6; i++) {
            dump.parked(
                    "keeper-" + i,
                    cpuMillis,
                    "WAITING (parking)",
                    SEMAPHORE,
                    "java.util.concurrent.Semaphore.acquire(java.base@17.0.15/Semaphore.java:318)",
                    "com.acme.Lease.lead(Lease.java:9)",
                    "com.acme.Keeper.run(Keeper.java:8)",
                    RUN);
        }
        return dump;
    }

    @Test
    void mayRestWhileOthersStandBy() {
        assertEquals(
                Verdict.Status.HEALTHY,
                Runs.process(standbys(0, 1), standbys(DumpText.LATER, 1))
                        .verdict()
                        .status());
    }

    @Test
    void keepsOthersWaitingWhoWorkedBefore() {
        assertNotEquals(
                Verdict.Status.HEALTHY,
                Runs.process(standbys(0, 40), standbys(DumpText.LATER, 40))
                        .verdict()
                        .status());
    }
}
