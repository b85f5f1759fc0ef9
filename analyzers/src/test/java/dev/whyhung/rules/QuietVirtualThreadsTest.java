package dev.whyhung.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whyhung.DumpText;
import dev.whyhung.FileDumpText;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.diagnose.verdict.Verdict;
import org.junit.jupiter.api.Test;

/** Virtual threads that stand where they stood in the dump before. */
class QuietVirtualThreadsTest {

    private static final String PARK = "java.base/java.lang.VirtualThread.park(VirtualThread.java:582)\n"
            + "java.base/java.util.concurrent.locks.LockSupport.park(LockSupport.java:219)\n";
    private static final String CONDITION = PARK
            + "java.base/java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject.await(AbstractQueuedSynchronizer.java:1860)\n";
    private static final String TAKE =
            CONDITION + "java.base/java.util.concurrent.LinkedBlockingQueue.take(LinkedBlockingQueue.java:435)\n";

    private static String crowd(int second, String... frames) {
        FileDumpText dump = new FileDumpText("17.0.15+6", "2026-03-01T12:00:%02dZ".formatted(second));
        for (int i = 0; i < 40; i++) {
            dump.thread("task-" + i, String.join("\n", frames), FileDumpText.RUN_VIRTUAL);
        }
        return dump.whole();
    }

    private static final String GATE = "com.acme.Gate.pass(Gate.java:9)\ncom.acme.Checkout.pay(Checkout.java:5)";
    private static final String JOBS = "com.acme.Jobs.next(Jobs.java:9)\ncom.acme.Crew.run(Crew.java:5)";
    private static final String MAIL = "com.acme.Mail.arrival(Mail.java:9)\ncom.acme.Actor.mailLoop(Actor.java:5)";
    private static final String LETTERS = "com.acme.Chat.awaitMessage(Chat.java:9)\ncom.acme.Chat.talk(Chat.java:5)";
    private static final String OUTGOING = "com.acme.Outbox.flush(Outbox.java:9)\ncom.acme.Peer.talk(Peer.java:5)";
    private static final String POOL = "com.acme.Pool.borrow(Pool.java:9)\ncom.acme.Dao.load(Dao.java:5)";
    private static final String STAGE = "com.acme.Stage.store(Stage.java:9)";

    private static Verdict.Status twice(String waiting, String code) {
        return Runs.diagnose(Runs.read(crowd(0, waiting, code), crowd(LATER, waiting, code)))
                .processes()
                .get(0)
                .verdict()
                .status();
    }

    @Test
    void areAtRestWhereTheirNamesSaySo() {
        assertEquals(Verdict.Status.HEALTHY, twice(CONDITION, JOBS));
        assertEquals(Verdict.Status.HEALTHY, twice(CONDITION, MAIL));
        assertEquals(Verdict.Status.HEALTHY, twice(TAKE, STAGE));
        assertEquals(Verdict.Status.HEALTHY, twice(TAKE, LETTERS));
        assertEquals(Verdict.Status.HEALTHY, twice(TAKE, OUTGOING));
    }

    @Test
    void mayLackWhatTheyWaitForElsewhere() {
        assertEquals(Verdict.Status.INCONCLUSIVE, twice(CONDITION, GATE));
        assertEquals(Verdict.Status.INCONCLUSIVE, twice(TAKE, POOL));
    }

    private static final int LATER = DumpText.LATER;

    private static final String CALL = PARK
            + "java.base/java.util.concurrent.CompletableFuture$Signaller.block(CompletableFuture.java:1864)\n"
            + "java.base/java.util.concurrent.CompletableFuture.get(CompletableFuture.java:2073)\n"
            + "java.net.http/jdk.internal.net.http.HttpClientImpl.send(HttpClientImpl.java:954)\n"
            + "com.acme.Quotes.get(Quotes.java:9)";

    private static Verdict.Status withCarrier(long millis) {
        return Runs.diagnose(Runs.read(crowd(0, CALL), carrier(0, 50), crowd(LATER, CALL), carrier(LATER, millis)))
                .processes()
                .get(0)
                .verdict()
                .status();
    }

    private static String carrier(int second, long millis) {
        return DumpText.withOwners(second)
                .thread(
                        "ForkJoinPool-1-worker-1",
                        millis,
                        "WAITING (parking)",
                        "jdk.internal.misc.Unsafe.park(java.base@21.0.5/Native Method)",
                        "java.util.concurrent.ForkJoinPool.awaitWork(java.base@21.0.5/ForkJoinPool.java:1893)",
                        "java.util.concurrent.ForkJoinWorkerThread.run(java.base@21.0.5/ForkJoinWorkerThread.java:188)")
                .whole();
    }

    /** Nobody else can have used their carriers. */
    @Test
    void haveGoneOnIfTheirCarriersHaveWorked() {
        assertEquals(Verdict.Status.HUNG, withCarrier(50));
        assertNotEquals(Verdict.Status.HUNG, withCarrier(150));
    }

    private static final String LOCK = "java.util.concurrent.locks.ReentrantLock$NonfairSync";

    /** The file has no owners, the text no virtual threads. */
    private static ProcessDiagnosis mixed(String writer) {
        FileDumpText file = new FileDumpText("17.0.15+6", "2026-03-01T12:00:00Z")
                .parked(
                        "writer",
                        LOCK + "@1a",
                        "java.base/jdk.internal.misc.Unsafe.park(Native Method)",
                        "java.base/java.util.concurrent.locks.LockSupport.park(LockSupport.java:211)",
                        "java.base/java.util.concurrent.locks.AbstractQueuedSynchronizer.acquire(AbstractQueuedSynchronizer.java:715)",
                        "java.base/java.util.concurrent.locks.ReentrantLock.lock(ReentrantLock.java:322)",
                        writer,
                        FileDumpText.RUN);
        for (int i = 0; i < 3; i++) {
            file.parked(
                    "request-" + i,
                    LOCK + (i == 0 ? "@2b" : "@1a"),
                    FileDumpText.LOCK,
                    "com.acme.Books.post(Books.java:" + (i == 0 ? 9 : 7) + ")",
                    FileDumpText.RUN_VIRTUAL);
        }
        DumpText text = DumpText.withOwners(0);
        for (int i = 1; i < 20; i++) {
            text.idleWorker("pool-1-thread-" + i);
        }
        text.parkedOnLock(
                "writer",
                "<0x00000000f49e6480> (a " + LOCK + ")",
                writer,
                "java.lang.Thread.run(java.base@17.0.15/Thread.java:1583)",
                "owns <0x00000000f49e6f00> (a " + LOCK + ")");
        return Runs.diagnose(Runs.read(file.whole(), text.whole())).processes().get(0);
    }

    @Test
    void mayWaitForTheOneLockThatIsListedAndHasNoOtherName() {
        assertTrue(Runs.rules(mixed("com.acme.Books.rotate(Books.java:20)")).contains(DEADLOCK));
        assertFalse(Runs.rules(mixed("com.other.Night.run(Night.java:20)")).contains(DEADLOCK));
    }

    private static final String DEADLOCK = "deadlock-monitor-or-lock";
}
