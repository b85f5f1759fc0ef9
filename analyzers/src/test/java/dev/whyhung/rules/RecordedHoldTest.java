package dev.whyhung.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whyhung.DumpText;
import dev.whyhung.MadeRecording;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.diagnose.verdict.Verdict;
import dev.whyhung.finding.Exhibit;
import dev.whyhung.finding.Finding;
import dev.whyhung.model.CallStack;
import dev.whyhung.model.PastWait;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One dump, and a recording that tells for how long nobody has got the lock. */
class RecordedHoldTest {

    private static final String MONITOR = "<0x00000000aa000010> (a com.acme.Table)";
    private static final String PLACE = "com.acme.Table.resolve(Table.java:14)";
    private static final String CALLER = "com.acme.Router.route(Router.java:8)";
    private static final CallStack AT_PLACE =
            MadeRecording.stack("java.util.HashMap.getNode(HashMap.java:579)", PLACE, CALLER);

    private static DumpText waiters(DumpText dump) {
        for (int i = 2; i <= 5; i++) {
            dump.blockedOn("route-" + i, MONITOR, PLACE, CALLER);
        }
        return dump;
    }

    private static DumpText spinning() {
        return waiters(
                DumpText.withoutOwners(50).thread("route-1", 60_000, "RUNNABLE", PLACE, "- locked " + MONITOR, CALLER));
    }

    /** The lock was in demand, and went from hand to hand up to then. */
    private static MadeRecording handedOverUntil(double second) {
        MadeRecording recording = MadeRecording.of("r.jfr", -90, 50).threshold("JavaMonitorEnter", 20);
        for (int i = 1; i <= 5; i++) {
            for (int n = 5; n > 0; n--) {
                recording.wait(
                        PastWait.Kind.MONITOR_ENTER,
                        "com.acme.Table",
                        -n - i,
                        -n - i + .05,
                        MadeRecording.thread(i, "route-" + i),
                        MadeRecording.stack(PLACE, CALLER));
            }
        }
        return recording.total(
                PastWait.Kind.MONITOR_ENTER,
                "com.acme.Table",
                100,
                5,
                .05,
                second,
                MadeRecording.thread(9, "route-9"),
                MadeRecording.stack(PLACE, CALLER));
    }

    private static MadeRecording sampledAt(MadeRecording recording, double second) {
        return recording.samples(second, 2_000, MadeRecording.thread(1, "route-1"), AT_PLACE);
    }

    private static ProcessDiagnosis of(MadeRecording recording, DumpText dump) {
        return Runs.process(List.of(recording), dump);
    }

    @Test
    void whoRunsUnderALockThatNobodyGetsAnyMoreIsToBlame() {
        ProcessDiagnosis diagnosis = of(sampledAt(handedOverUntil(-1), 49.9), spinning());
        Finding finding = Runs.finding(diagnosis, "spin-livelock").finding();
        assertEquals("held", finding.kind());
        assertEquals(.55, finding.confidence(), 1e-9);
        assertTrue(
                finding.explanation().contains("no wait of 20 ms or more is recorded in the last"),
                finding.explanation());
        assertEquals(Verdict.Status.HUNG, diagnosis.verdict().status());
    }

    @Test
    void whatItRanIsToldBesideWhatAllOthersRan() {
        MadeRecording recording = sampledAt(handedOverUntil(-1), 49.9)
                .sampled(20, 480, 0, MadeRecording.thread(1, "route-1"))
                .sampled(20, 15, 90, MadeRecording.thread(99, "metrics"));
        Finding finding =
                Runs.finding(of(recording, spinning()), "spin-livelock").finding();
        Exhibit last = finding.evidence().get(finding.evidence().size() - 1);
        assertEquals("480 of 495 samples of running code in that minute are of this thread", last.text());
        assertEquals("r.jfr", last.source());
    }

    /** Others take the processors, so that it gets next to nothing, but what the process gets is its. */
    @Test
    void whoRunsUnderALockOnAFullMachineIsKnownByItsSamples() {
        MadeRecording recording = sampledAt(handedOverUntil(-1), 49.9);
        assertFalse(Runs.rules(of(recording, starved())).contains("spin-livelock"));
        for (int i = 0; i < 4; i++) {
            recording
                    .sampled(5 + 10 * i, 9, 0, MadeRecording.thread(1, "route-1"))
                    .sampled(5 + 10 * i, 2, 90, MadeRecording.thread(99, "metrics"));
        }
        assertEquals(
                "held",
                Runs.finding(of(recording, starved()), "spin-livelock")
                        .finding()
                        .kind());
        recording.sampled(25, 40, 0, MadeRecording.thread(98, "render"));
        assertFalse(Runs.rules(of(recording, starved())).contains("spin-livelock"), "others run as well");
    }

    /** Requests go round in a list that bites its own tail, without a lock; so many of them, and the others rest. */
    private static List<String> inCircles(int running) {
        MadeRecording recording = MadeRecording.of("r.jfr", -90, 50).load(-90, 50, .1, 1);
        DumpText dump = DumpText.withoutOwners(50);
        String find = "com.acme.Chain.find(Chain.java:62)";
        String serve = "com.acme.ChainController.get(ChainController.java:9)";
        for (int i = 1; i <= 6; i++) {
            String name = "http-nio-8080-exec-" + i;
            if (i > running) {
                dump.idleWorker(name);
                continue;
            }
            dump.thread(name, 700, "RUNNABLE", find, serve);
            recording.samples(49.5, 200, MadeRecording.thread(i, name), MadeRecording.stack(find, serve));
            for (int from = -10; from < 50; from += 10) {
                recording.sampled(from, 5, 0, MadeRecording.thread(i, name));
            }
        }
        return Runs.rules(of(recording, dump));
    }

    @Test
    void aPoolThatRunsInOneMethodForLongMayGoRoundInCircles() {
        assertTrue(inCircles(6).contains("spin-livelock"));
        assertFalse(inCircles(4).contains("spin-livelock"), "two are at hand");
    }

    private static DumpText starved() {
        return waiters(
                DumpText.withoutOwners(50).thread("route-1", 300, "RUNNABLE", PLACE, "- locked " + MONITOR, CALLER));
    }

    @Test
    void aLockThatOthersStillGetIsInDemand() {
        ProcessDiagnosis diagnosis = of(sampledAt(handedOverUntil(48), 49.9), spinning());
        assertFalse(Runs.rules(diagnosis).contains("spin-livelock"));
    }

    @Test
    void whoWasNotSampledThereJustBeforeMayHaveJustCome() {
        ProcessDiagnosis diagnosis = of(sampledAt(handedOverUntil(-1), 20), spinning());
        assertFalse(Runs.rules(diagnosis).contains("spin-livelock"));
    }

    /** It selects without an event, so that nothing tells when it last waited. */
    @Test
    void aLoopThatIsAtWorkInItsHandlerIsNotBlocked() {
        String handler = "com.acme.PriceHandler.channelRead(PriceHandler.java:20)";
        DumpText dump = DumpText.withoutOwners(50)
                .thread(
                        "nioEventLoopGroup-3-1",
                        60_000,
                        "RUNNABLE",
                        handler,
                        "io.netty.channel.AbstractChannelHandlerContext.invokeChannelRead(AbstractChannelHandlerContext.java:444)",
                        "io.netty.channel.nio.NioEventLoop.processSelectedKeys(NioEventLoop.java:650)",
                        "io.netty.channel.nio.NioEventLoop.run(NioEventLoop.java:562)");
        MadeRecording recording = MadeRecording.of("r.jfr", -90, 50)
                .samples(49.9, 2_000, MadeRecording.thread(1, "nioEventLoopGroup-3-1"), MadeRecording.stack(handler));
        assertEquals(
                List.of(),
                Runs.rules(of(recording, dump)).stream()
                        .filter(rule -> rule.startsWith("event-loop") || rule.startsWith("spin"))
                        .toList());
    }

    /** A recording in which somebody got such a lock at this place just before its end. */
    private static MadeRecording gotBySomebody(double from) {
        return MadeRecording.of("r.jfr", from, 50)
                .total(
                        PastWait.Kind.MONITOR_ENTER,
                        "com.acme.Table",
                        60,
                        20,
                        .6,
                        49.8,
                        MadeRecording.thread(9, "route-9"),
                        MadeRecording.stack(PLACE, CALLER));
    }

    /** As a short recording has it, in which hardly a thread has waited often. */
    @Test
    void aLockThatSomebodyGotAMomentAgoPassesFromHandToHand() {
        MadeRecording recording = gotBySomebody(48.5);
        assertEquals(Verdict.Status.HEALTHY, of(recording, retrying()).verdict().status());
        assertEquals(
                Verdict.Status.DEGRADED,
                of(MadeRecording.of("r.jfr", 48.5, 50), retrying()).verdict().status());
    }

    private static DumpText retrying() {
        return waiters(DumpText.withoutOwners(50)
                .thread(
                        "route-1",
                        "TIMED_WAITING (sleeping)",
                        "java.lang.Thread.sleep(java.base@17.0.15/Native Method)",
                        "com.acme.Table.backoff(Table.java:30)",
                        PLACE,
                        "- locked " + MONITOR,
                        CALLER));
    }

    /** Each single sleep is short; the lock is kept over all of them. */
    @Test
    void aLockThatIsKeptWhileItsHolderTriesAgainAndAgainIsHeldForGood() {
        MadeRecording recording = handedOverUntil(-1);
        for (int second = 0; second < 48; second += 3) {
            recording.wait(
                    PastWait.Kind.SLEEP,
                    "",
                    second,
                    second + 2.9,
                    MadeRecording.thread(1, "route-1"),
                    MadeRecording.stack(
                            "java.lang.Thread.sleep(java.base@17.0.15/Native Method)",
                            "com.acme.Table.backoff(Table.java:30)",
                            PLACE,
                            CALLER));
        }
        ProcessDiagnosis diagnosis = of(recording, retrying());
        assertEquals(
                "across-sleep",
                Runs.finding(diagnosis, "lock-held-across-blocking-call")
                        .finding()
                        .kind());
        assertEquals(Verdict.Status.HUNG, diagnosis.verdict().status());
    }

    private static DumpText reading(int second) {
        return waiters(DumpText.withoutOwners(second)
                .readingSocket("route-1", "com.acme.Table.load(Table.java:40)", PLACE, "- locked " + MONITOR, CALLER));
    }

    /** Others get another lock of that class, at the same place. */
    @Test
    void aLockThatTwoDumpsShowHeldIsNotPassedOn() {
        MadeRecording recording = gotBySomebody(-90);
        assertEquals(
                .97,
                Runs.finding(
                                Runs.process(List.of(recording), reading(20), reading(50)),
                                "lock-held-across-blocking-call")
                        .score()
                        .confidence(),
                .001);
    }

    /** Each waits for less than is recorded. */
    @Test
    void dumpsThatShowThreadsMoveAreNotOverruledByARecordingWithoutWaits() {
        assertEquals(
                Verdict.Status.HEALTHY,
                Runs.process(inTurn(10, 1, 100), inTurn(50, 2, 900)).verdict().status());
        MadeRecording silent = MadeRecording.of("r.jfr", -90, 50);
        assertEquals(
                Verdict.Status.HEALTHY,
                Runs.process(List.of(silent), inTurn(10, 1, 100), inTurn(50, 2, 900))
                        .verdict()
                        .status());
        assertEquals(
                Runs.process(inTurn(10, 1, 5), inTurn(50, 2, 5)).verdict(),
                Runs.process(List.of(silent), inTurn(10, 1, 5), inTurn(50, 2, 5))
                        .verdict(),
                "another holder");
    }

    @Test
    void aHoldThatBeganAfterTheDumpBeforeIsMeasuredByTheRecording() {
        MadeRecording recording = MadeRecording.of("r.jfr", -90, 50);
        for (int id = 1; id <= 5; id++) {
            recording.wait(
                    PastWait.Kind.MONITOR_ENTER,
                    "com.acme.Table",
                    20,
                    20 + id * .05,
                    MadeRecording.thread(id, "route-" + id),
                    MadeRecording.stack(PLACE, CALLER));
        }
        assertEquals(
                Verdict.Status.HUNG,
                Runs.process(List.of(recording), inTurn(10, 1, 100), inTurn(50, 2, 900))
                        .verdict()
                        .status());
    }

    private static DumpText inTurn(int second, int holder, long cpuMillis) {
        DumpText dump = DumpText.withOwners(second);
        for (int id = 1; id <= 5; id++) {
            if (id == holder) {
                dump.thread(
                        "route-" + id,
                        cpuMillis,
                        "RUNNABLE",
                        "java.net.SocketInputStream.socketRead0(java.base@17.0.15/Native Method)",
                        PLACE,
                        "- locked " + MONITOR,
                        CALLER);
            } else {
                dump.thread(
                        "route-" + id,
                        cpuMillis,
                        "BLOCKED (on object monitor)",
                        PLACE,
                        "- waiting to lock " + MONITOR,
                        CALLER);
            }
        }
        return dump;
    }

    private static DumpText busy(int second, long cpuMillis) {
        DumpText dump = DumpText.withOwners(second);
        for (int i = 1; i <= 4; i++) {
            dump.thread(
                    "http-nio-8080-exec-" + i,
                    cpuMillis,
                    "RUNNABLE",
                    "com.acme.Chain.find(Chain.java:62)",
                    "com.acme.ChainController.get(ChainController.java:9)");
        }
        return dump;
    }

    @Test
    void twoDumpsOfAPoolThatComputesDoNotTellWhatItDidInBetween() {
        assertFalse(Runs.rules(Runs.process(busy(0, 1000), busy(30, 25_000))).contains("spin-livelock"));
    }
}
