package dev.whyhung.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.whyhung.Runs;
import dev.whyhung.diagnose.verdict.Verdict;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Dumps to a file of JDK 28, which name the owner of what a thread parks for; threads are written one after the other. */
class NamedOwnersTest {

    private static final int IDLE = 40;

    private static String dump(int waiters, IntUnaryOperator owner) {
        StringBuilder text = new StringBuilder("4711\n2026-03-01T12:00:00Z\n28+30\n\n");
        for (int i = 0; i < waiters; i++) {
            text.append("#")
                    .append(50 + i)
                    .append(" \"pool-1-thread-")
                    .append(i + 2)
                    .append("\" WAITING 2026-03-01T12:00:00Z\n");
            text.append("    at java.base/jdk.internal.misc.Unsafe.park(Native Method)\n");
            text.append(
                            "    - parking to wait for <java.util.concurrent.locks.ReentrantLock$NonfairSync@1a2b>, owner #")
                    .append(owner.applyAsInt(i))
                    .append('\n');
            text.append("""
                    at java.base/java.util.concurrent.locks.LockSupport.park(LockSupport.java:223)
                    at java.base/java.util.concurrent.locks.AbstractQueuedSynchronizer.acquire(AbstractQueuedSynchronizer.java:754)
                    at java.base/java.util.concurrent.locks.ReentrantLock.lock(ReentrantLock.java:322)
                    at com.acme.Quota.take(Quota.java:20)
                    at com.acme.QuotaServlet.get(QuotaServlet.java:11)
                    at java.base/java.util.concurrent.ThreadPoolExecutor.runWorker(ThreadPoolExecutor.java:1076)
                    at java.base/java.lang.Thread.run(Thread.java:1552)

                """);
        }
        text.append("#").append(IDLE).append(" \"pool-1-thread-1\" WAITING 2026-03-01T12:00:00Z\n");
        return text.append("""
                    at java.base/jdk.internal.misc.Unsafe.park(Native Method)
                    - parking to wait for <java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject@77>
                    at java.base/java.util.concurrent.locks.LockSupport.park(LockSupport.java:369)
                    at java.base/java.util.concurrent.LinkedBlockingQueue.take(LinkedBlockingQueue.java:435)
                    at java.base/java.util.concurrent.ThreadPoolExecutor.getTask(ThreadPoolExecutor.java:1016)
                    at java.base/java.util.concurrent.ThreadPoolExecutor.runWorker(ThreadPoolExecutor.java:1076)
                    at java.base/java.lang.Thread.run(Thread.java:1552)
                """).toString();
    }

    private static List<String> rules(String dump) {
        return Runs.rules(Runs.diagnose(Runs.read(dump)).processes().get(0));
    }

    private static ProcessDiagnosis both(String first, String second) {
        return Runs.diagnose(Runs.read(first, second)).processes().get(0);
    }

    @Test
    void showAnIdleOwner() {
        String first = dump(4, i -> IDLE);
        ProcessDiagnosis process = both(first, first.replace("12:00:00Z", "12:00:20Z"));
        assertEquals(Verdict.Status.HUNG, process.verdict().status());
        assertEquals("orphaned-lock-idle-owner", Runs.rules(process).get(0));
    }

    /** It may have been written idle, and have taken the lock before its waiters were written. */
    @Test
    void areOfAnotherMomentInOneDump() {
        ProcessDiagnosis process =
                Runs.diagnose(Runs.read(dump(4, i -> IDLE))).processes().get(0);
        assertNotEquals(Verdict.Status.HUNG, process.verdict().status());
    }

    /** One who is named by few may have let go since; where each names another, the lock goes from hand to hand. */
    @ParameterizedTest
    @CsvSource({"2, 0", "8, 1"})
    void areNotBelievedWithoutAgreement(int waiters, int step) {
        List<String> rules = rules(dump(waiters, i -> IDLE + step * i));
        assertEquals(
                List.of(),
                rules.stream()
                        .filter(rule -> rule.equals("orphaned-lock-idle-owner"))
                        .toList());
    }
}
