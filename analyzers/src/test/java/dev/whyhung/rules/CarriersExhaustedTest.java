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

class CarriersExhaustedTest {

    /** Of the threads in {@link FileDumpText}. */
    private static final int FIRST_ID = 20;

    private static final String READ = "java.base/java.io.FileInputStream.readBytes(Native Method)\n"
            + "java.base/java.io.FileInputStream.read(FileInputStream.java:279)\n"
            + "com.acme.Audit.tail(Audit.java:31)";
    private static final String CARRIER = "java.base/jdk.internal.vm.Continuation.run(Continuation.java:254)\n"
            + "java.base/java.lang.VirtualThread.runContinuation(VirtualThread.java:297)\n"
            + "java.base/java.util.concurrent.ForkJoinWorkerThread.run(ForkJoinWorkerThread.java:187)";
    private static final String COMPUTE = "com.acme.Thumbnail.scale(Thumbnail.java:44)";

    /** Two carriers and what they carry, with virtual threads that have none. */
    private static String carriers(String time, String top, int first, int queued) {
        FileDumpText dump = new FileDumpText("25.0.3+9-LTS", time)
                .thread("Signal Dispatcher")
                .thread("ForkJoinPool-1-worker-1", CARRIER)
                .thread("ForkJoinPool-1-worker-2", CARRIER)
                .skip(first)
                .mounted("", FIRST_ID + 1, top, FileDumpText.RUN_VIRTUAL)
                .mounted("", FIRST_ID + 2, top, FileDumpText.RUN_VIRTUAL);
        for (int i = 0; i < queued; i++) {
            dump.scheduled("");
        }
        return dump.whole();
    }

    private static ProcessDiagnosis process(String... texts) {
        return Runs.diagnose(Runs.read(texts)).processes().get(0);
    }

    /** A read of a pipe is native and keeps its carrier, whatever its state says. */
    @Test
    void whoReadsAFileDoesNotCompute() {
        ProcessDiagnosis process =
                process(carriers("2026-03-02T10:15:00Z", READ, 0, 20), carriers("2026-03-02T10:15:10Z", READ, 0, 20));
        assertEquals("carriers-exhausted-pinned", Runs.rules(process).get(0));
        assertEquals("file", process.findings().get(0).finding().kind());
        assertEquals(Verdict.Status.HUNG, process.verdict().status());
    }

    /** Tasks that are forked at once all wait for their turn at first. */
    @Test
    void oneDumpDoesNotTellABurstFromStarvation() {
        ProcessDiagnosis process = process(carriers("2026-03-02T10:15:00Z", COMPUTE, 0, 40));
        assertTrue(Runs.rules(process).contains("carriers-exhausted-cpu"));
        assertEquals(Verdict.Status.INCONCLUSIVE, process.verdict().status());
    }

    @Test
    void whoIsStillWithoutACarrierLaterIsStarved() {
        ProcessDiagnosis process = process(
                carriers("2026-03-02T10:15:00Z", COMPUTE, 0, 40), carriers("2026-03-02T10:15:10Z", COMPUTE, 0, 40));
        assertEquals("carriers-exhausted-cpu", Runs.rules(process).get(0));
        assertEquals(Verdict.Status.HUNG, process.verdict().status());
    }

    /** The carrier always stands in the same frames; what it carries does not. */
    @Test
    void aCarrierWithAnotherThreadHasNotStoodStill() {
        DumpText text = DumpText.withOwners(10);
        for (int id = 1; id <= FIRST_ID; id++) {
            text.idleWorker("http-nio-8080-exec-" + id);
        }
        for (int i = 1; i <= 2; i++) {
            text.carrier(
                    "ForkJoinPool-1-worker-" + i,
                    2000,
                    900 + i,
                    COMPUTE,
                    "java.lang.VirtualThread.run(VirtualThread.java:466)");
        }
        ProcessDiagnosis process = process(carriers("2026-03-01T12:00:00Z", COMPUTE, 0, 0), text.whole());
        assertFalse(Runs.rules(process).contains("carriers-exhausted-pinned"));
    }

    /** Each pin is short: whoever waited for a carrier before has got one since. */
    @Test
    void carriersThatAreLeftAgainAreNotExhausted() {
        ProcessDiagnosis process = process(
                carriers("2026-03-02T10:15:00Z", FileDumpText.PINNED_LOCK, 0, 20),
                carriers("2026-03-02T10:15:10Z", FileDumpText.PINNED_LOCK, 100, 20));
        assertNotEquals(Verdict.Status.HUNG, process.verdict().status());
    }

    /** Threads of the JVM have no frames either, and wait for no carrier. */
    @Test
    void aDumpFromBeforeTellsOfNoQueue() {
        String before = new FileDumpText("25.0.3+9-LTS", "2026-03-02T10:14:50Z")
                .thread("Signal Dispatcher")
                .whole();
        ProcessDiagnosis process = process(before, carriers("2026-03-02T10:15:00Z", FileDumpText.PINNED_LOCK, 0, 20));
        assertEquals("carriers-exhausted-pinned", Runs.rules(process).get(0));
        assertEquals(Verdict.Status.HUNG, process.verdict().status());
    }

    /** A driver that synchronizes its calls pins up to JDK 23 whoever asks the database. */
    @Test
    void pinsInCallsToOthersMayEndAtOnce() {
        String call = CALL.replace("VirtualThread.park(", "VirtualThread.parkOnCarrierThread(");
        String first = carriers("2026-03-02T10:15:00Z", call, 0, 20);
        assertEquals(Verdict.Status.INCONCLUSIVE, process(first).verdict().status());
        assertEquals(
                Verdict.Status.HUNG,
                process(first, carriers("2026-03-02T10:15:10Z", call, 0, 20))
                        .verdict()
                        .status());
    }

    @Test
    void pinsForWhichNobodyWaitsAreNoFault() {
        ProcessDiagnosis process = process(carriers("2026-03-02T10:15:00Z", FileDumpText.PINNED_LOCK, 0, 0));
        assertTrue(Runs.rules(process).contains("carrier-pinned"));
        assertNotEquals(Verdict.Status.DEGRADED, process.verdict().status());
    }

    /** Dumps of JDK 21 by file print neither states nor CPU times; who is woken in vain still shows the frames of its wait. */
    @Test
    void carriersThatTheSameThreadsKeepWhileOthersSeemToWait() {
        String first = pinned("2026-03-02T10:15:00Z", 0, ENTER, 10);
        assertEquals(Verdict.Status.INCONCLUSIVE, process(first).verdict().status());
        ProcessDiagnosis kept = process(first, pinned("2026-03-02T10:15:10Z", 0, ENTER, 10));
        assertEquals("carriers-exhausted-pinned", Runs.rules(kept).get(0));
        assertEquals(Verdict.Status.HUNG, kept.verdict().status());
    }

    @Test
    void carriersThatOthersHaveNowAreNotExhausted() {
        String first = pinned("2026-03-02T10:15:00Z", 0, ENTER, 10);
        ProcessDiagnosis left = process(first, pinned("2026-03-02T10:15:10Z", 20, ENTER, 10));
        assertNotEquals(Verdict.Status.HUNG, left.verdict().status());
        String moved = pinned("2026-03-02T10:15:10Z", 0, ENTER, 10).replace("Session.next", "Session.write");
        assertEquals(
                Verdict.Status.INCONCLUSIVE, process(first, moved).verdict().status());
        ProcessDiagnosis alone =
                process(pinned("2026-03-02T10:15:00Z", 0, ENTER, 0), pinned("2026-03-02T10:15:10Z", 0, ENTER, 0));
        assertNotEquals(Verdict.Status.HUNG, alone.verdict().status());
        String elsewhere = "com.acme.Thumbnail.scale(Thumbnail.java:44)";
        ProcessDiagnosis computing = process(
                pinned("2026-03-02T10:15:00Z", 0, elsewhere, 10), pinned("2026-03-02T10:15:10Z", 0, elsewhere, 10));
        assertNotEquals(Verdict.Status.HUNG, computing.verdict().status());
    }

    /** One virtual thread reads inside a monitor, another is at this place; the rest waits for requests. */
    private static String pinned(String time, int first, String top, int others) {
        FileDumpText dump = new FileDumpText("21.0.12.1+1", time)
                .thread("ForkJoinPool-1-worker-1", CARRIER)
                .thread("ForkJoinPool-1-worker-2", CARRIER)
                .skip(first)
                .thread(
                        "",
                        CALL.replace("VirtualThread.park(", "VirtualThread.parkOnCarrierThread("),
                        "com.acme.Instrument.price(Instrument.java:14)",
                        FileDumpText.RUN_VIRTUAL)
                .thread("", top, FileDumpText.RUN_VIRTUAL)
                .skip(20 - first);
        for (int i = 0; i < others; i++) {
            dump.thread("", CALL.replace("Client.call", "Session.next"), FileDumpText.RUN_VIRTUAL);
        }
        return dump.whole();
    }

    /** Who computes on every carrier keeps others from them, if there are any. */
    @Test
    void carriersOnWhichTheSameThreadsCompute() {
        assertEquals(
                Verdict.Status.INCONCLUSIVE,
                process(computing("00", 40, 5), computing("10", 44, 5))
                        .verdict()
                        .status());
        assertEquals(
                Verdict.Status.HEALTHY,
                process(computing("00", 40, 0), computing("10", 44, 0))
                        .verdict()
                        .status());
    }

    private static String computing(String second, int line, int others) {
        FileDumpText dump = new FileDumpText("21.0.12.1+1", "2026-03-02T10:15:" + second + "Z");
        for (int i = 1; i <= 2; i++) {
            dump.thread("ForkJoinPool-1-worker-" + i, CARRIER);
        }
        for (int i = 0; i < 2; i++) {
            dump.thread("", "com.acme.Thumbnail.scale(Thumbnail.java:" + (line + i) + ")", FileDumpText.RUN_VIRTUAL);
        }
        for (int i = 0; i < others; i++) {
            dump.thread("", CALL.replace("Client.call", "Session.next"), FileDumpText.RUN_VIRTUAL);
        }
        return dump.whole();
    }

    private static final String ENTER = "com.acme.Instrument.price(Instrument.java:12)";

    /** A limit for calls is there to make callers wait; one dump does not tell for how long. */
    @Test
    void manyWaitForTheirTurnBehindALimit() {
        FileDumpText dump = new FileDumpText("25.0.3+9-LTS", "2026-03-02T10:15:00Z");
        for (int i = 0; i < 100; i++) {
            dump.parked(
                    "crawl-" + i, "java.util.concurrent.Semaphore$NonfairSync@1a", PERMIT, FileDumpText.RUN_VIRTUAL);
        }
        for (int i = 0; i < 8; i++) {
            dump.virtual("crawl-" + (100 + i), "WAITING", CALL, FileDumpText.RUN_VIRTUAL);
        }
        ProcessDiagnosis process = process(dump.whole());
        assertEquals("permits-held-across-blocking-call", Runs.rules(process).get(0));
        assertEquals(Verdict.Status.INCONCLUSIVE, process.verdict().status());
    }

    private static final String PARK = "java.base/java.lang.VirtualThread.park(VirtualThread.java:742)\n"
            + "java.base/java.util.concurrent.locks.LockSupport.park(LockSupport.java:221)\n";
    private static final String PERMIT = PARK
            + "java.base/java.util.concurrent.locks.AbstractQueuedSynchronizer.acquire(AbstractQueuedSynchronizer.java:790)\n"
            + "java.base/java.util.concurrent.Semaphore.acquire(Semaphore.java:318)\n"
            + "com.acme.Client.call(Client.java:20)";
    private static final String CALL = PARK
            + "java.base/sun.nio.ch.Poller.poll(Poller.java:229)\n"
            + "java.base/sun.nio.ch.NioSocketImpl.park(NioSocketImpl.java:174)\n"
            + "java.base/sun.nio.ch.NioSocketImpl.implRead(NioSocketImpl.java:302)\n"
            + "java.base/java.net.Socket$SocketInputStream.read(Socket.java:964)\n"
            + "com.acme.Client.call(Client.java:24)";
}
