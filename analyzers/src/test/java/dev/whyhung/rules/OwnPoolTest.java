package dev.whyhung.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whyhung.DumpText;
import dev.whyhung.MadeRecording;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.diagnose.verdict.Verdict;
import dev.whyhung.model.CallStack;
import dev.whyhung.model.PastWait;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that wait for a signal inside a method of the application. */
class OwnPoolTest {

    private static DumpText requests(int second, String method) {
        DumpText dump = DumpText.withOwners(second);
        for (int i = 1; i <= 6; i++) {
            dump.thread(
                    "http-nio-8080-exec-" + i,
                    "WAITING (on object monitor)",
                    "java.lang.Object.wait(java.base@17.0.15/Native Method)",
                    "- waiting on <0x00000000aa000001> (a com.acquirer.Lines)",
                    method + "(Lines.java:14)",
                    "- locked <0x00000000aa000001> (a com.acquirer.Lines)",
                    "com.acquirer.Shop.draw(Shop.java:9)",
                    "org.apache.tomcat.util.threads.ThreadPoolExecutor$Worker.run(ThreadPoolExecutor.java:659)");
        }
        return dump;
    }

    @ParameterizedTest
    @CsvSource({
        "com.acquirer.Lines.borrowLine, permits-leaked",
        "com.acquirer.Lines.acquire, permits-leaked",
        "com.acquirer.Lines.release, lost-wakeup",
        "com.acquirer.Lines.awaitDraw, lost-wakeup"
    })
    void isKnownByTheNameOfItsMethod(String method, String expected) {
        var process = Runs.process(requests(0, method), requests(DumpText.LATER, method));
        assertEquals(expected, Runs.rules(process).get(0));
    }

    private static DumpText workers(int second, String method, String... holding) {
        DumpText dump = DumpText.withOwners(second);
        for (int i = 1; i <= 6; i++) {
            dump.parked(
                    "stock-" + i,
                    "WAITING (parking)",
                    "<0x00000000aa000001> (a java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject)",
                    "java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject.await(java.base@17.0.15/A.java:1627)",
                    "java.util.concurrent.ArrayBlockingQueue.take(java.base@17.0.15/ArrayBlockingQueue.java:420)",
                    method + "(Lines.java:14)",
                    "com.acme.Stock.lookup(Stock.java:31)",
                    "java.util.concurrent.ThreadPoolExecutor$Worker.run(java.base@17.0.15/ThreadPoolExecutor.java:635)");
        }
        if (holding.length > 0) {
            dump.thread("stock-7", "RUNNABLE", holding);
        }
        return dump;
    }

    /** The loop of a consumer takes from a queue, too. */
    @ParameterizedTest
    @CsvSource({
        "com.acme.Lines.borrow, HUNG, permits-leaked",
        "com.acme.Lines.getConnection, HUNG, permits-leaked",
        "com.acme.Lines.next, HEALTHY, healthy-idle",
        "com.acme.Lines.acquireJob, HEALTHY, healthy-idle",
        "com.acme.Checkout.checkoutNext, HEALTHY, healthy-idle",
        "com.acme.Desk.borrowNext, HEALTHY, healthy-idle",
        "com.acme.Links.getConnectionEvent, HEALTHY, healthy-idle",
        "com.acme.Handoff.acquireNextConnection, HEALTHY, healthy-idle",
        "com.acme.Apns.push, HEALTHY, healthy-idle"
    })
    void mayBeAQueue(String method, Verdict.Status status, String expected) {
        var process = Runs.process(workers(0, method), workers(DumpText.LATER, method));
        assertEquals(expected, Runs.rules(process).get(0));
        assertEquals(status, process.verdict().status());
    }

    /** Who has one stands in the code that asked for it, and waits for something else. */
    @Test
    void isHeldByThoseWhoUseIt() {
        String[] query = {
            "java.net.SocketInputStream.socketRead0(Native Method)",
            "com.acme.Line.query(Line.java:50)",
            "com.acme.Stock.lookup(Stock.java:33)",
            "java.util.concurrent.ThreadPoolExecutor$Worker.run(java.base@17.0.15/ThreadPoolExecutor.java:635)"
        };
        String method = "com.acme.Lines.borrow";
        var process = Runs.process(workers(0, method, query), workers(DumpText.LATER, method, query));
        assertEquals("permits-held-across-blocking-call", Runs.rules(process).get(0));
        assertEquals(6, process.findings().get(0).victims().size());
    }

    private static DumpText signalled(int second, String method, String caller) {
        DumpText dump = DumpText.withOwners(second);
        for (int i = 1; i <= 6; i++) {
            dump.thread(
                    "front-" + i,
                    "WAITING (on object monitor)",
                    "java.lang.Object.wait(java.base@17.0.15/Native Method)",
                    "- waiting on <0x00000000aa000001> (a com.acme.Own)",
                    method + "(Own.java:14)",
                    caller + "(Own.java:24)",
                    "com.acme.orders.Book.add(Book.java:3)",
                    "com.acme.web.Request.handle(Request.java:9)",
                    "java.util.concurrent.ThreadPoolExecutor$Worker.run(java.base@17.0.15/ThreadPoolExecutor.java:635)");
        }
        return dump;
    }

    /** A method may leave the waiting to another of its class; and a pool lends, while sources of work are acquired as well. */
    @ParameterizedTest
    @CsvSource({
        "com.acme.SessionPool.acquire, com.acme.Store.fetch, HUNG, permits-leaked",
        "com.acme.SessionPool.acquireTask, com.acme.Store.fetch, INCONCLUSIVE, healthy-idle",
        "com.acme.Sources.acquire, com.acme.Store.fetch, INCONCLUSIVE, healthy-idle",
        "com.acme.Ring.pause, com.acme.Ring.publish, HUNG, queue-full-producer-blocked",
        "com.acme.Ring.pause, com.acme.Ring.next, HEALTHY, healthy-idle"
    })
    void workersOfOtherNamesAskInVain(String method, String caller, Verdict.Status verdict, String expected) {
        var process = Runs.process(signalled(0, method, caller), signalled(DumpText.LATER, method, caller));
        assertEquals(expected, Runs.rules(process).get(0));
        assertEquals(verdict, process.verdict().status());
    }

    private static final CallStack IDLE = MadeRecording.stack(
            "java.util.concurrent.LinkedBlockingQueue.take(java.base@17.0.15/LinkedBlockingQueue.java:435)",
            "java.util.concurrent.ThreadPoolExecutor.getTask(java.base@17.0.15/ThreadPoolExecutor.java:1061)");

    private static void served(MadeRecording recording, int id, String name) {
        for (int at = -30; at < 5; at += 3) {
            recording.wait(PastWait.Kind.PARK, "", at, at + 2, MadeRecording.thread(id, name), IDLE);
        }
    }

    /** Workers ask a quota since the fifth second, while another thread sleeps at this place. */
    private static ProcessDiagnosis quota(String sleeper) {
        MadeRecording recording = MadeRecording.of("r.jfr", -60, 50);
        DumpText dump = DumpText.withoutOwners(50);
        for (int i = 1; i <= 6; i++) {
            served(recording, i, "gate-" + i);
            dump.thread(
                    "gate-" + i,
                    "WAITING (on object monitor)",
                    "java.lang.Object.wait(java.base@17.0.15/Native Method)",
                    "- waiting on <0x00000000aa000001> (a com.acme.Quota)",
                    "com.acme.Quota.acquire(Quota.java:14)",
                    "com.acme.Routes.route(Routes.java:6)",
                    "com.acme.Routes.lambda$open$0(Routes.java:5)",
                    "java.util.concurrent.ThreadPoolExecutor.runWorker(java.base@17.0.15/ThreadPoolExecutor.java:1136)");
        }
        for (double at = 45; at < 50; at++) {
            recording.wait(
                    PastWait.Kind.SLEEP,
                    "",
                    at,
                    at + .9,
                    MadeRecording.thread(7, "accept"),
                    MadeRecording.stack(
                            "java.lang.Thread.sleep(java.base@17.0.15/Native Method)", sleeper + "(Sleeper.java:5)"));
        }
        dump.thread(
                "accept",
                "TIMED_WAITING (sleeping)",
                "java.lang.Thread.sleep(java.base@17.0.15/Native Method)",
                sleeper + "(Sleeper.java:5)",
                "java.lang.Thread.run(java.base@17.0.15/Thread.java:840)");
        return Runs.process(recording, dump);
    }

    /** Who accepts, and has others serve, is no holder for all that it is of their class; who lets permits in, and who serves, may be. */
    @ParameterizedTest
    @CsvSource({
        "com.acme.Routes.lambda$open$1, true",
        "com.acme.Quota.lambda$start$0, false",
        "com.acme.Routes.route, false"
    })
    void whoSleepsInALoopBesideThemHoldsNothing(String sleeper, boolean leaked) {
        assertEquals(leaked, Runs.rules(quota(sleeper)).contains("permits-leaked"));
    }

    /** Requests wait for the results of these workers, of whom others are idle. */
    @Test
    void requestsMayWaitForThoseWhoAsk() {
        MadeRecording recording = MadeRecording.of("r.jfr", -60, 50);
        DumpText dump = DumpText.withoutOwners(50);
        for (int i = 1; i <= 6; i++) {
            served(recording, i, "desk-" + i);
            dump.parked(
                    "desk-" + i,
                    "WAITING (parking)",
                    "<0x00000000aa00000%d> (a java.util.concurrent.FutureTask)".formatted(i),
                    "java.util.concurrent.FutureTask.awaitDone(java.base@17.0.15/FutureTask.java:447)",
                    "java.util.concurrent.FutureTask.get(java.base@17.0.15/FutureTask.java:190)",
                    "com.acme.Desk.level(Desk.java:8)",
                    "java.util.concurrent.ThreadPoolExecutor.runWorker(java.base@17.0.15/ThreadPoolExecutor.java:1136)");
        }
        for (int i = 7; i <= 12; i++) {
            served(recording, i, "query-" + i);
            dump.parked(
                    "query-" + i,
                    "WAITING (parking)",
                    "<0x00000000bb000001> (a java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject)",
                    "java.util.concurrent.LinkedBlockingQueue.take(java.base@17.0.15/LinkedBlockingQueue.java:435)",
                    "com.acme.Links.borrow(Links.java:5)",
                    "com.acme.Levels.read(Levels.java:9)",
                    "com.acme.Desk.lambda$level$0(Desk.java:7)",
                    "java.util.concurrent.FutureTask.run(java.base@17.0.15/FutureTask.java:264)",
                    "java.util.concurrent.ThreadPoolExecutor.runWorker(java.base@17.0.15/ThreadPoolExecutor.java:1136)");
        }
        dump.parked(
                "query-13",
                "WAITING (parking)",
                "<0x00000000cc000001> (a java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject)",
                "java.util.concurrent.LinkedBlockingQueue.take(java.base@17.0.15/LinkedBlockingQueue.java:435)",
                "java.util.concurrent.ThreadPoolExecutor.getTask(java.base@17.0.15/ThreadPoolExecutor.java:1061)",
                "java.util.concurrent.ThreadPoolExecutor.runWorker(java.base@17.0.15/ThreadPoolExecutor.java:1136)");
        dump.thread(
                "desk-listener",
                9_000,
                "TIMED_WAITING (sleeping)",
                "java.lang.Thread.sleep(java.base@17.0.15/Native Method)",
                "com.acme.Desk.lambda$open$1(Desk.java:5)",
                "java.lang.Thread.run(java.base@17.0.15/Thread.java:840)");
        ProcessDiagnosis process = Runs.process(recording, dump);
        assertEquals("permits-leaked", Runs.rules(process).get(0));
        assertEquals(.6, process.findings().get(0).score().confidence(), 1e-9);
    }
}
