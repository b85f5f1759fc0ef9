package dev.whyhung.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whyhung.FileDumpText;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.diagnose.verdict.Verdict;
import org.junit.jupiter.api.Test;

/** From JDK 26 on a virtual thread that waits for a class leaves its carrier; nothing is printed of it but that it waits. */
class VirtualClassInitTest {

    private static final String USE = "com.acme.Orders.list(Orders.java:12)";

    private static String waiting(String time) {
        FileDumpText dump = new FileDumpText("26-ea+35", time)
                .thread("ForkJoinPool-1-worker-1", FileDumpText.CARRIER)
                .thread(
                        "ForkJoinPool-1-worker-2",
                        "java.base/jdk.internal.misc.Unsafe.park(Native Method)",
                        "java.base/java.util.concurrent.ForkJoinPool.awaitWork(ForkJoinPool.java:2109)",
                        "java.base/java.util.concurrent.ForkJoinPool.runWorker(ForkJoinPool.java:2027)",
                        "java.base/java.util.concurrent.ForkJoinWorkerThread.run(ForkJoinWorkerThread.java:187)")
                .mounted(
                        "handler-0",
                        20,
                        "java.base/java.lang.VirtualThread.parkOnCarrierThread(VirtualThread.java:799)\n"
                                + "java.base/java.util.concurrent.locks.LockSupport.park(LockSupport.java:221)\n"
                                + "java.base/sun.nio.ch.Poller.poll(Poller.java:229)\n"
                                + "java.base/sun.nio.ch.NioSocketImpl.park(NioSocketImpl.java:174)\n"
                                + "java.base/sun.nio.ch.NioSocketImpl.implRead(NioSocketImpl.java:302)\n"
                                + "java.base/java.net.Socket$SocketInputStream.read(Socket.java:964)",
                        "com.acme.Source.open(Source.java:6)",
                        "com.acme.Source.<clinit>(Source.java:5)",
                        USE,
                        FileDumpText.RUN_VIRTUAL);
        for (int i = 1; i < 30; i++) {
            dump.virtual("handler-" + i, "WAITING", USE, FileDumpText.RUN_VIRTUAL);
        }
        return dump.whole();
    }

    @Test
    void whoWaitsInCodeThatCallsNothingWaitsForTheClass() {
        ProcessDiagnosis process = Runs.diagnose(
                        Runs.read(waiting("2026-03-02T10:15:00Z"), waiting("2026-03-02T10:15:10Z")))
                .processes()
                .get(0);
        assertEquals("class-init-stuck", Runs.rules(process).get(0));
        assertEquals(Verdict.Status.HUNG, process.verdict().status());
    }
}
