package dev.whyhung.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whyhung.FileDumpText;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.diagnose.verdict.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

class NestedScopesTest {

    private static final String SCOPE = "java.util.concurrent.StructuredTaskScopeImpl@";
    private static final String JOIN = "java.base/java.lang.VirtualThread.park(VirtualThread.java:742)\n"
            + "java.base/java.util.concurrent.locks.LockSupport.park(LockSupport.java:221)\n"
            + "java.base/jdk.internal.misc.ThreadFlock.awaitAll(ThreadFlock.java:315)\n"
            + "java.base/java.util.concurrent.StructuredTaskScopeImpl.join(StructuredTaskScopeImpl.java:239)\n";
    private static final String SUBTASK =
            "java.base/java.util.concurrent.StructuredTaskScopeImpl$SubtaskImpl.run(StructuredTaskScopeImpl.java:350)\n"
                    + FileDumpText.RUN_VIRTUAL;
    private static final String READ = "java.base/java.lang.VirtualThread.park(VirtualThread.java:742)\n"
            + "java.base/java.util.concurrent.locks.LockSupport.park(LockSupport.java:221)\n"
            + "java.base/sun.nio.ch.Poller.poll(Poller.java:229)\n"
            + "java.base/sun.nio.ch.NioSocketImpl.park(NioSocketImpl.java:174)\n"
            + "java.base/sun.nio.ch.NioSocketImpl.implRead(NioSocketImpl.java:302)\n"
            + "java.base/java.net.Socket$SocketInputStream.read(Socket.java:964)\n"
            + "com.acme.Prices.fetch(Prices.java:40)\n";

    /** Pages that wait for their parts, which wait for parts of their own. */
    private static String pages(String time, boolean innermost, int newer) {
        FileDumpText dump = new FileDumpText("25.0.3+9-LTS", time);
        for (int i = 0; i < 6; i++) {
            dump.virtual("", "WAITING", JOIN + "com.acme.Page.show(Page.java:12)", FileDumpText.RUN_VIRTUAL);
        }
        dump.skip(newer);
        for (int i = 0; i < 6; i++) {
            dump.scope(SCOPE + "a" + i, String.valueOf(20 + i))
                    .virtual("", "WAITING", JOIN + "com.acme.Page.prices(Page.java:21)", SUBTASK);
        }
        for (int i = 0; innermost && i < 6; i++) {
            dump.scope(SCOPE + "b" + i, String.valueOf(26 + newer + i)).virtual("", "WAITING", READ, SUBTASK);
        }
        return dump.whole();
    }

    private static ProcessDiagnosis process(boolean innermost, int newer) {
        return Runs.diagnose(Runs.read(
                        pages("2026-03-02T10:15:00Z", innermost, 0), pages("2026-03-02T10:15:10Z", innermost, newer)))
                .processes()
                .get(0);
    }

    @Test
    void eachWaitsForTheThreadsOfItsOwnScope() {
        ProcessDiagnosis process = process(true, 0);
        assertEquals("external-io-stall", Runs.rules(process).get(0));
    }

    /** A join returns as soon as its threads are gone: nobody is to be named for it. */
    @Test
    void aScopeWithoutThreadsWaitsForNobody() {
        ProcessDiagnosis process = process(false, 0);
        assertEquals(
                List.of(),
                process.findings().stream()
                        .filter(finding -> "self-wait".equals(finding.finding().kind()))
                        .toList());
    }

    /** At the same line as before, and for threads that are younger than the dump before. */
    @Test
    void whoWaitsForNewThreadsHasGoneOn() {
        assertEquals(Verdict.Status.HEALTHY, process(true, 100).verdict().status());
    }

    /** As in plain text, which has no containers: each page waits for two threads that serve it as long as it lives. */
    private static String withoutContainers(String time) {
        FileDumpText dump = new FileDumpText("25.0.3+9-LTS", time);
        for (int i = 0; i < 6; i++) {
            dump.virtual("", "WAITING", JOIN + "com.acme.Session.run(Session.java:12)", FileDumpText.RUN_VIRTUAL)
                    .virtual("", "WAITING", TAKE + "com.acme.Session.send(Session.java:30)", SUBTASK);
        }
        return dump.whole();
    }

    private static final String TAKE = "java.base/java.lang.VirtualThread.park(VirtualThread.java:742)\n"
            + "java.base/java.util.concurrent.locks.LockSupport.park(LockSupport.java:369)\n"
            + "java.base/java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject.await(AbstractQueuedSynchronizer.java:1763)\n"
            + "java.base/java.util.concurrent.LinkedBlockingQueue.take(LinkedBlockingQueue.java:435)\n";

    /** The threads of some scope are there: that nobody works on its result is not to be said. */
    @Test
    void threadsOfScopesThatNoDumpTellsApartAreAtWork() {
        ProcessDiagnosis process = Runs.diagnose(
                        Runs.read(withoutContainers("2026-03-02T10:15:00Z"), withoutContainers("2026-03-02T10:15:10Z")))
                .processes()
                .get(0);
        assertEquals(Verdict.Status.INCONCLUSIVE, process.verdict().status(), process.verdict()::headline);
    }

    /** Each scope keeps two threads that take from the same queue, by this method. */
    private static String consumers(String time, String taker, boolean oneQueue) {
        FileDumpText dump = new FileDumpText("25.0.3+9-LTS", time);
        for (int i = 0; i < 3; i++) {
            dump.virtual("", "WAITING", JOIN + "com.acme.Shift.work(Shift.java:12)", FileDumpText.RUN_VIRTUAL);
        }
        for (int i = 0; i < 3; i++) {
            dump.scope(SCOPE + "c" + i, String.valueOf(20 + i));
            for (int n = 0; n < 2; n++) {
                String queue = "java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject@"
                        + (oneQueue ? 7 : 10 * i + n);
                dump.parked("", queue, TAKE + taker + "\ncom.acme.Sorter.call(Sorter.java:21)", SUBTASK);
            }
        }
        return dump.whole();
    }

    private static Verdict.Status consumers(String taker, boolean oneQueue) {
        return Runs.diagnose(Runs.read(
                        consumers("2026-03-02T10:15:00Z", taker, oneQueue),
                        consumers("2026-03-02T10:15:10Z", taker, oneQueue)))
                .processes()
                .get(0)
                .verdict()
                .status();
    }

    @Test
    void aScopeOfConsumersOfOneQueueIsAtRest() {
        assertEquals(Verdict.Status.HEALTHY, consumers("com.acme.Chute.next(Chute.java:3)", true));
    }

    /** What is lent lies in a queue, too; and an answer comes into one of its own. */
    @Test
    void aScopeOfThreadsThatLackSomethingIsNot() {
        assertEquals(Verdict.Status.HUNG, consumers("com.acme.Lines.borrow(Lines.java:3)", true));
        assertEquals(Verdict.Status.HUNG, consumers("com.acme.Reply.await(Reply.java:3)", false));
    }
}
