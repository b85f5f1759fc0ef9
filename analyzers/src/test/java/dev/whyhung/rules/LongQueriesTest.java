package dev.whyhung.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whyhung.DumpText;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.diagnose.rank.Severity;
import dev.whyhung.diagnose.verdict.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Work in the background that waits for a database, beside the requests of a service. */
class LongQueriesTest {

    private static final String WORKER =
            "java.util.concurrent.ThreadPoolExecutor.runWorker(java.base@17.0.15/ThreadPoolExecutor.java:1136)";
    private static final String REPORT = "com.acme.Report.load(Report.java:44)";
    private static final String MESSAGE =
            "org.springframework.jms.listener.AbstractMessageListenerContainer.doInvokeListener(AbstractMessageListenerContainer.java:736)";

    /** @param served CPU time in ms of the workers for requests */
    private static DumpText dump(int second, long served, String... code) {
        DumpText dump = DumpText.withOwners(second);
        for (int i = 1; i <= 6; i++) {
            dump.thread(
                    "http-nio-8080-exec-" + i,
                    served,
                    "WAITING (parking)",
                    "jdk.internal.misc.Unsafe.park(java.base@17.0.15/Native Method)",
                    "- parking to wait for  <0x00000000e0000001> (a java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject)",
                    "java.util.concurrent.locks.LockSupport.park(java.base@17.0.15/LockSupport.java:341)",
                    "java.util.concurrent.LinkedBlockingQueue.take(java.base@17.0.15/LinkedBlockingQueue.java:435)",
                    "java.util.concurrent.ThreadPoolExecutor.getTask(java.base@17.0.15/ThreadPoolExecutor.java:1061)",
                    WORKER);
        }
        for (int i = 1; i <= 4; i++) {
            String[] lines = new String[code.length + 3];
            lines[0] = "sun.nio.ch.SocketDispatcher.read0(java.base@17.0.15/Native Method)";
            lines[1] = "org.postgresql.core.v3.QueryExecutorImpl.execute(QueryExecutorImpl.java:372)";
            System.arraycopy(code, 0, lines, 2, code.length);
            lines[code.length + 2] = WORKER;
            dump.thread("background-" + i, 20, "RUNNABLE", lines);
        }
        return dump;
    }

    private static Verdict.Status status(long served, String... code) {
        return Runs.process(dump(0, 50, code), dump(DumpText.LATER, served, code))
                .verdict()
                .status();
    }

    @Test
    void takeTheirTimeWhileRequestsAreServed() {
        assertEquals(Verdict.Status.HEALTHY, status(90, REPORT));
    }

    @ParameterizedTest
    @ValueSource(strings = {REPORT, MESSAGE})
    void mayBeStuck(String below) {
        long served = below.equals(MESSAGE) ? 90 : 50;
        assertNotEquals(Verdict.Status.HEALTHY, status(served, "com.acme.Stock.save(Stock.java:8)", below));
    }

    @Test
    void tellNothingInOnePhotograph() {
        ProcessDiagnosis process = Runs.process(dump(0, 50, REPORT));
        assertEquals("external-io-stall", Runs.rules(process).get(0));
        assertTrue(Severity.LOW.atLeast(process.findings().get(0).severity()));
        assertEquals(Verdict.Status.INCONCLUSIVE, process.verdict().status());
    }
}
