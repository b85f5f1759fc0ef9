package dev.whyhung.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whyhung.FileDumpText;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.verdict.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that JDK 21 shows at one line of code, where it shows nobody who waits for a monitor. */
class StandingTest {

    private static String dump(String time, int threads, String top) {
        FileDumpText dump = new FileDumpText("21.0.5+11", time);
        for (int i = 0; i < threads; i++) {
            dump.thread(
                    "http-nio-8080-exec-" + i,
                    top,
                    "com.acme.Orders.place(Orders.java:12)",
                    "java.base/java.util.concurrent.ThreadPoolExecutor.runWorker(ThreadPoolExecutor.java:1144)",
                    FileDumpText.RUN);
        }
        return dump.whole();
    }

    @ParameterizedTest
    @CsvSource({
        "12, com.acme.Stock.of(Stock.java:40), INCONCLUSIVE",
        "12, java.base/java.util.concurrent.ConcurrentHashMap.computeIfAbsent(ConcurrentHashMap.java:1708), INCONCLUSIVE",
        "6, com.acme.Stock.of(Stock.java:40), INCONCLUSIVE",
        "5, com.acme.Stock.of(Stock.java:40), HEALTHY"
    })
    void areNotCalledHealthy(int threads, String top, Verdict.Status expected) {
        Verdict verdict = Runs.diagnose(Runs.read(
                        dump("2026-03-01T12:00:00Z", threads, top), dump("2026-03-01T12:00:10Z", threads, top)))
                .processes()
                .get(0)
                .verdict();
        assertEquals(expected, verdict.status(), verdict.headline());
    }

    @ParameterizedTest
    @CsvSource({"2, 40, .5", "2, 41, .9", "1, 40, .9"})
    void makeHealthDoubtfulWhereTheyStoodBefore(int threads, int line, double confidence) {
        Verdict verdict = Runs.diagnose(Runs.read(
                        dump("2026-03-01T12:00:00Z", threads, "com.acme.Stock.of(Stock.java:40)"),
                        dump("2026-03-01T12:00:10Z", threads, "com.acme.Stock.of(Stock.java:" + line + ")")))
                .processes()
                .get(0)
                .verdict();
        assertEquals(Verdict.Status.HEALTHY, verdict.status(), verdict.headline());
        assertEquals(confidence, verdict.confidence(), verdict.headline());
    }

    @Test
    void makeHealthDoubtfulAtALockAsWell() {
        String[] times = {"2026-03-01T12:00:00Z", "2026-03-01T12:00:10Z"};
        String[] dumps = new String[2];
        for (int i = 0; i < 2; i++) {
            FileDumpText dump = new FileDumpText("21.0.5+11", times[i]);
            for (int j = 0; j < 3; j++) {
                dump.thread(
                        "http-nio-8080-exec-" + j,
                        "java.base/jdk.internal.misc.Unsafe.park(Native Method)",
                        "java.base/java.util.concurrent.locks.LockSupport.park(LockSupport.java:221)",
                        "java.base/java.util.concurrent.locks.ReentrantLock.lock(ReentrantLock.java:322)",
                        "com.acme.Orders.place(Orders.java:12)",
                        FileDumpText.RUN);
            }
            for (int j = 0; j < 20; j++) {
                dump.thread(
                        "worker-" + j, "com.acme.Crunch.go(Crunch.java:" + (10 + 9 * i + j) + ")", FileDumpText.RUN);
            }
            dumps[i] = dump.whole();
        }
        Verdict verdict = Runs.diagnose(Runs.read(dumps)).processes().get(0).verdict();
        assertEquals(Verdict.Status.HEALTHY, verdict.status(), verdict.headline());
        assertEquals(.5, verdict.confidence(), verdict.headline());
    }

    private static String initialising(String time, String initialiser) {
        FileDumpText dump = new FileDumpText("25.0.3+9", time);
        dump.thread(
                "scan",
                "java.base/java.lang.Thread.sleep(Thread.java:540)",
                initialiser,
                "com.acme.Scan.run(Scan.java:8)",
                FileDumpText.RUN);
        for (int i = 0; i < 12; i++) {
            dump.running(
                    "worker-" + i,
                    "com.acme.Orders.lambda$main$0(Orders.java:12)",
                    "java.base/java.util.concurrent.ThreadPoolExecutor.runWorker(ThreadPoolExecutor.java:1090)",
                    FileDumpText.RUN);
        }
        return dump.whole();
    }

    /** JDK 25 tells states, but prints those who wait for a class as running. */
    @ParameterizedTest
    @CsvSource({
        "com.acme.Catalog.<clinit>(Catalog.java:5), INCONCLUSIVE",
        "com.acme.Catalog.load(Catalog.java:5), HEALTHY"
    })
    void mayWaitForAClass(String initialiser, Verdict.Status expected) {
        Verdict verdict = Runs.diagnose(Runs.read(
                        initialising("2026-03-01T12:00:00Z", initialiser),
                        initialising("2026-03-01T12:00:10Z", initialiser)))
                .processes()
                .get(0)
                .verdict();
        assertEquals(expected, verdict.status(), verdict.headline());
    }

    private static String behindOneThatRuns(String time, String holder) {
        FileDumpText dump = new FileDumpText("25.0.3+9", time);
        dump.holding(
                "http-nio-8080-exec-0",
                0,
                "com.acme.Cart@1a",
                holder,
                "java.base/java.util.concurrent.ThreadPoolExecutor.runWorker(ThreadPoolExecutor.java:1090)",
                FileDumpText.RUN);
        for (int i = 1; i < 8; i++) {
            dump.blocked(
                    "http-nio-8080-exec-" + i,
                    "com.acme.Cart@1a",
                    "com.acme.Cart.sum(Cart.java:30)",
                    "java.base/java.util.concurrent.ThreadPoolExecutor.runWorker(ThreadPoolExecutor.java:1090)",
                    FileDumpText.RUN);
        }
        return dump.whole();
    }

    @ParameterizedTest
    @CsvSource({"com.acme.Cart.sum(Cart.java:31), INCONCLUSIVE", "com.acme.Cart.add(Cart.java:44), HEALTHY"})
    void mayHaveKeptTheOthersWaiting(String holder, Verdict.Status expected) {
        Verdict verdict = Runs.diagnose(Runs.read(
                        behindOneThatRuns("2026-03-01T12:00:00Z", "com.acme.Cart.sum(Cart.java:31)"),
                        behindOneThatRuns("2026-03-01T12:00:10Z", holder)))
                .processes()
                .get(0)
                .verdict();
        assertEquals(expected, verdict.status(), verdict.headline());
    }
}
