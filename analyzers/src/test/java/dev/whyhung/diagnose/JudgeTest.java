package dev.whyhung.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whyhung.DumpText;
import dev.whyhung.Runs;
import dev.whyhung.rules.Tier;
import org.junit.jupiter.api.Test;

class JudgeTest {

    private static final String LOCK = "<0x00000000e0000001> (a java.util.concurrent.locks.ReentrantLock$NonfairSync)";

    /** Many wait for a lock that a virtual thread may have, which this dump does not show; a few requests ask another system. */
    private static DumpText dump(int second) {
        DumpText dump = DumpText.withOwners(second)
                .thread(
                        "ForkJoinPool-1-worker-1",
                        "WAITING (parking)",
                        "java.util.concurrent.ForkJoinPool.awaitWork(java.base@25.0.3/ForkJoinPool.java:2109)",
                        "java.util.concurrent.ForkJoinWorkerThread.run(java.base@25.0.3/ForkJoinWorkerThread.java:187)")
                .thread(
                        "VirtualThread-unblocker",
                        "RUNNABLE",
                        "java.lang.VirtualThread.takeVirtualThreadListToUnblock(java.base@25.0.3/Native Method)");
        for (char c = 'a'; c < 'u'; c++) {
            dump.parkedOnLock(c + "-orders", LOCK, "com.acme.OrderBook.place(OrderBook.java:41)");
        }
        for (int i = 1; i <= 4; i++) {
            dump.readingSocket("http-nio-8080-exec-" + i, "com.acme.Prices.fetch(Prices.java:41)");
        }
        return dump;
    }

    @Test
    void aHintBeforeItDoesNotGiveTheHeadline() {
        ProcessDiagnosis process = Runs.process(dump(0), dump(DumpText.LATER));
        RankedFinding hint = process.findings().get(0);
        assertEquals(Tier.HINT, hint.tier());
        assertEquals(Severity.LOW, hint.severity());
        RankedFinding stall = Runs.finding(process, "external-io-stall");
        assertEquals(Severity.MEDIUM, stall.severity());
        assertEquals(Verdict.Status.DEGRADED, process.verdict().status());
        assertEquals(stall.finding().headline() + '.', process.verdict().headline());
        assertEquals(stall.score().confidence(), process.verdict().confidence());
    }
}
