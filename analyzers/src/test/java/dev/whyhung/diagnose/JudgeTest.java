package dev.whyhung.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whyhung.DumpText;
import dev.whyhung.FileDumpText;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.rank.RankedFinding;
import dev.whyhung.diagnose.rank.Severity;
import dev.whyhung.diagnose.verdict.Verdict;
import dev.whyhung.finding.Tier;
import dev.whyhung.fixtures.Cases;
import dev.whyhung.read.Intake;
import dev.whyhung.read.Source;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    /** Readers of a lock that nobody is seen to have, of whom the dump before shows that they had nothing to do. */
    private static DumpText readers(DumpText dump, int readers, boolean came) {
        for (int i = 1; i <= readers; i++) {
            String name = "prices-" + i;
            if (came) {
                dump.parked(
                        name,
                        50,
                        "WAITING (parking)",
                        "<0x00000000fffc4c68> (a java.util.concurrent.locks.ReentrantReadWriteLock$NonfairSync)",
                        "java.util.concurrent.locks.ReentrantReadWriteLock$ReadLock.lock(java.base@17.0.15/ReentrantReadWriteLock.java:738)",
                        "com.acme.Prices.get(Prices.java:41)");
            } else {
                dump.idleWorker(name);
            }
        }
        return dump;
    }

    /** Threads that wait for a latch, which a hint explains: another is at work, and may count it down. */
    private static DumpText hinted(DumpText dump, int second, int waiters) {
        if (waiters > 0) {
            dump.thread("loader", 900L * second, "RUNNABLE", "com.acme.Load.parse(Load.java:9)");
        }
        for (int i = 1; i <= waiters; i++) {
            dump.awaitingLatch(
                    i + "-orders", "com.acme.OrderBook.place(OrderBook.java:41)", "com.acme.Order.run(Order.java:8)");
        }
        return dump;
    }

    private static DumpText idle(DumpText dump, int workers) {
        for (int i = 1; i <= workers; i++) {
            dump.idleWorker("pool-1-thread-" + i);
        }
        return dump;
    }

    @ParameterizedTest
    @CsvSource({
        "2, 12, 0, HEALTHY", // a seventh of those who wait
        "4, 12, 0, INCONCLUSIVE", // a quarter
        "2, 0, 13, INCONCLUSIVE", // few, but not among many
        "1, 0, 40, HEALTHY", // one among many
        "4, 0, 96, INCONCLUSIVE" // few among many are still four
    })
    void whatNoRuleExplainsCountsByItsShare(int readers, int waiters, int idle, Verdict.Status expected) {
        Verdict verdict = Runs.process(
                        idle(hinted(readers(DumpText.withOwners(0), readers, false), 0, waiters), idle),
                        idle(
                                hinted(
                                        readers(DumpText.withOwners(DumpText.LATER), readers, true),
                                        DumpText.LATER,
                                        waiters),
                                idle))
                .verdict();
        assertEquals(expected, verdict.status(), verdict.headline());
    }

    @Test
    void healthIsTheSurerTheMoreDumpsThereAre() {
        Verdict once = Runs.process(idle(DumpText.withOwners(0), 5)).verdict();
        Verdict twice = Runs.process(idle(DumpText.withOwners(0), 5), idle(DumpText.withOwners(DumpText.LATER), 5))
                .verdict();
        Verdict hinted = Runs.process(
                        hinted(DumpText.withOwners(0), 0, 12),
                        hinted(DumpText.withOwners(DumpText.LATER), DumpText.LATER, 12))
                .verdict();
        assertEquals(.6, once.confidence());
        assertEquals(.9, twice.confidence());
        assertEquals(Verdict.Status.HEALTHY, hinted.status());
        assertEquals(.5, hinted.confidence());
    }

    @Test
    void aDumpOfWhichPartIsMissingIsNotHealthy() {
        String cut = idle(DumpText.withOwners(0), 5).cut();
        Verdict verdict = Runs.diagnose(Runs.read(cut)).processes().get(0).verdict();
        assertEquals(Verdict.Status.INCONCLUSIVE, verdict.status());
        assertEquals("Part of this dump is missing, and what it shows points to no hang.", verdict.headline());
    }

    /** JDK 21 prints neither their states nor what they used. */
    @Test
    void whereEveryCarrierIsTakenNobodyKnowsByWhat() {
        FileDumpText dump = new FileDumpText("21.0.5+11", "2026-03-01T12:00:00Z");
        for (int i = 1; i <= 2; i++) {
            dump.thread("ForkJoinPool-1-worker-" + i, FileDumpText.CARRIER);
        }
        for (int i = 1; i <= 2; i++) {
            dump.thread("", "com.acme.Hash.of(Hash.java:3)", FileDumpText.RUN_VIRTUAL);
        }
        Verdict verdict =
                Runs.diagnose(Runs.read(dump.whole())).processes().get(0).verdict();
        assertEquals(Verdict.Status.INCONCLUSIVE, verdict.status(), verdict.headline());
        assertTrue(verdict.headline().startsWith("Every carrier has a virtual thread"), verdict.headline());
    }

    /** A recording with no dump at all: of its threads only events tell. */
    @Test
    void withoutADumpTheOnsetIsTold() {
        Path file = Cases.directory().resolve("recording-without-dump/17/recording.jfr");
        Verdict verdict = Runs.diagnose(Intake.read(List.of(Source.file("r.jfr", file, true))))
                .processes()
                .get(0)
                .verdict();
        assertEquals(Verdict.Status.INCONCLUSIVE, verdict.status());
        assertTrue(
                verdict.headline()
                        .startsWith("The recording holds no thread dump of its end; its workers have been silent"
                                + " since 20"),
                verdict.headline());
    }
}
