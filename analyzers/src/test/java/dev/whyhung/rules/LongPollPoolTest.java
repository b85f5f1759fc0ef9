package dev.whyhung.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whyhung.DumpText;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.verdict.Verdict;
import org.junit.jupiter.api.Test;

/** All request threads wait on a condition with a limit, for a message of their own. */
class LongPollPoolTest {

    private static DumpText dump(int second) {
        DumpText dump = DumpText.withOwners(second);
        for (int i = 1; i <= 40; i++) {
            dump.parked(
                    "http-nio-8080-exec-" + i,
                    "TIMED_WAITING (parking)",
                    "<0x00000000ff581560>"
                            + " (a java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject)",
                    "java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject.awaitNanos"
                            + "(java.base@17.0.15/AbstractQueuedSynchronizer.java:1672)",
                    "com.acme.Hub.next(Hub.java:25)",
                    "com.acme.Chat.poll(Chat.java:11)",
                    "java.util.concurrent.ThreadPoolExecutor.runWorker(java.base@17.0.15/ThreadPoolExecutor.java:1136)",
                    "java.lang.Thread.run(java.base@17.0.15/Thread.java:840)");
        }
        return dump;
    }

    @Test
    void oneLookAtThemTellsNothing() {
        assertEquals(
                Verdict.Status.INCONCLUSIVE, Runs.process(dump(0)).verdict().status());
    }

    @Test
    void ifTheyStandStillThePoolIsTaken() {
        assertEquals(
                Verdict.Status.DEGRADED,
                Runs.process(dump(0), dump(DumpText.LATER)).verdict().status());
    }
}
