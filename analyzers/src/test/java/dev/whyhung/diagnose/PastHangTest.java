package dev.whyhung.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whyhung.DumpText;
import dev.whyhung.MadeRecording;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.rank.RankedFinding;
import dev.whyhung.diagnose.verdict.Verdict;
import dev.whyhung.finding.Tier;
import dev.whyhung.model.CallStack;
import dev.whyhung.model.PastWait;
import dev.whyhung.model.ThreadRef;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A hang that is over in the last dump, while the recording tells of the time before and after it alike. */
class PastHangTest {

    private static final String CATALOGUE = "<0x00000000ee000001> (a com.acme.Catalogue)";
    private static final String[] WAIT = {
        "com.acme.Catalogue.price(Catalogue.java:36)", "com.acme.Page.serve(Page.java:30)"
    };
    private static final CallStack ENTER = MadeRecording.stack(WAIT);
    private static final int CHECKOUTS = 6;

    private static DumpText working(int second) {
        DumpText dump = DumpText.withOwners(second)
                .thread(
                        "price-refresh",
                        200,
                        "RUNNABLE",
                        "com.acme.Prices.parse(Prices.java:50)",
                        "com.acme.Prices.run(Prices.java:12)");
        for (int i = 0; i < CHECKOUTS; i++) {
            dump.thread("checkout-" + i, 200, "RUNNABLE", "com.acme.Page.render(Page.java:80)", WAIT[1]);
        }
        return dump;
    }

    private static DumpText hanging(int second) {
        DumpText dump = DumpText.withOwners(second)
                .readingSocket(
                        "price-refresh",
                        "com.acme.Catalogue.refresh(Catalogue.java:42)",
                        "- locked " + CATALOGUE,
                        "com.acme.Prices.run(Prices.java:12)");
        for (int i = 0; i < CHECKOUTS; i++) {
            dump.blockedOn("checkout-" + i, CATALOGUE, WAIT);
        }
        return dump;
    }

    private static ThreadRef checkout(int i) {
        return MadeRecording.thread(2 + i, "checkout-" + i);
    }

    /** All of them came in for that lock at one second and got it at another. */
    private static void queue(MadeRecording recording, double from, double to) {
        for (int i = 0; i < CHECKOUTS; i++) {
            recording.wait(PastWait.Kind.MONITOR_ENTER, "com.acme.Catalogue", from, to, checkout(i), ENTER);
        }
    }

    private static MadeRecording recording() {
        return MadeRecording.of("r.jfr", -50, 59);
    }

    private static void assertTold(ProcessDiagnosis process) {
        assertEquals(
                Verdict.Status.DEGRADED,
                process.verdict().status(),
                process.verdict().headline());
        assertTrue(
                process.verdict().headline().startsWith("At 12:00:15, and no longer at 12:00:50: "),
                process.verdict().headline());
        assertEquals("lock-held-across-blocking-call", Runs.rules(process).get(0));
    }

    /** They queue for it all the time afterwards. */
    @Test
    void whatEndedAfterItIsNoProgressDuringIt() {
        MadeRecording recording = recording();
        queue(recording, 1, 30);
        for (int second = 31; second < 40; second++) {
            queue(recording, second, second + .5);
        }
        assertTold(Runs.process(List.of(recording), hanging(5), hanging(15), working(50)));
    }

    /** The dump was taken in the middle of waits that the recording has from begin to end: one is enough. */
    @Test
    void waitsAroundASingleDumpMeasureIt() {
        MadeRecording recording = recording();
        queue(recording, 1, 30);
        assertTold(Runs.process(List.of(recording), hanging(15), working(50)));
    }

    @Test
    void waitsThatWereShortDoNot() {
        MadeRecording recording = recording();
        queue(recording, 14, 15.9);
        assertEquals(
                Verdict.Status.HEALTHY,
                Runs.process(List.of(recording), hanging(15), working(50))
                        .verdict()
                        .status());
    }

    /** Many wait for a latch that may yet be counted down: a hint, and yet it ranks before what is known for certain. */
    @Test
    void whatStoodStillCountsBehindAHint() {
        RankedFinding first =
                Runs.process(twoFaults(5), twoFaults(15)).findings().get(0);
        assertEquals(Tier.HINT, first.tier());
        ProcessDiagnosis process = Runs.process(twoFaults(5), twoFaults(15), working(50));
        assertEquals(
                Verdict.Status.DEGRADED,
                process.verdict().status(),
                process.verdict().headline());
        assertTrue(process.verdict().headline().startsWith("At 12:00:15, and no longer at 12:00:50: "));
    }

    private static DumpText twoFaults(int second) {
        DumpText dump = hanging(second)
                .thread(
                        "loader",
                        1_000L * second,
                        "RUNNABLE",
                        "com.acme.Load.parse(Load.java:9)",
                        "com.acme.Load.run(Load.java:5)");
        for (int i = 0; i < 25; i++) {
            dump.awaitingLatch(
                    i + "-orders", "com.acme.OrderBook.place(OrderBook.java:41)", "com.acme.Order.run(Order.java:8)");
        }
        return dump;
    }

    private static DumpText atTheTide(int second, long cpuMillis) {
        DumpText dump = DumpText.withOwners(second);
        for (int i = 0; i < 14; i++) {
            dump.parked(
                    "http-nio-8080-exec-" + i,
                    cpuMillis,
                    "WAITING (parking)",
                    "<0x00000000ffbb81a8> (a java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject)",
                    "java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject.await(java.base@17.0.15/AbstractQueuedSynchronizer.java:1630)",
                    "port.quays.Tide.next(Tide.java:3)",
                    "port.quays.Quay.arrivals(Quay.java:9)",
                    "java.util.concurrent.ThreadPoolExecutor$Worker.run(java.base@17.0.15/ThreadPoolExecutor.java:635)");
        }
        return dump;
    }

    /** What comes every few minutes is waited for long, and then again. */
    @Test
    void whoWaitsThereAgainWasNotStuck() {
        assertEquals(
                Verdict.Status.HUNG,
                Runs.process(atTheTide(0, 20), atTheTide(10, 20)).verdict().status());
        Verdict again = Runs.process(atTheTide(0, 20), atTheTide(10, 20), atTheTide(50, 30))
                .verdict();
        assertEquals(Verdict.Status.HEALTHY, again.status(), again.headline());
    }
}
