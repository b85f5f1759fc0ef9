package dev.whyhung.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whyhung.FileDumpText;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.diagnose.verdict.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Virtual threads that wait for a result, with frames of Vert.x 5.0 on JDK 25: none of them keeps the process alive. */
class AwaitInVirtualThreadTest {

    private static FileDumpText awaiting(int count, int second) {
        FileDumpText dump = new FileDumpText("25.0.3+9-LTS", "2026-03-01T12:00:" + second + "Z");
        for (int i = 0; i < 8; i++) {
            dump.running(
                    "vert.x-eventloop-thread-" + i, "java.base/sun.nio.ch.EPoll.wait(Native Method)", FileDumpText.RUN);
        }
        for (int i = 0; i < count; i++) {
            dump.parked(
                    "order-" + i,
                    "java.util.concurrent.CountDownLatch$Sync@5c77092" + Integer.toHexString(i % 16) + i,
                    "java.base/java.lang.VirtualThread.park(VirtualThread.java:742)",
                    "java.base/java.util.concurrent.CountDownLatch.await(CountDownLatch.java:230)",
                    "io.vertx.core.Future.await(Future.java:723)",
                    "com.acme.Orders.lambda$start$0(Orders.java:14)",
                    "io.vertx.core.impl.ContextBase.emit(ContextBase.java:82)",
                    FileDumpText.RUN_VIRTUAL);
        }
        return dump;
    }

    private static ProcessDiagnosis diagnose(int count) {
        return Runs.diagnose(Runs.read(
                        awaiting(count, 10).whole(), awaiting(count, 25).whole()))
                .processes()
                .get(0);
    }

    @Test
    void aResultThatNobodyBringsHangsThemAll() {
        ProcessDiagnosis process = diagnose(20);
        assertEquals("future-never-completed", Runs.rules(process).get(0));
        assertEquals(Verdict.Status.HUNG, process.verdict().status());
    }

    /** As the thread of a session waits for its end; whoever asks somebody waits below a call, or for a result. */
    @Test
    void eachMayWaitForAnEndOfItsOwn() {
        String[] dumps = new String[2];
        for (int i = 0; i < dumps.length; i++) {
            FileDumpText dump = new FileDumpText("25.0.3+9-LTS", "2026-03-01T12:00:" + (10 + 15 * i) + "Z");
            for (int j = 0; j < 20; j++) {
                dump.parked(
                        "session-" + j,
                        "java.util.concurrent.CountDownLatch$Sync@" + Integer.toHexString(100 + j),
                        "java.base/java.lang.VirtualThread.park(VirtualThread.java:742)",
                        "java.base/java.util.concurrent.CountDownLatch.await(CountDownLatch.java:230)",
                        "com.acme.Session.run(Session.java:14)",
                        FileDumpText.RUN_VIRTUAL);
            }
            dumps[i] = dump.whole();
        }
        ProcessDiagnosis process = Runs.diagnose(Runs.read(dumps)).processes().get(0);
        assertEquals(Verdict.Status.HEALTHY, process.verdict().status());
    }

    /** It may watch over the others. */
    @Test
    void oneAloneMayWaitForTheEnd() {
        assertEquals(List.of("healthy-idle"), Runs.rules(diagnose(1)));
    }
}
