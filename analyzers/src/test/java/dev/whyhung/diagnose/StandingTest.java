package dev.whyhung.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whyhung.FileDumpText;
import dev.whyhung.Runs;
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
        "2, com.acme.Stock.of(Stock.java:40), HEALTHY"
    })
    void areNotCalledHealthy(int threads, String top, Verdict.Status expected) {
        Verdict verdict = Runs.diagnose(Runs.read(
                        dump("2026-03-01T12:00:00Z", threads, top), dump("2026-03-01T12:00:10Z", threads, top)))
                .processes()
                .get(0)
                .verdict();
        assertEquals(expected, verdict.status(), verdict.headline());
    }
}
