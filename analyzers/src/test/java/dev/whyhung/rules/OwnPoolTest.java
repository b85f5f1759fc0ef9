package dev.whyhung.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whyhung.DumpText;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.Verdict;
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
}
