package dev.whyhung.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whyhung.DumpText;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.diagnose.rank.RankedFinding;
import dev.whyhung.diagnose.rank.Severity;
import dev.whyhung.fixtures.Cases;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How sure a circle is, by how the dump was taken. */
class DeadlockMonitorOrLockTest {

    private static double confidence(String name, String... files) throws IOException {
        List<String> texts = new ArrayList<>();
        for (String file : files) {
            texts.add(Files.readString(Cases.named(name).file(file)));
        }
        return Runs.finding(
                        Runs.diagnose(Runs.read(texts.toArray(String[]::new)))
                                .processes()
                                .get(0),
                        "deadlock-monitor-or-lock")
                .score()
                .confidence();
    }

    @Test
    void aFileDumpThatWalksTheThreadsIsBelievedWhenItIsRepeated() throws IOException {
        String one = "25/dump-json-1.json";
        assertEquals(.9, confidence("vthreads-deadlock-monitors", one), .001);
        assertEquals(.97, confidence("vthreads-deadlock-monitors", one, "25/dump-json-2.json"), .001);
    }

    @Test
    void aDumpOfOneInstantIsBelievedAtOnce() throws IOException {
        assertEquals(.99, confidence("deadlock-mixed", "17/jstack-l-1.txt"), .001);
    }

    private static final String LEFT = "<0x00000000ee000001> (a com.acme.Account)";
    private static final String RIGHT = "<0x00000000ee000002> (a com.acme.Account)";

    private static DumpText deadlocked(int second, int cpuMillis) {
        return DumpText.withOwners(second)
                .thread("pay-in", cpuMillis, "BLOCKED (on object monitor)", transfer(RIGHT, LEFT))
                .thread("pay-out", cpuMillis, "BLOCKED (on object monitor)", transfer(LEFT, RIGHT));
    }

    private static String[] transfer(String awaited, String held) {
        return new String[] {
            "com.acme.Account.add(Account.java:20)",
            "- waiting to lock " + awaited,
            "com.acme.Bank.transfer(Bank.java:31)",
            "- locked " + held,
            "com.acme.Bank.run(Bank.java:12)"
        };
    }

    private static void assertHung(ProcessDiagnosis process) {
        RankedFinding finding = Runs.finding(process, "deadlock-monitor-or-lock");
        assertTrue(
                finding.severity().atLeast(Severity.HIGH),
                finding.severity() + ", " + finding.finding().persistence());
    }

    /** Up to JDK 23 one of those who wait for a monitor looks again every second, which costs it up to .1 ms. */
    @Test
    void whoLooksAgainForTheMonitorHasNotMoved() {
        ProcessDiagnosis process = Runs.process(deadlocked(0, 5), deadlocked(50, 8));
        assertHung(process);
        assertTrue(Runs.finding(process, "deadlock-monitor-or-lock")
                .finding()
                .persistence()
                .isMeasured());
    }

    @Test
    void isOneAlthoughItsThreadsRanInTheDumpBefore() {
        DumpText running = DumpText.withOwners(0)
                .thread("pay-in", "RUNNABLE", "com.acme.Bank.read(Bank.java:70)", "com.acme.Bank.run(Bank.java:12)")
                .thread("pay-out", "RUNNABLE", "com.acme.Bank.read(Bank.java:70)", "com.acme.Bank.run(Bank.java:12)");
        assertHung(Runs.process(running, deadlocked(DumpText.LATER, 90)));
    }

    /** The circle is why the scheduler stands still, not the other way round. */
    @Test
    void standsBeforeTheSchedulerWhoseThreadIsInTheCircle() {
        String worker =
                "java.util.concurrent.ThreadPoolExecutor.runWorker(java.base@17.0.15/ThreadPoolExecutor.java:1136)";
        String job =
                "java.util.concurrent.ScheduledThreadPoolExecutor$ScheduledFutureTask.run(java.base@17.0.15/ScheduledThreadPoolExecutor.java:305)";
        Function<Integer, DumpText> dump = second -> DumpText.withOwners(second)
                .thread("refresh-1", 5, "BLOCKED (on object monitor)", under(transfer(RIGHT, LEFT), job, worker))
                .thread("search-1", 5, "BLOCKED (on object monitor)", under(transfer(LEFT, RIGHT), worker));
        ProcessDiagnosis process = Runs.process(dump.apply(0), dump.apply(DumpText.LATER));
        assertTrue(Runs.rules(process).contains("scheduler-thread-blocked"), () -> "" + Runs.rules(process));
        assertEquals(1, Runs.finding(process, "deadlock-monitor-or-lock").rank());
    }

    private static String[] under(String[] frames, String... below) {
        return Stream.concat(Stream.of(frames), Stream.of(below)).toArray(String[]::new);
    }
}
