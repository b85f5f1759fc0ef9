package dev.whyhung.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whyhung.DumpText;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.diagnose.rank.Severity;
import dev.whyhung.diagnose.verdict.Verdict;
import org.junit.jupiter.api.Test;

/** All requests wait for one monitor, which is not fair: most have waited for long, and yet somebody else has it now. */
class PassedOnLockTest {

    private static final String MONITOR = "<0x00000000f9026588> (a com.acme.Counter)";

    private static DumpText dump(int second, int owner) {
        DumpText dump = DumpText.withOwners(second);
        for (int i = 1; i <= 40; i++) {
            if (i == owner) {
                dump.thread(
                        "http-nio-8080-exec-" + i,
                        second,
                        "TIMED_WAITING (sleeping)",
                        "java.lang.Thread.sleep(java.base@17.0.15/Native Method)",
                        "com.acme.Counter.count(Counter.java:9)",
                        "- locked " + MONITOR,
                        RUN_WORKER,
                        RUN);
            } else {
                dump.thread(
                        "http-nio-8080-exec-" + i,
                        "BLOCKED (on object monitor)",
                        "com.acme.Counter.count(Counter.java:8)",
                        "- waiting to lock " + MONITOR,
                        RUN_WORKER,
                        RUN);
            }
        }
        return dump;
    }

    private static ProcessDiagnosis process(int then, int now) {
        return Runs.process(dump(10, then), dump(10 + DumpText.LATER, now));
    }

    @Test
    void aLockThatChangesHandsHangsNobody() {
        ProcessDiagnosis process = process(3, 7);
        assertEquals(
                Severity.MEDIUM, Runs.finding(process, "thread-pool-exhausted").severity());
        assertEquals(Verdict.Status.DEGRADED, process.verdict().status());
    }

    @Test
    void oneThatDoesNotChangeHandsMay() {
        assertEquals(Verdict.Status.HUNG, process(7, 7).verdict().status());
    }

    private static final String RUN_WORKER =
            "java.util.concurrent.ThreadPoolExecutor.runWorker(java.base@17.0.15/ThreadPoolExecutor.java:1136)";
    private static final String RUN = "java.lang.Thread.run(java.base@17.0.15/Thread.java:840)";
}
