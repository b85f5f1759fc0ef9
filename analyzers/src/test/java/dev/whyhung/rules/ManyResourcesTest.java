package dev.whyhung.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.whyhung.DumpText;
import dev.whyhung.MadeRecording;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.ProcessDiagnosis;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Thousands of locks, queues and semaphores, each with its threads, take seconds; with their square it would be many minutes. */
class ManyResourcesTest {

    private static final int MANY = 2_500;
    private static final Duration AMPLE = Duration.ofSeconds(60);
    private static final String PARK = "jdk.internal.misc.Unsafe.park(java.base@17.0.15/Native Method)";
    private static final String SUPPORT =
            "java.util.concurrent.locks.LockSupport.park(java.base@17.0.15/LockSupport.java:211)";

    /** The threads of one of many resources. */
    private interface Group {
        void addTo(DumpText dump, String address, int number);
    }

    private static ProcessDiagnosis examined(Group group) {
        return examined(MANY, List.of(), group);
    }

    private static ProcessDiagnosis examined(int many, List<MadeRecording> recordings, Group group) {
        return examined(many, recordings, group, DumpText.withOwners(0), DumpText.withOwners(DumpText.LATER));
    }

    private static ProcessDiagnosis examined(int many, List<MadeRecording> recordings, Group group, DumpText... dumps) {
        for (DumpText dump : dumps) {
            for (int i = 0; i < many; i++) {
                group.addTo(dump, String.format("<0x%016x>", 0xe0000000L + 16 * i), i);
            }
        }
        return assertTimeoutPreemptively(AMPLE, () -> Runs.process(recordings, dumps));
    }

    /** Of a component that has so many, nobody can tell who takes from which. */
    @Test
    void fullQueuesOfOneComponent() {
        ProcessDiagnosis process = examined((dump, address, i) -> dump.parked(
                "feed-" + i,
                "WAITING (parking)",
                address + " (a java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject)",
                "java.util.concurrent.ArrayBlockingQueue.put(java.base@17.0.15/ArrayBlockingQueue.java:370)",
                "com.acme.Feed.put(Feed.java:10)"));
        assertEquals(MANY, process.threads().size());
    }

    @Test
    void semaphores() {
        ProcessDiagnosis process = examined((dump, address, i) -> {
            String call = "com.acme.Gate" + i + ".call(Gate.java:";
            dump.parked(
                    "waiter-" + i,
                    "WAITING (parking)",
                    address + " (a java.util.concurrent.Semaphore$NonfairSync)",
                    "java.util.concurrent.Semaphore.acquire(java.base@17.0.15/Semaphore.java:318)",
                    call + "20)");
            dump.readingSocket("caller-" + i, call + "22)");
        });
        assertEquals(2 * MANY, process.threads().size());
    }

    @Test
    void locks() {
        ProcessDiagnosis process = examined((dump, address, i) -> {
            String lock = address + " (a java.util.concurrent.locks.ReentrantLock$NonfairSync)";
            dump.parkedOnLock("waiter-" + i, lock, "com.acme.Stock.take(Stock.java:20)");
            dump.readingSocket("owner-" + i, "com.acme.Stock.take(Stock.java:22)", "owns " + lock);
        });
        assertEquals("lock-held-across-blocking-call", Runs.rules(process).get(0));
    }

    /** Each may have lost its owner with a thread of the dump before, and that dump is searched once. */
    @Test
    void locksWithoutOwner() {
        ProcessDiagnosis process = examined(
                10 * MANY,
                List.of(),
                (dump, address, i) -> dump.parkedOnLock(
                        "waiter-" + i,
                        address + " (a java.util.concurrent.locks.ReentrantLock$NonfairSync)",
                        "com.acme.Stock.take(Stock.java:20)"));
        assertEquals("orphaned-lock-dead-owner", Runs.rules(process).get(0));
    }

    /** Either side of which may have been left locked, where owners are not printed. */
    @Test
    void readWriteLocksWithoutOwner() {
        ProcessDiagnosis process = examined(
                10 * MANY,
                List.of(),
                (dump, address, i) -> dump.parkedOnLock(
                        "waiter-" + i,
                        address + " (a java.util.concurrent.locks.ReentrantReadWriteLock$NonfairSync)",
                        "com.acme.Stock.take(Stock.java:20)"),
                DumpText.withoutOwners(0),
                DumpText.withoutOwners(DumpText.LATER));
        assertEquals(10 * MANY, process.threads().size());
    }

    /** Somebody in the code that takes one may have any of them, and what stands in that code is asked once. */
    @Test
    void ownSynchronizers() {
        ProcessDiagnosis process = examined(5 * MANY, List.of(), (dump, address, i) -> {
            for (int k = 0; k < 2; k++) {
                dump.parked(
                        "waiter-" + i + '-' + k,
                        "WAITING (parking)",
                        address + " (a com.acme.Berth$Gate)",
                        "java.util.concurrent.locks.AbstractQueuedSynchronizer.acquire(java.base@17.0.15/AbstractQueuedSynchronizer.java:715)",
                        "java.util.concurrent.locks.AbstractQueuedSynchronizer.acquire(java.base@17.0.15/AbstractQueuedSynchronizer.java:938)",
                        "com.acme.Berth" + i + ".moor(Berth.java:9)");
            }
        });
        assertEquals("orphaned-lock-dead-owner", Runs.rules(process).get(0));
    }

    /** As of a service that has a pool for each of its customers. */
    @Test
    void connectionPools() {
        ProcessDiagnosis process = examined((dump, address, i) -> {
            for (int k = 0; k < 4; k++) {
                dump.thread(
                        "waiter-" + i + '-' + k,
                        "TIMED_WAITING (parking)",
                        PARK,
                        "- parking to wait for  " + address
                                + " (a java.util.concurrent.SynchronousQueue$TransferQueue)",
                        SUPPORT,
                        "java.util.concurrent.SynchronousQueue.poll(java.base@17.0.15/SynchronousQueue.java:903)",
                        "com.zaxxer.hikari.util.ConcurrentBag.borrow(ConcurrentBag.java:150)",
                        "com.zaxxer.hikari.pool.HikariPool.getConnection(HikariPool.java:162)",
                        "com.acme.Customers.load(Customers.java:10)");
            }
        });
        assertEquals("connection-leak", Runs.rules(process).get(0));
    }

    /** Each read in code of its own may be of another system, or, as a recording may tell, of this very server. */
    @Test
    void peers() {
        ProcessDiagnosis process = examined(
                5 * MANY,
                List.of(MadeRecording.of("made.jfr", -60, 2 * DumpText.LATER)),
                (dump, address, i) -> dump.readingSocket(
                        "http-nio-8080-exec-" + i, "com.acme.Report" + i + ".fetch(Report.java:20)"));
        assertEquals("external-io-stall", Runs.rules(process).get(0));
    }

    /** Whether anybody reads what these print is asked once. */
    @Test
    void processes() {
        ProcessDiagnosis process = examined(
                10 * MANY,
                List.of(),
                (dump, address, i) -> dump.thread(
                        "transcode-" + i,
                        "WAITING (on object monitor)",
                        "java.lang.Object.wait(java.base@17.0.15/Native Method)",
                        "- waiting on " + address + " (a java.lang.ProcessImpl)",
                        "java.lang.ProcessImpl.waitFor(java.base@17.0.15/ProcessImpl.java:434)",
                        "com.acme.Media.run(Media.java:30)",
                        "java.util.concurrent.ThreadPoolExecutor.runWorker(java.base@17.0.15/ThreadPoolExecutor.java:1136)",
                        "java.lang.Thread.run(java.base@17.0.15/Thread.java:840)"));
        assertEquals("process-wait-stuck", Runs.rules(process).get(0));
    }

    /** How many threads there are is not counted for each of them. */
    @Test
    void quietPools() {
        ProcessDiagnosis process = examined(4 * MANY, List.of(), (dump, address, i) -> {
            String name = "pay"
                    + Integer.toString(i, 5)
                            .replace('0', 'a')
                            .replace('1', 'b')
                            .replace('2', 'c')
                            .replace('3', 'd')
                            .replace('4', 'e')
                    + "-";
            for (int worker = 1; worker <= 4; worker++) {
                dump.thread(
                        name + worker,
                        "WAITING (on object monitor)",
                        "java.lang.Object.wait(java.base@17.0.15/Native Method)",
                        "- waiting on " + address + " (a com.acme.Token)",
                        "com.acme.Token.valid(Token.java:8)",
                        "com.acme.Bank.transfer(Bank.java:14)",
                        "java.util.concurrent.ThreadPoolExecutor.runWorker(java.base@17.0.15/ThreadPoolExecutor.java:1136)",
                        "java.lang.Thread.run(java.base@17.0.15/Thread.java:840)");
            }
        });
        assertEquals(16 * MANY, process.threads().size());
    }
}
