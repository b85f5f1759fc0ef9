package dev.whyhung.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whyhung.DumpText;
import dev.whyhung.MadeRecording;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.diagnose.rank.RankedFinding;
import dev.whyhung.diagnose.rank.Severity;
import dev.whyhung.diagnose.verdict.Verdict;
import dev.whyhung.finding.Finding;
import dev.whyhung.model.CallStack;
import dev.whyhung.model.PastWait;
import dev.whyhung.model.ThreadRef;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What slowed a service down, as events tell alone: its dump shows nothing of it. */
class PastSlownessTest {

    private static final CallStack ENTER = MadeRecording.stack("com.acme.Statistics.record(Statistics.java:47)");

    private static DumpText idle() {
        return DumpText.withoutOwners(50).idleWorker("web-1").idleWorker("web-2");
    }

    private static ProcessDiagnosis of(MadeRecording recording, DumpText dump) {
        return Runs.process(List.of(recording), dump);
    }

    private static MadeRecording contended(double seconds) {
        return MadeRecording.of("r.jfr", -50, 50)
                .total(
                        PastWait.Kind.MONITOR_ENTER,
                        "com.acme.Statistics",
                        4_000,
                        seconds,
                        1.2,
                        49,
                        MadeRecording.thread(1, "web-1"),
                        ENTER);
    }

    @Test
    void aLockForWhichThreadsQueuedIsTold() {
        MadeRecording recording = contended(350);
        ThreadRef keeper = MadeRecording.thread(9, "report");
        for (int i = 0; i < 6; i++) {
            recording.wait(
                    PastWait.Kind.MONITOR_ENTER,
                    "com.acme.Statistics",
                    40 + i,
                    40 + i + .5,
                    MadeRecording.thread(2, "web-2"),
                    ENTER,
                    i == 0 ? MadeRecording.thread(1, "web-1") : keeper);
        }
        ProcessDiagnosis diagnosis = of(recording, idle());
        RankedFinding finding = Runs.finding(diagnosis, "lock-held-by-progressing-thread");
        assertEquals("past", finding.finding().kind());
        assertEquals("report", finding.finding().culprits().get(0).thread());
        assertTrue(
                finding.finding().headline().contains("3.5 on average"),
                finding.finding().headline());
        assertEquals(Severity.LOW, finding.severity());
        assertEquals(Verdict.Status.HEALTHY, diagnosis.verdict().status());
    }

    @Test
    void anOrdinaryLockIsNot() {
        assertFalse(Runs.rules(of(contended(80), idle())).contains("lock-held-by-progressing-thread"));
    }

    @Test
    void waitsForWorkOrForASignalAreNoQueueForALock() {
        MadeRecording recording = MadeRecording.of("r.jfr", -50, 50)
                .total(
                        PastWait.Kind.PARK,
                        "java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject",
                        4_000,
                        900,
                        9,
                        49,
                        MadeRecording.thread(1, "web-1"),
                        MadeRecording.stack("com.acme.Inbox.next(Inbox.java:9)"));
        assertFalse(Runs.rules(of(recording, idle())).contains("lock-held-by-progressing-thread"));
    }

    private static final String QUERY = "com.acme.PriceHandler.query(PriceHandler.java:20)";

    private static MadeRecording loop(double seconds, double every) {
        MadeRecording recording = MadeRecording.of("r.jfr", -50, 50);
        for (int i = 0; i < 10; i++) {
            recording.wait(
                    PastWait.Kind.SOCKET_READ,
                    "10.0.0.7:5432",
                    i * every,
                    i * every + seconds,
                    MadeRecording.thread(1, "nioEventLoopGroup-3-1"),
                    MadeRecording.stack(
                            "sun.nio.ch.NioSocketImpl.implRead(java.base@17.0.15/NioSocketImpl.java:309)",
                            QUERY,
                            "io.netty.channel.nio.NioEventLoop.run(NioEventLoop.java:562)"));
        }
        return recording;
    }

    private static DumpText selecting() {
        return DumpText.withoutOwners(50)
                .thread(
                        "nioEventLoopGroup-3-1",
                        "RUNNABLE",
                        "sun.nio.ch.EPoll.wait(java.base@17.0.15/Native Method)",
                        "sun.nio.ch.EPollSelectorImpl.doSelect(java.base@17.0.15/EPollSelectorImpl.java:118)",
                        "sun.nio.ch.SelectorImpl.lockAndDoSelect(java.base@17.0.15/SelectorImpl.java:129)",
                        "sun.nio.ch.SelectorImpl.select(java.base@17.0.15/SelectorImpl.java:146)",
                        "io.netty.channel.nio.NioEventLoop.select(NioEventLoop.java:883)",
                        "io.netty.channel.nio.NioEventLoop.run(NioEventLoop.java:526)",
                        "io.netty.util.concurrent.FastThreadLocalRunnable.run(FastThreadLocalRunnable.java:30)",
                        "java.lang.Thread.run(java.base@17.0.15/Thread.java:840)");
    }

    @Test
    void aLoopThatWasBlockedAgainAndAgainIsTold() {
        ProcessDiagnosis diagnosis = of(loop(2.8, 3), selecting());
        RankedFinding finding = Runs.finding(diagnosis, "event-loop-blocked");
        assertEquals("past", finding.finding().kind());
        assertEquals(QUERY, finding.finding().site());
        assertEquals(Severity.LOW, finding.severity());
        assertEquals(Verdict.Status.HEALTHY, diagnosis.verdict().status());
        assertTrue(diagnosis.inventory().occupancies().get(0).bars().stream()
                .anyMatch(bar -> bar.range().equals("1 to 10 s") && bar.count() == 10));
    }

    @Test
    void aLoopThatSeldomWaitsIsNot() {
        assertFalse(Runs.rules(of(loop(.12, 4), selecting())).contains("event-loop-blocked"));
        assertFalse(Runs.rules(of(loop(.05, .06), selecting())).contains("event-loop-blocked"), "short calls");
        assertFalse(Runs.rules(of(loop(.11, .12), selecting())).contains("event-loop-blocked"), "once, at its start");
    }

    @Test
    void whatALoopDidBeforeIsEvidenceOfItsBlock() {
        DumpText blocked = DumpText.withoutOwners(50)
                .thread(
                        "nioEventLoopGroup-3-1",
                        "TIMED_WAITING (sleeping)",
                        "java.lang.Thread.sleep(java.base@17.0.15/Native Method)",
                        QUERY,
                        "io.netty.channel.nio.NioEventLoop.processSelectedKeys(NioEventLoop.java:650)",
                        "io.netty.channel.nio.NioEventLoop.run(NioEventLoop.java:562)",
                        "java.lang.Thread.run(java.base@17.0.15/Thread.java:840)");
        Finding finding =
                Runs.finding(of(loop(1.5, 3), blocked), "event-loop-blocked").finding();
        assertTrue(
                finding.evidence().stream().anyMatch(each -> each.text().startsWith("10 calls of these loops")),
                finding.evidence().toString());
    }

    private static DumpText frozen(int second) {
        DumpText dump = DumpText.withoutOwners(second);
        for (int i = 1; i <= 4; i++) {
            dump.thread(
                    "web-" + i, 700, "RUNNABLE", "com.acme.Prices.sum(Prices.java:31)", "com.acme.Web.get(Web.java:9)");
        }
        return dump;
    }

    private static Finding frozen(MadeRecording recording) {
        return Runs.finding(Runs.process(List.of(recording), frozen(30), frozen(50)), "swap-or-io-stall")
                .finding();
    }

    @Test
    void memoryThatWasTakenExplainsThreadsThatGetNoCpu() {
        Finding pressed = frozen(
                MadeRecording.of("r.jfr", -50, 50).memory(-40, 100, 4_000).memory(49, 2_900, 1_500));
        assertTrue(
                pressed.evidence().stream().anyMatch(each -> each.text().startsWith("swap in use grew from 100 MiB")),
                pressed.evidence().toString());
        assertTrue(pressed.evidence().stream().anyMatch(each -> each.text().contains("fell from 4000 MiB")));
        Finding calm = frozen(
                MadeRecording.of("r.jfr", -50, 50).memory(-40, 100, 4_000).memory(49, 120, 3_900));
        assertEquals(.15, pressed.confidence() - calm.confidence(), 1e-9);
    }

    @Test
    void aProcessThatShrankMayHaveGivenItsMemoryBack() {
        Finding shrank = frozen(
                MadeRecording.of("r.jfr", -50, 50).memory(-40, 100, 4_000).memory(49, 120, 1_500));
        assertTrue(shrank.explanation().contains("fits memory that was taken"), shrank.explanation());
        assertFalse(shrank.explanation().contains("memory was short"), shrank.explanation());
    }

    @Test
    void memoryThatWasTakenLongBeforeExplainsNothing() {
        Finding calm = frozen(MadeRecording.of("r.jfr", -7_200, 50)
                .memory(-7_000, 100, 4_000)
                .memory(-6_000, 2_900, 1_500)
                .memory(-600, 2_900, 1_500)
                .memory(49, 2_900, 1_500));
        assertTrue(calm.explanation().contains("a dump does not show"), calm.explanation());
    }

    @Test
    void theSlowestFileOfTheStuckCodeIsNamed() {
        String load = "com.acme.Rates.load(Rates.java:12)";
        DumpText dump = DumpText.withoutOwners(50);
        for (int i = 1; i <= 4; i++) {
            dump.thread(
                    "http-nio-8080-exec-" + i,
                    "RUNNABLE",
                    "java.io.FileInputStream.readBytes(java.base@17.0.15/Native Method)",
                    "java.io.FileInputStream.read(java.base@17.0.15/FileInputStream.java:276)",
                    load);
        }
        MadeRecording recording = MadeRecording.of("r.jfr", -50, 50)
                .total(
                        PastWait.Kind.FILE,
                        "/mnt/nfs/rates.csv",
                        7,
                        9,
                        4,
                        20,
                        MadeRecording.thread(1, "http-nio-8080-exec-1"),
                        MadeRecording.stack(load));
        Finding finding = Runs.finding(of(recording, dump), "file-io-stall").finding();
        assertTrue(
                finding.evidence().stream().anyMatch(each -> each.text().contains("/mnt/nfs/rates.csv")),
                finding.evidence().toString());
    }

    /** The cgroups of a build machine cannot be made to throttle. */
    @Test
    void aContainerThatWasThrottledIsShortOfProcessors() {
        MadeRecording recording =
                MadeRecording.of("r.jfr", -50, 50).throttled(-40, 1_000, 100).throttled(40, 1_800, 500);
        RankedFinding finding = Runs.finding(of(recording, idle()), "cpu-starved-container");
        assertTrue(
                finding.finding().headline().contains("50 %"), finding.finding().headline());
        MadeRecording seldom =
                MadeRecording.of("r.jfr", -50, 50).throttled(-40, 1_000, 700).throttled(40, 1_800, 800);
        assertFalse(Runs.rules(of(seldom, idle())).contains("cpu-starved-container"), "before, not lately");
    }

    @Test
    void oneOrTwoThatRunAreWhatAFullMachineLeavesToAnyService() {
        assertFalse(Runs.rules(of(onAFullMachine(), running(2))).contains("cpu-starved-container"));
        assertTrue(Runs.rules(of(onAFullMachine(), running(4))).contains("cpu-starved-container"));
    }

    /** The pauses last for a third of the time, and what the process uses in all of it is a twentieth of a processor, or half of one. */
    @Test
    void aCollectorThatWaitsForAProcessorDoesNotThrash() {
        assertFalse(Runs.rules(of(collecting(.025), idle())).contains("gc-thrash-or-long-pause"));
        assertTrue(Runs.rules(of(collecting(.25), idle())).contains("gc-thrash-or-long-pause"));
    }

    private static MadeRecording collecting(double jvm) {
        MadeRecording recording = MadeRecording.of("r.jfr", -50, 50).load(-50, 50, jvm, 1);
        for (int second = -50; second < 50; second += 10) {
            recording.collected(second, 3_500);
        }
        return recording;
    }

    private static MadeRecording onAFullMachine() {
        return MadeRecording.of("r.jfr", -50, 50).load(-50, 50, .1, 1);
    }

    private static DumpText running(int threads) {
        DumpText dump = idle();
        for (int i = 1; i <= threads; i++) {
            dump.thread(
                    "render-" + i, "RUNNABLE", "com.acme.Scene.draw(Scene.java:7)", "com.acme.Scene.run(Scene.java:3)");
        }
        return dump;
    }

    /** At the start of a service, say, while classes are initialised. */
    @Test
    void aPinOfAMomentIsNotTold() {
        MadeRecording recording = MadeRecording.of("r.jfr", -50, 50)
                .wait(PastWait.Kind.PINNED, "", -40, -39.7, MadeRecording.thread(1, "web-1"), ENTER);
        assertFalse(Runs.rules(of(recording, idle())).contains("carrier-pinned"));
    }
}
