package dev.whyhung.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.whyhung.DumpText;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.verdict.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Threads that wait by design, and those in the same code that do not. */
class StandbyTest {

    private static final String[] WORKER = {
        "java.util.concurrent.FutureTask.run(java.base@17.0.15/FutureTask.java:264)",
        "java.util.concurrent.ThreadPoolExecutor.runWorker(java.base@17.0.15/ThreadPoolExecutor.java:1136)",
        "java.util.concurrent.ThreadPoolExecutor$Worker.run(java.base@17.0.15/ThreadPoolExecutor.java:635)"
    };

    private static void waiting(DumpText dump, String name, String method, String... below) {
        for (int i = 1; i <= 4; i++) {
            String[] lines = new String[4 + below.length];
            lines[0] = "java.lang.Object.wait(java.base@17.0.15/Native Method)";
            lines[1] = "- waiting on <0x00000000aa000001> (a com.acme.tiles.Ring)";
            lines[2] = method + "(Ring.java:14)";
            lines[3] = "com.acme.tiles.Baker.run(Baker.java:9)";
            System.arraycopy(below, 0, lines, 4, below.length);
            dump.thread(name + i, "WAITING (on object monitor)", lines);
        }
    }

    private static Verdict.Status verdict(String method, boolean servesRequests, String... below) {
        return Runs.twice(dump -> {
                    waiting(dump, "bake-", method, below);
                    if (servesRequests) {
                        dump.idleWorker("http-nio-8080-exec-1").idleWorker("http-nio-8080-exec-2");
                    }
                })
                .verdict()
                .status();
    }

    @ParameterizedTest
    @ValueSource(strings = {"com.acme.tiles.Ring.push", "com.acme.tiles.Ring.borrow"})
    void mayRestUntilARequestComes(String method) {
        assertEquals(Verdict.Status.HEALTHY, verdict(method, true));
        assertEquals(Verdict.Status.HUNG, verdict(method, true, WORKER));
    }

    @Test
    void hasNobodyToWaitFor() {
        assertEquals(Verdict.Status.HUNG, verdict("com.acme.tiles.Ring.borrow", false));
    }

    private static Verdict.Status reading(String name, boolean timed) {
        DumpText[] dumps = {DumpText.withOwners(0), DumpText.withOwners(DumpText.LATER)};
        for (DumpText dump : dumps) {
            for (int i = 1; i <= 8; i++) {
                String[] stack = {
                    "java.net.SocketInputStream.socketRead0(Native Method)",
                    "java.net.SocketInputStream.socketRead(SocketInputStream.java:116)",
                    "org.apache.http.impl.io.SessionInputBufferImpl.fillBuffer(SessionInputBufferImpl.java:153)",
                    "com.acme.Fetch.page(Fetch.java:30)",
                    WORKER[0],
                    WORKER[1],
                    WORKER[2]
                };
                dump.thread(name + i, 90, "RUNNABLE", stack);
            }
        }
        String cpu = timed ? "" : " cpu=[0-9.]+ms";
        return Runs.diagnose(Runs.read(
                        dumps[0].whole().replaceAll(cpu, ""), dumps[1].whole().replaceAll(cpu, "")))
                .processes()
                .get(0)
                .verdict()
                .status();
    }

    /** Without CPU times, work that a peer paces is always seen to wait for it. */
    @Test
    void workIsNotKnownToStandStill() {
        assertEquals(Verdict.Status.INCONCLUSIVE, reading("fetch-", false));
        assertEquals(Verdict.Status.HUNG, reading("fetch-", true));
        assertEquals(Verdict.Status.HUNG, reading("http-nio-8080-exec-", false));
    }

    private static Verdict.Status storing(boolean producers) {
        return Runs.twice(dump -> {
                    dump.thread(
                            "writer",
                            "RUNNABLE",
                            "java.net.SocketInputStream.socketRead0(Native Method)",
                            "java.net.SocketInputStream.socketRead(SocketInputStream.java:116)",
                            "org.postgresql.core.VisibleBufferedInputStream.readMore(VisibleBufferedInputStream.java:140)",
                            "org.postgresql.jdbc.PgPreparedStatement.executeQuery(PgPreparedStatement.java:105)",
                            "com.acme.Writer.store(Writer.java:30)",
                            "com.acme.Writer.run(Writer.java:12)",
                            "java.lang.Thread.run(Thread.java:748)");
                    for (int i = 1; producers && i <= 3; i++) {
                        dump.parked(
                                "reader-" + i,
                                "WAITING (parking)",
                                "<0x00000000f8340001> (a java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject)",
                                "java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject.await(A.java:2039)",
                                "java.util.concurrent.ArrayBlockingQueue.put(ArrayBlockingQueue.java:353)",
                                "com.acme.Reader.emit(Reader.java:22)",
                                "com.acme.Reader.run(Reader.java:9)",
                                "java.lang.Thread.run(Thread.java:748)");
                    }
                })
                .verdict()
                .status();
    }

    /** The query of a report takes its time; where a queue is full meanwhile, somebody misses who empties it. */
    @Test
    void aQueryIsMissedBesideAFullQueue() {
        assertEquals(Verdict.Status.HUNG, storing(true));
        assertNotEquals(Verdict.Status.HUNG, storing(false));
    }
}
