package dev.whyhung.graph.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whyhung.DumpText;
import dev.whyhung.FileDumpText;
import dev.whyhung.MadeRecording;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.diagnose.verdict.Verdict;
import dev.whyhung.graph.thread.Persistence;
import dev.whyhung.model.CallStack;
import dev.whyhung.model.PastWait;
import dev.whyhung.model.ThreadId;
import dev.whyhung.model.ThreadRef;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whether who gave no sign of life gave none. */
class SilenceTest {

    private static final String WORK = "com.acme.Rows.hash(Rows.java:8)";
    private static final CallStack SLEEP = MadeRecording.stack(
            "java.lang.Thread.sleep(java.base@25.0.3/Thread.java:540)", "com.acme.Rows.next(Rows.java:5)");

    private static ThreadRef virtual(int id) {
        return new ThreadRef(ThreadId.ofJava(id), "", true);
    }

    /** Two carriers, each with a virtual thread that slept before and after some work, up to so many seconds before the dump. */
    private static List<String> carried(double lastSign) {
        MadeRecording recording = MadeRecording.of("r.jfr", -60, 50);
        DumpText dump = DumpText.withoutOwners(50);
        for (int i = 0; i < 2; i++) {
            for (double at = -50; at + 3 <= lastSign; at += 3.2) {
                recording.wait(PastWait.Kind.SLEEP, "", at, at + 3, virtual(40 + i), SLEEP);
            }
            recording.wait(PastWait.Kind.SLEEP, "", lastSign - 1, lastSign, virtual(40 + i), SLEEP);
            dump.carrier("ForkJoinPool-1-worker-" + (i + 1), 9_000, 40 + i, WORK, "com.acme.Rows.run(Rows.java:4)");
        }
        return Runs.rules(Runs.process(recording, dump));
    }

    @Test
    void aCarrierIsHeardOfByTheThreadThatItCarries() {
        assertFalse(carried(49.9).contains("carriers-exhausted-pinned"));
        assertTrue(carried(0).contains("carriers-exhausted-pinned"));
    }

    /** It has computed for a minute, and never waited. */
    @Test
    void aCarrierOfCodeThatRunsDoesNotStandStill() {
        MadeRecording recording = MadeRecording.of("r.jfr", -60, 50);
        DumpText dump = DumpText.withoutOwners(50);
        for (int i = 0; i < 2; i++) {
            recording.sampled(30, 400, 0, virtual(40 + i));
            dump.carrier("ForkJoinPool-1-worker-" + (i + 1), 9_000, 40 + i, WORK, "com.acme.Rows.run(Rows.java:4)");
        }
        assertFalse(Runs.rules(Runs.process(recording, dump)).contains("carriers-exhausted-pinned"));
    }

    private static final String ENTER = "com.acme.Stock.step(Stock.java:21)";
    private static final String MONITOR = "<0x00000000fe9f4738> (a java.lang.Class for com.acme.Stock)";

    /** A monitor that one has and six wait for, of whom the first came long ago; the others got it lately. */
    private static DumpText queue(MadeRecording recording) {
        DumpText dump = DumpText.withoutOwners(50)
                .thread(
                        "stock-0",
                        "TIMED_WAITING (sleeping)",
                        "java.lang.Thread.sleep(java.base@17.0.15/Native Method)",
                        ENTER,
                        "- locked " + MONITOR,
                        "com.acme.Stock.run(Stock.java:5)");
        for (int i = 1; i <= 6; i++) {
            dump.blockedOn("stock-" + i, MONITOR, ENTER, "com.acme.Stock.run(Stock.java:5)");
            double got = i == 1 ? 45 : 49 + i / 10.;
            recording.wait(
                    PastWait.Kind.MONITOR_ENTER,
                    "java.lang.Class",
                    got - .1,
                    got,
                    MadeRecording.thread(1 + i, "stock-" + i),
                    MadeRecording.stack(ENTER, "com.acme.Stock.run(Stock.java:5)"));
        }
        return dump;
    }

    private static Persistence.Kind held(ProcessDiagnosis process) {
        return Runs.finding(process, "lock-held-across-blocking-call")
                .finding()
                .persistence()
                .kind();
    }

    /** Recordings name the class of a class object, and not which one it is. */
    @Test
    void theMonitorOfAClassIsPassedOnAsWell() {
        MadeRecording recording = MadeRecording.of("r.jfr", -60, 50);
        assertEquals(Persistence.Kind.PROGRESS, held(Runs.process(recording, queue(recording))));
    }

    /** One may wait for seconds while others overtake it; that says the more if a dump before does not have any of them. */
    @Test
    void aDumpFromBeforeItsThreadsSaysNothingOfALock() {
        MadeRecording recording = MadeRecording.of("r.jfr", -60, 50);
        DumpText before = DumpText.withoutOwners(0);
        DumpText last = queue(recording);
        assertEquals(
                Persistence.Kind.PROGRESS, held(Runs.process(List.of(recording), before.idleWorker("other-1"), last)));
    }

    /** Requests that read from a peer; their last recorded waits ended at this second. The recording ended at 46, the dump came at 50. */
    private static Persistence.Kind afterTheEnd(double lastWait) {
        MadeRecording recording = MadeRecording.of("r.jfr", -60, 46);
        DumpText dump = DumpText.withoutOwners(50);
        readers(dump, recording, lastWait);
        return stall(recording, dump.whole());
    }

    private static Persistence.Kind stall(MadeRecording recording, String dump) {
        return Runs.finding(Runs.process(List.of(recording), dump), "external-io-stall")
                .finding()
                .persistence()
                .kind();
    }

    private static void readers(DumpText dump, MadeRecording recording, double lastWait) {
        for (int i = 1; i <= 4; i++) {
            recording.wait(
                    PastWait.Kind.PARK,
                    "",
                    lastWait - 1,
                    lastWait,
                    MadeRecording.thread(i, "http-nio-8080-exec-" + i),
                    MadeRecording.stack(
                            "java.util.concurrent.LinkedBlockingQueue.take(java.base@17.0.15/LinkedBlockingQueue.java:435)"));
            dump.thread(
                    "http-nio-8080-exec-" + i,
                    "RUNNABLE",
                    "sun.nio.ch.SocketDispatcher.read0(java.base@17.0.15/Native Method)",
                    "sun.nio.ch.NioSocketImpl.read(java.base@17.0.15/NioSocketImpl.java:350)",
                    "com.acme.Stock.ask(Stock.java:30)",
                    "com.acme.StockController.get(StockController.java:9)");
        }
    }

    /** A pool that has grown: the starts of these are in no recording. */
    @Test
    void whoBeganAfterItsEndIsNotSilentSinceItsBegin() {
        MadeRecording recording = MadeRecording.of("r.jfr", -60, 46);
        DumpText dump = DumpText.withoutOwners(50);
        readers(dump, MadeRecording.of("other.jfr", -60, 46), 40);
        dump.idleWorker("old-1");
        assertEquals(Persistence.Kind.MEASURED, stall(recording, dump.whole()));
        String grown = dump.whole().replaceAll("(?m)^(\"http.*)elapsed=150.00s", "$1elapsed=3.00s");
        assertEquals(Persistence.Kind.SINGLE, stall(recording, grown));
    }

    @Test
    void afterItsEndARecordingKnowsOfNoSilence() {
        assertEquals(Persistence.Kind.MEASURED, afterTheEnd(40));
        assertEquals(Persistence.Kind.SINGLE, afterTheEnd(45.5));
    }

    private static String burst() {
        FileDumpText dump = new FileDumpText("25.0.3+9-LTS", "2026-03-01T12:00:50Z");
        for (int i = 1; i <= 2; i++) {
            dump.thread("ForkJoinPool-1-worker-" + i, FileDumpText.CARRIER)
                    .running("handler-" + i, "com.acme.Quote.text(Quote.java:" + i + ")", FileDumpText.RUN_VIRTUAL);
        }
        for (int i = 3; i <= 6; i++) {
            dump.running("handler-" + i);
        }
        return dump.whole();
    }

    /** Their starts are in no recording of the default settings. */
    @Test
    void ofCarriersAndNewVirtualThreadsTellsNothing() {
        Verdict verdict = Runs.process(List.of(MadeRecording.of("r.jfr", -90, 50)), burst())
                .verdict();
        assertNotEquals(Verdict.Status.HUNG, verdict.status(), verdict.headline());
    }

    /** Requests that take from a queue without a limit; these threads began at this second, and at 20 they last waited for work. */
    private static Verdict.Status takers(double began) {
        MadeRecording recording = MadeRecording.of("r.jfr", -60, 50);
        DumpText dump = DumpText.withoutOwners(50);
        for (int i = 1; i <= 8; i++) {
            String name = "pool-2-thread-" + i;
            recording
                    .start(began, MadeRecording.thread(i, name), null)
                    .wait(
                            PastWait.Kind.PARK,
                            "",
                            19.9,
                            20,
                            MadeRecording.thread(i, name),
                            MadeRecording.stack(
                                    "java.util.concurrent.LinkedBlockingQueue.take(java.base@17.0.15/LinkedBlockingQueue.java:435)"));
            dump.parked(
                    name,
                    "WAITING (parking)",
                    "<0x00000000fed0%d> (a java.util.concurrent.SynchronousQueue$TransferStack)".formatted(1000 + i),
                    "java.util.concurrent.SynchronousQueue$TransferStack.transfer(java.base@17.0.15/SynchronousQueue.java:397)",
                    "java.util.concurrent.SynchronousQueue.take(java.base@17.0.15/SynchronousQueue.java:886)",
                    "com.acme.Letters.handle(Letters.java:11)",
                    "sun.net.httpserver.ServerImpl$Exchange.run(jdk.httpserver@17.0.15/ServerImpl.java:831)",
                    "java.util.concurrent.ThreadPoolExecutor.runWorker(java.base@17.0.15/ThreadPoolExecutor.java:1136)");
        }
        return Runs.process(List.of(recording), dump).verdict().status();
    }

    @Test
    void whoServedOthersBeforeIsNoSubscriber() {
        assertEquals(Verdict.Status.HUNG, takers(-50));
        assertEquals(Verdict.Status.HEALTHY, takers(19));
    }

    /** Requests wait for a gate that another thread opens from time to time; it has twice, and sleeps now, or is gone. */
    private static ProcessDiagnosis gate(int lastOpened, boolean lives) {
        MadeRecording recording = MadeRecording.of("r.jfr", -60, 50);
        ThreadRef sensor = MadeRecording.thread(9, "gate-sensor");
        String answer = "com.acme.Gate.answer(Gate.java:3)";
        List<DumpText> dumps = List.of(DumpText.withoutOwners(41), DumpText.withoutOwners(50));
        for (int i = 1; i <= 8; i++) {
            String name = "http-nio-8080-exec-" + i;
            for (int n = 0; n < 2; n++) {
                recording.wait(
                        PastWait.Kind.MONITOR_WAIT,
                        "com.acme.Gate",
                        lastOpened - 11 * (n + 1),
                        lastOpened - 11 * n - .1,
                        MadeRecording.thread(i, name),
                        MadeRecording.stack(answer),
                        sensor);
            }
            dumps.forEach(dump -> dump.thread(
                    name,
                    "WAITING (on object monitor)",
                    "java.lang.Object.wait(java.base@17.0.15/Native Method)",
                    "- waiting on <0x00000000ff900870> (a com.acme.Gate)",
                    answer,
                    "com.acme.GateController.get(GateController.java:4)"));
        }
        if (lives) {
            dumps.forEach(dump -> dump.thread(
                    "gate-sensor",
                    "TIMED_WAITING (sleeping)",
                    "java.lang.Thread.sleep(java.base@17.0.15/Native Method)",
                    "com.acme.Sensor.run(Sensor.java:7)"));
        }
        return Runs.process(List.of(recording), dumps.toArray(new DumpText[0]));
    }

    @Test
    void whoWillBeNotifiedAsBeforeIsNotStuck() {
        assertEquals(Verdict.Status.HEALTHY, gate(41, true).verdict().status());
        assertEquals(Verdict.Status.HUNG, gate(30, true).verdict().status(), "late");
        assertEquals(Verdict.Status.HUNG, gate(41, false).verdict().status());
    }

    /** On JDK 8, of which the dump before was taken at the begin of the recording: requests wait for a pool that waits for itself. */
    @Test
    void aDumpFromBeforeThemSaysNothingOfThreads() {
        MadeRecording recording = MadeRecording.of("r.jfr", -60, 50);
        DumpText dump = DumpText.withoutOwners(50).asJava8().idleWorker("old-1");
        for (int i = 2; i <= 11; i++) {
            boolean worker = i <= 5;
            String name = worker ? "render-" + i : "http-nio-8080-exec-" + i;
            recording
                    .start(-50, MadeRecording.thread(i, name), null)
                    .wait(
                            PastWait.Kind.PARK,
                            "",
                            9,
                            10,
                            MadeRecording.thread(i, name),
                            MadeRecording.stack(
                                    "java.util.concurrent.LinkedBlockingQueue.take(LinkedBlockingQueue.java:442)"));
            dump.thread(
                    name,
                    "WAITING (parking)",
                    "sun.misc.Unsafe.park(Native Method)",
                    "- parking to wait for  <0x00000000fed01%d> (a java.util.concurrent.FutureTask)".formatted(100 + i),
                    "java.util.concurrent.FutureTask.awaitDone(FutureTask.java:429)",
                    "java.util.concurrent.FutureTask.get(FutureTask.java:191)",
                    worker ? "com.acme.Farm.doc(Farm.java:10)" : "com.acme.Farm.answer(Farm.java:20)",
                    worker ? "com.acme.Farm.lambda$answer$1(Farm.java:19)" : "com.acme.FarmController.get(C.java:9)",
                    worker
                            ? "java.util.concurrent.FutureTask.run(FutureTask.java:266)"
                            : "javax.servlet.http.HttpServlet.service(HttpServlet.java:764)",
                    "java.util.concurrent.ThreadPoolExecutor.runWorker(ThreadPoolExecutor.java:1149)");
        }
        DumpText begin = DumpText.withoutOwners(0).asJava8().idleWorker("old-1");
        Verdict verdict = Runs.processInUtc(List.of(recording), begin, dump).verdict();
        assertEquals(Verdict.Status.HUNG, verdict.status(), verdict.headline());
    }

    /** Workers that served up to the third second wait for a signal in two dumps, the later of which was taken long after the recording. */
    private static Verdict.Status longAfterTheEnd(long cpuMillis) {
        MadeRecording recording = MadeRecording.of("r.jfr", -60, 22);
        CallStack idle = MadeRecording.stack(
                "java.util.concurrent.LinkedBlockingQueue.take(java.base@17.0.15/LinkedBlockingQueue.java:435)",
                "java.util.concurrent.ThreadPoolExecutor.getTask(java.base@17.0.15/ThreadPoolExecutor.java:1061)");
        for (int i = 1; i <= 6; i++) {
            for (int at = -30; at < 3; at++) {
                recording.wait(PastWait.Kind.PARK, "", at, at + .9, MadeRecording.thread(i, "gate-" + i), idle);
            }
        }
        return Runs.process(List.of(recording), quotaAt(20, 90), quotaAt(58, cpuMillis))
                .verdict()
                .status();
    }

    private static DumpText quotaAt(int second, long cpuMillis) {
        DumpText dump = DumpText.withoutOwners(second);
        for (int i = 1; i <= 6; i++) {
            dump.thread(
                    "gate-" + i,
                    cpuMillis,
                    "WAITING (on object monitor)",
                    "java.lang.Object.wait(java.base@17.0.15/Native Method)",
                    "- waiting on <0x00000000aa000001> (a com.acme.Quota)",
                    "com.acme.Quota.acquire(Quota.java:14)",
                    "com.acme.Routes.route(Routes.java:6)",
                    "java.util.concurrent.ThreadPoolExecutor.runWorker(java.base@17.0.15/ThreadPoolExecutor.java:1136)");
        }
        return dump;
    }

    @Test
    void whoHasNotMovedSinceItEndedIsSilentStill() {
        assertEquals(Verdict.Status.HUNG, longAfterTheEnd(90));
        assertEquals(Verdict.Status.HEALTHY, longAfterTheEnd(400));
    }
}
