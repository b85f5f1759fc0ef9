package dev.whyhung.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.whyhung.FileDumpText;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.diagnose.verdict.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Waits for a class under initialisation in dumps that show such threads as runnable. */
class UnprintedInitTest {

    private static final String FIRST = "2026-03-01T12:00:00Z";
    private static final String LATER = "2026-03-01T12:00:10Z";

    private static final String POOL =
            "java.base/java.util.concurrent.ThreadPoolExecutor.runWorker(ThreadPoolExecutor.java:1144)";

    private static FileDumpText initialiser(FileDumpText dump, String top) {
        return dump.thread(
                "http-nio-8080-exec-1", top, "com.acme.Orders.place(Orders.java:12)", POOL, FileDumpText.RUN);
    }

    private static FileDumpText waiters(FileDumpText dump) {
        for (int i = 3; i < 12; i++) {
            dump.thread("http-nio-8080-exec-" + i, "com.acme.Orders.place(Orders.java:12)", POOL, FileDumpText.RUN);
        }
        return dump;
    }

    /** @param line in the second initialiser */
    private static String circle(String time, int line) {
        FileDumpText dump = initialiser(new FileDumpText("21.0.5+11", time), "com.acme.Stock.<clinit>(Stock.java:7)")
                .thread(
                        "http-nio-8080-exec-2",
                        "com.acme.Prices.<clinit>(Prices.java:" + line + ")",
                        "com.acme.Offers.make(Offers.java:40)",
                        POOL,
                        FileDumpText.RUN);
        return waiters(dump).whole();
    }

    private static ProcessDiagnosis process(String... dumps) {
        return Runs.diagnose(Runs.read(dumps)).processes().get(0);
    }

    @Test
    void twoThatHaveNotMovedWaitForEachOther() {
        ProcessDiagnosis process = process(circle(FIRST, 9), circle(LATER, 9));
        assertEquals(Verdict.Status.HUNG, process.verdict().status());
        assertEquals("deadlock-class-init", Runs.rules(process).get(0));
        assertEquals(9, Runs.finding(process, "deadlock-class-init").victims().size());
    }

    @Test
    void oneThatMovesIsNoCircle() {
        assertFalse(Runs.rules(process(circle(FIRST, 9), circle(LATER, 10))).contains("deadlock-class-init"));
    }

    @Test
    void oneDumpOfItIsNotHealthy() {
        assertEquals(
                Verdict.Status.INCONCLUSIVE, process(circle(FIRST, 9)).verdict().status());
    }

    private static String reading(String time) {
        return waiters(initialiser(
                        new FileDumpText("21.0.5+11", time),
                        String.join(
                                "\n",
                                List.of(
                                        "java.base/sun.nio.ch.Net.poll(Native Method)",
                                        "java.base/sun.nio.ch.NioSocketImpl.park(NioSocketImpl.java:191)",
                                        "java.base/sun.nio.ch.NioSocketImpl.implRead(NioSocketImpl.java:309)",
                                        "java.base/java.net.Socket$SocketInputStream.read(Socket.java:1099)",
                                        "com.acme.Stock.<clinit>(Stock.java:7)"))))
                .whole();
    }

    @Test
    void theyWaitBehindAnInitialiserThatReads() {
        assertEquals(
                "class-init-stuck",
                Runs.rules(process(reading(FIRST), reading(LATER))).get(0));
    }
}
