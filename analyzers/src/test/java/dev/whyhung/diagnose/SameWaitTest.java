package dev.whyhung.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whyhung.FileDumpText;
import dev.whyhung.Runs;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that stand at the same call in two dumps without CPU times: what they wait for tells whether it is one wait or many. */
class SameWaitTest {

    private static String dump(String time, String hashes) {
        FileDumpText dump = new FileDumpText("25.0.3+9", time);
        for (int i = 0; i < 20; i++) {
            dump.parked(
                    "http-nio-8080-exec-" + i,
                    "java.util.concurrent.CompletableFuture$Signaller@" + hashes + i,
                    "java.base/jdk.internal.misc.Unsafe.park(Native Method)",
                    "java.base/java.util.concurrent.locks.LockSupport.park(LockSupport.java:369)",
                    "java.base/java.util.concurrent.CompletableFuture$Signaller.block(CompletableFuture.java:1942)",
                    "java.base/java.util.concurrent.CompletableFuture.waitingGet(CompletableFuture.java:1977)",
                    "java.base/java.util.concurrent.CompletableFuture.get(CompletableFuture.java:2104)",
                    "com.acme.OrderController.order(OrderController.java:31)",
                    "java.base/java.util.concurrent.ThreadPoolExecutor.runWorker(ThreadPoolExecutor.java:1095)",
                    FileDumpText.RUN);
        }
        return dump.whole();
    }

    @ParameterizedTest
    @CsvSource({"1a, 1a, HUNG", "1a, 2b, HEALTHY"})
    void isOfTheSameObject(String first, String second, Verdict.Status expected) {
        String one = dump("2026-03-01T12:00:00Z", first);
        String other = dump("2026-03-01T12:00:10Z", second);
        Verdict verdict =
                Runs.diagnose(Runs.read(one, other)).processes().get(0).verdict();
        assertEquals(expected, verdict.status(), verdict.headline());
    }
}
