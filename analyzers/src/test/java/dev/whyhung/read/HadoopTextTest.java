package dev.whyhung.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whyhung.Runs;
import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.diagnose.verdict.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The form of Hadoop's own thread dumps. */
class HadoopTextTest {

    private static String handler(int id, String lock, int owner, String frame) {
        return """
                Thread %d (IPC Server handler %d on 8020):
                  State: BLOCKED
                  Blocked count: 12
                  Waited count: 301
                  Blocked on %s
                  Blocked by %d (IPC Server handler %d on 8020)
                  Stack:
                    %s
                    org.apache.hadoop.ipc.Server$Handler.run(Server.java:1690)
                """.formatted(id, id, lock, owner, owner, frame);
    }

    private static final String IDLE = """
            Thread 233 (AsyncFSWAL-0):
              State: WAITING
              Blocked count: 0
              Waited count: 1
              Waiting on java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject@69d6a7cd
              Stack:
                sun.misc.Unsafe.park(Native Method)
                java.util.concurrent.locks.LockSupport.park(LockSupport.java:175)
                java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject.await(AbstractQueuedSynchronizer.java:2039)
                java.util.concurrent.LinkedBlockingQueue.take(LinkedBlockingQueue.java:442)
                java.util.concurrent.ThreadPoolExecutor.getTask(ThreadPoolExecutor.java:1074)
                java.util.concurrent.ThreadPoolExecutor.runWorker(ThreadPoolExecutor.java:1149)
                java.util.concurrent.ThreadPoolExecutor$Worker.run(ThreadPoolExecutor.java:624)
                java.lang.Thread.run(Thread.java:748)
            """;
    private static final String TITLE = "Process Thread Dump: Thread dump because: Master not initialized\n";
    private static final String CYCLE = TITLE + "3 active threads\n"
            + handler(41, "com.acme.Ledger@1f", 42, "com.acme.Books.post(Books.java:31)")
            + handler(42, "com.acme.Books@2e", 41, "com.acme.Ledger.close(Ledger.java:12)")
            + IDLE;

    private static ProcessDiagnosis diagnose(String text) {
        List<ProcessDiagnosis> processes = Runs.diagnose(Runs.read(text)).processes();
        assertEquals(1, processes.size(), "processes");
        return processes.get(0);
    }

    @Test
    void aDeadlock() {
        for (String text : List.of(
                CYCLE,
                CYCLE.substring(CYCLE.indexOf("Thread 41")),
                "Starting the master.\n".repeat(1_000) + CYCLE + "2024-01-01 WARN it did not start\n",
                CYCLE.lines().map(line -> "> " + line + '\n').reduce("", String::concat))) {
            assertEquals(3, Described.of(text).threads().size());
            assertEquals(Verdict.Status.HUNG, diagnose(text).verdict().status());
        }
    }

    /** The prefix of the log stands before the title, and nowhere else. */
    @Test
    void inALog() {
        String line = "2026-03-01 12:00:0%d,000 INFO org.apache.hadoop.http.HttpServer2: ";
        String dump = line.formatted(1) + CYCLE;
        String log = dump + line.formatted(2) + "done\n" + dump + line.formatted(3) + "done\n";
        String late = (line.formatted(0) + "started\n").repeat(2_000);
        for (String text : List.of(log, late + log)) {
            Described read = Described.of(text);
            assertEquals(6, read.threads().size());
            assertEquals("null", read.message());
        }
        assertEquals(2, Described.of(late + log).dumps().size(), "dumps");
    }

    @Test
    void idleThreads() {
        ProcessDiagnosis process = diagnose(TITLE + "2 active threads\n  Inactive\n" + IDLE);
        assertEquals(
                Verdict.Status.HEALTHY,
                process.verdict().status(),
                process.verdict().headline());
        assertEquals(0, process.stuck());
        assertEquals("null", Described.of(TITLE + "1 active threads\n" + IDLE).message());
        assertEquals(
                "part of the dump is missing",
                Described.of(TITLE + "202 active threads\n" + IDLE).message());
    }

    /** Whoever held the monitor has left it meanwhile. */
    @Test
    void theOwnerIsGone() {
        Described read = Described.of(TITLE + "1 active threads\n"
                + handler(41, "com.acme.Ledger@1f", 42, "com.acme.Books.post(Books.java:31)")
                        .replaceAll("Blocked by .*", "Blocked by -1"));
        assertEquals("null", read.message());
        assertTrue(read.threads().get(0).contains("Books.post"), read.threads().toString());
    }

    @Test
    void wordsOfALogAreNoDump() {
        assertTrue(Described.of("Thread 12 (main):\nState: open\nBlocked count: none\n")
                .threads()
                .isEmpty());
    }
}
