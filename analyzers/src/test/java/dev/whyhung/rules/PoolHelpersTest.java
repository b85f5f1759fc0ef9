package dev.whyhung.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whyhung.DumpText;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.ProcessDiagnosis;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Threads that open connections for a pool. */
class PoolHelpersTest {

    private static DumpText c3p0(DumpText dump, long helperCpu) {
        for (int i = 1; i <= 8; i++) {
            dump.thread(
                    "http-nio-8080-exec-" + i,
                    "WAITING (on object monitor)",
                    "java.lang.Object.wait(java.base@17.0.15/Native Method)",
                    "- waiting on <0x00000000e0000009> (a com.mchange.v2.resourcepool.BasicResourcePool)",
                    "com.mchange.v2.resourcepool.BasicResourcePool.awaitAvailable(BasicResourcePool.java:1503)",
                    "- locked <0x00000000e0000009> (a com.mchange.v2.resourcepool.BasicResourcePool)",
                    "com.mchange.v2.c3p0.impl.AbstractPoolBackedDataSource.getConnection(AbstractPoolBackedDataSource.java:146)",
                    "com.acme.OrderDao.find(OrderDao.java:9)",
                    "java.util.concurrent.ThreadPoolExecutor.runWorker(java.base@17.0.15/ThreadPoolExecutor.java:1136)",
                    "java.lang.Thread.run(java.base@17.0.15/Thread.java:840)");
        }
        for (int i = 0; i < 3; i++) {
            dump.thread(
                    "C3P0PooledConnectionPoolManager[identityToken->z8]-HelperThread-#" + i,
                    helperCpu,
                    "TIMED_WAITING (on object monitor)",
                    "java.lang.Object.wait(java.base@17.0.15/Native Method)",
                    "- waiting on <no object reference available>",
                    "com.mchange.v2.async.ThreadPoolAsynchronousRunner$PoolThread.run(ThreadPoolAsynchronousRunner.java:683)",
                    "- locked <0x000000069dc02d68> (a com.mchange.v2.async.ThreadPoolAsynchronousRunner)");
        }
        return dump;
    }

    /** c3p0 0.10, as captured: a refused connection is tried again every second, from threads that rest in between. */
    @Test
    void helpersThatWorkWhileNobodyGetsAConnectionTryInVain() {
        ProcessDiagnosis process =
                Runs.process(c3p0(DumpText.withOwners(0), 18), c3p0(DumpText.withOwners(DumpText.LATER), 26));
        assertEquals("pool-cannot-create", Runs.rules(process).get(0));
        assertEquals("between-tries", process.findings().get(0).finding().kind());
    }

    @Test
    void helpersThatRestHaveNothingToOpen() {
        ProcessDiagnosis process =
                Runs.process(c3p0(DumpText.withOwners(0), 18), c3p0(DumpText.withOwners(DumpText.LATER), 18));
        assertEquals("connection-leak", Runs.rules(process).get(0));
        assertFalse(Runs.rules(process).contains("pool-cannot-create"));
    }

    @Test
    void oneDumpLeavesBothReadings() {
        List<String> rules = Runs.rules(Runs.process(c3p0(DumpText.withOwners(0), 18)));
        assertEquals("connection-leak", rules.get(0));
        assertTrue(rules.contains("pool-cannot-create"));
    }
}
