package dev.whyhung.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whyhung.DumpText;
import dev.whyhung.FileDumpText;
import dev.whyhung.Runs;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Virtual threads that stand at the same call in two dumps, while the tasks that they wait for are other threads than before. */
class NewerWorkTest {

    private static final int REQUESTS = 20;

    /** @param begun how many tasks have come and gone */
    private static String fanOut(String time, int begun) {
        FileDumpText dump = new FileDumpText("21.0.5+11", time);
        for (int i = 0; i < REQUESTS; i++) {
            dump.thread(
                    "request-" + i,
                    "java.base/java.lang.VirtualThread.park(VirtualThread.java:596)",
                    "java.base/java.util.concurrent.locks.LockSupport.park(LockSupport.java:221)",
                    "java.base/java.util.concurrent.FutureTask.awaitDone(FutureTask.java:500)",
                    "java.base/java.util.concurrent.FutureTask.get(FutureTask.java:190)",
                    "com.acme.Offer.of(Offer.java:21)",
                    FileDumpText.RUN_VIRTUAL);
        }
        dump.skip(begun);
        for (int i = 0; i < REQUESTS; i++) {
            dump.thread(
                    "",
                    "java.base/java.lang.VirtualThread.parkNanos(VirtualThread.java:631)",
                    "java.base/java.lang.VirtualThread.sleepNanos(VirtualThread.java:803)",
                    "java.base/java.lang.Thread.sleep(Thread.java:507)",
                    "com.acme.Offer.price(Offer.java:30)",
                    "java.base/java.util.concurrent.FutureTask.run(FutureTask.java:317)",
                    FileDumpText.RUN_VIRTUAL);
        }
        return dump.whole();
    }

    private static String text(int second) {
        return DumpText.withoutOwners(second).whole();
    }

    @ParameterizedTest
    @CsvSource({"0, HUNG", "500, HEALTHY"})
    void tellsThatTheyWaitAnew(int begun, Verdict.Status expected) {
        assertVerdict(expected, fanOut("2026-03-01T12:00:00Z", 0), fanOut("2026-03-01T12:00:10Z", begun));
    }

    /** What lies between the two does not show virtual threads. */
    @ParameterizedTest
    @CsvSource({"0, HUNG", "500, HEALTHY"})
    void alsoBesideTextDumps(int begun, Verdict.Status expected) {
        String one = fanOut("2026-03-01T12:00:00Z", 0);
        String other = fanOut("2026-03-01T12:00:10Z", begun);
        assertVerdict(expected, one, text(5), other, text(11));
    }

    private static void assertVerdict(Verdict.Status expected, String... dumps) {
        Verdict verdict = Runs.diagnose(Runs.read(dumps)).processes().get(0).verdict();
        assertEquals(expected, verdict.status(), verdict.headline());
    }
}
