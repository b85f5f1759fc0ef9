package dev.whyhung.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.whyhung.DumpText;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.diagnose.verdict.Verdict;
import org.junit.jupiter.api.Test;

/** Locks that an application has made of a flag and a loop. */
class SpinLockTest {

    private static final String RULE = "spin-livelock";
    private static final String YIELD = "java.lang.Thread.yield(java.base@17.0.15/Native Method)";
    private static final String TRADE = "com.acme.Ticker.trade(Ticker.java:20)";

    private static void spinning(DumpText dump, int count, int second, String... top) {
        for (int i = 1; i <= count; i++) {
            dump.thread("trader-" + i, 400 + second * 500L, "RUNNABLE", top);
        }
    }

    private static ProcessDiagnosis twice(int count, boolean somebodyInside, String... top) {
        DumpText first = DumpText.withOwners(0);
        DumpText second = DumpText.withOwners(DumpText.LATER);
        for (DumpText dump : new DumpText[] {first, second}) {
            spinning(dump, count, dump == first ? 0 : DumpText.LATER, top);
            if (somebodyInside) {
                dump.thread("trader-9", 5, "RUNNABLE", "com.acme.Price.of(Price.java:8)", TRADE);
            }
        }
        return Runs.process(first, second);
    }

    @Test
    void thoseWhoSpinForOneThatNobodyHas() {
        ProcessDiagnosis yielding = twice(2, false, YIELD, "com.acme.Board.lock(Board.java:13)", TRADE);
        assertEquals(.35, Runs.finding(yielding, RULE).score().confidence());
        assertEquals(Verdict.Status.HEALTHY, yielding.verdict().status());
        ProcessDiagnosis bare = twice(2, false, "com.acme.Ticker$SpinGuard.enter(Ticker.java:13)", TRADE);
        assertEquals(.35, Runs.finding(bare, RULE).score().confidence());
    }

    @Test
    void somebodyHasIt() {
        assertFalse(Runs.rules(twice(2, true, YIELD, "com.acme.Board.lock(Board.java:13)", TRADE))
                .contains(RULE));
    }

    @Test
    void oneAlonePolls() {
        assertFalse(Runs.rules(twice(1, false, YIELD, "com.acme.Board.lock(Board.java:13)", TRADE))
                .contains(RULE));
    }

    /** A computation, or a consumer of a ring. */
    @Test
    void namesThatTellNoLock() {
        assertFalse(Runs.rules(twice(2, false, "com.acme.Sensor.acquire(Sensor.java:4)", TRADE))
                .contains(RULE));
        assertFalse(Runs.rules(twice(2, false, YIELD, "com.acme.Ring.waitFor(Ring.java:4)", TRADE))
                .contains(RULE));
    }
}
