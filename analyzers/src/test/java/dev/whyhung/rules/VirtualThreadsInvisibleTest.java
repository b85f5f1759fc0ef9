package dev.whyhung.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whyhung.DumpText;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.diagnose.rank.Severity;
import dev.whyhung.diagnose.verdict.Verdict;
import org.junit.jupiter.api.Test;

class VirtualThreadsInvisibleTest {

    private static final String LOCK = "<0x00000000e0000001> (a java.util.concurrent.locks.ReentrantLock$NonfairSync)";
    private static final String[] AWAIT_WORK = {
        "java.util.concurrent.ForkJoinPool.awaitWork(java.base@25.0.3/ForkJoinPool.java:2109)",
        "java.util.concurrent.ForkJoinWorkerThread.run(java.base@25.0.3/ForkJoinWorkerThread.java:187)"
    };

    private static DumpText dump(boolean helper) {
        DumpText dump = DumpText.withOwners(0).thread("ForkJoinPool-1-worker-1", "WAITING (parking)", AWAIT_WORK);
        return helper
                ? dump.thread(
                        "VirtualThread-unblocker",
                        "RUNNABLE",
                        "java.lang.VirtualThread.takeVirtualThreadListToUnblock(java.base@25.0.3/Native Method)")
                : dump;
    }

    @Test
    void anIdleDumpWithCarriersProvesNothing() {
        ProcessDiagnosis process = Runs.process(dump(true));
        assertTrue(Runs.rules(process).contains("virtual-threads-invisible"));
        assertEquals(Verdict.Status.INCONCLUSIVE, process.verdict().status());
    }

    /** Carriers end after half a minute without work. */
    @Test
    void carriersOfAnEarlierDumpTellAsMuch() {
        DumpText later = DumpText.withOwners(DumpText.LATER)
                .thread(
                        "main",
                        "TIMED_WAITING (sleeping)",
                        "java.lang.Thread.sleep(java.base@25.0.3/Native Method)",
                        "com.acme.Main.main(Main.java:9)");
        ProcessDiagnosis process = Runs.process(dump(true), later);
        assertTrue(Runs.rules(process).contains("virtual-threads-invisible"));
        assertEquals(Verdict.Status.INCONCLUSIVE, process.verdict().status());
        assertEquals(
                Verdict.Status.HEALTHY,
                Runs.process(dump(false), later).verdict().status());
    }

    @Test
    void aForkJoinPoolAloneIsNoCarrier() {
        ProcessDiagnosis process = Runs.process(dump(false));
        assertFalse(Runs.rules(process).contains("virtual-threads-invisible"));
        assertEquals(Verdict.Status.HEALTHY, process.verdict().status());
    }

    private static ProcessDiagnosis onJava21(DumpText dump) {
        String text = dump.whole().replace("(17.0.15+6", "(21.0.5+11").replace(" prio=", " daemon prio=");
        return Runs.diagnose(Runs.read(text)).processes().get(0);
    }

    @Test
    void theFirstForkJoinPoolMayCarryAWholeService() {
        ProcessDiagnosis process = onJava21(dump(false));
        assertTrue(Runs.rules(process).contains("virtual-threads-invisible"));
        assertEquals(Verdict.Status.INCONCLUSIVE, process.verdict().status());
    }

    @Test
    void aServiceWithRequestThreadsHasNoNeedOfThem() {
        ProcessDiagnosis process = onJava21(dump(false)
                .thread(
                        "http-nio-8080-exec-1",
                        "WAITING (parking)",
                        "java.util.concurrent.LinkedBlockingQueue.take(java.base@21/LinkedBlockingQueue.java:435)",
                        "org.apache.tomcat.util.threads.TaskQueue.take(TaskQueue.java:38)",
                        "java.util.concurrent.ThreadPoolExecutor.getTask(java.base@21/ThreadPoolExecutor.java:1069)"));
        assertEquals(Verdict.Status.HEALTHY, process.verdict().status());
    }

    @Test
    void aLockWithoutAnOwnerMayBelongToAVirtualThread() {
        DumpText dump = dump(true);
        for (int i = 1; i <= 20; i++) {
            dump.parkedOnLock("http-nio-8080-exec-" + i, LOCK, "com.acme.OrderBook.place(OrderBook.java:41)");
        }
        ProcessDiagnosis process = Runs.process(dump);
        assertEquals(
                .2, Runs.finding(process, "orphaned-lock-dead-owner").score().confidence());
        assertEquals(
                Severity.LOW, Runs.finding(process, "orphaned-lock-dead-owner").severity());
    }
}
