package dev.whyhung.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whyhung.DumpText;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.verdict.Verdict;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A pool all of whose workers have waited for a signal since the dump before, inside tasks. */
class QuietPoolTest {

    private static final String[] WORKER = {
        "java.util.concurrent.ThreadPoolExecutor.runWorker(java.base@17.0.15/ThreadPoolExecutor.java:1136)",
        "java.lang.Thread.run(java.base@17.0.15/Thread.java:840)"
    };
    private static final String[] PAYING = {
        "com.acme.auth.Token.valid(Token.java:8)",
        "com.acme.pay.Bank.transfer(Bank.java:14)",
        "com.acme.pay.Payments.pay(Payments.java:9)"
    };

    private static void waiting(DumpText dump, int count, long cpuMillis, String... frames) {
        String[] top = {
            "java.lang.Object.wait(java.base@17.0.15/Native Method)",
            "- waiting on <0x00000000e0000001> (a com.acme.auth.Token)"
        };
        for (int i = 1; i <= count; i++) {
            dump.thread(
                    "pay-" + i,
                    cpuMillis,
                    "WAITING (on object monitor)",
                    Stream.of(top, frames, WORKER).flatMap(Stream::of).toArray(String[]::new));
        }
    }

    private static Verdict verdict(int idle, String... frames) {
        return Runs.twice(dump -> {
                    waiting(dump, 4, 5, frames);
                    for (int i = 1; i <= idle; i++) {
                        dump.idleWorker("web-" + i);
                    }
                })
                .verdict();
    }

    @Test
    void thatWaitsDeepInItsTasksMayLackSomething() {
        Verdict verdict = verdict(2, PAYING);
        assertEquals(Verdict.Status.INCONCLUSIVE, verdict.status(), verdict.headline());
        assertTrue(verdict.headline().contains("All 4 workers of pool pay"), verdict.headline());
    }

    @Test
    void ofALargeServerSaysNothingOfTheWhole() {
        assertEquals(Verdict.Status.HEALTHY, verdict(40, PAYING).status());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "com.acme.auth.Token.take(Token.java:8)",
                "com.acme.auth.TokenListener.valid(TokenListener.java:8)",
                "com.acme.pay.Payments.pay(Payments.java:8)"
            })
    void thatTakesOrWaitsInItsOwnLoopIsAtRest(String top) {
        String[] frames =
                top.startsWith("com.acme.pay") ? new String[] {top} : new String[] {top, PAYING[1], PAYING[2]};
        assertEquals(Verdict.Status.HEALTHY, verdict(2, frames).status());
    }

    @Test
    void thatGotItsSignalInBetweenIsAtWork() {
        DumpText first = DumpText.withOwners(0);
        DumpText second = DumpText.withOwners(DumpText.LATER);
        waiting(first, 4, 5, PAYING);
        waiting(second, 4, 9, PAYING);
        assertEquals(
                Verdict.Status.HEALTHY, Runs.process(first, second).verdict().status());
    }

    private static void asking(DumpText dump) {
        for (int i = 1; i <= 4; i++) {
            dump.parked(
                    "booking-" + i,
                    "WAITING (parking)",
                    "<0x00000000f1a0001" + i + "> (a java.util.concurrent.CompletableFuture$Signaller)",
                    "java.util.concurrent.CompletableFuture.join(java.base@17.0.15/CompletableFuture.java:2117)",
                    "com.acme.Booking.reserve(Booking.java:6)",
                    "com.acme.Desk.lambda$book$1(Desk.java:8)",
                    WORKER[0],
                    WORKER[1]);
        }
        dump.idleWorker("actor-1").idleWorker("actor-2");
    }

    @Test
    void thatHasNoResultMayLackIt() {
        Verdict verdict = Runs.twice(QuietPoolTest::asking).verdict();
        assertEquals(Verdict.Status.INCONCLUSIVE, verdict.status(), verdict.headline());
    }

    @ParameterizedTest
    @ValueSource(strings = {"RUNNABLE", "TIMED_WAITING (sleeping)"})
    void untilItIsMadeBySomebodyAtWork(String state) {
        Verdict verdict = Runs.twice(dump -> {
                    asking(dump);
                    String top = state.startsWith("TIMED")
                            ? "java.lang.Thread.sleep(java.base@17.0.15/Native Method)"
                            : "com.acme.Parser.parse(Parser.java:20)";
                    dump.thread(
                            "loader",
                            state,
                            top,
                            "com.acme.Rooms.load(Rooms.java:9)",
                            "com.acme.Loader.run(Loader.java:7)");
                })
                .verdict();
        assertEquals(Verdict.Status.HEALTHY, verdict.status(), verdict.headline());
    }
}
