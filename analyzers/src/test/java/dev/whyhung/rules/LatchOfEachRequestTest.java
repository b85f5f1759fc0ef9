package dev.whyhung.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whyhung.DumpText;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.ProcessDiagnosis;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every request makes a latch of its own and waits for it at the same line, called by the server in one way or another. */
class LatchOfEachRequestTest {

    private static DumpText dump(int second, String parts) {
        DumpText dump = DumpText.withOwners(second).idleWorker("pool-1-thread-1");
        for (int i = 0; i < 6; i++) {
            dump.parked(
                    "qtp70-" + (30 + i),
                    "WAITING (parking)",
                    "<0x00000000bb00000" + i + "> (a java.util.concurrent.CountDownLatch$Sync)",
                    "java.util.concurrent.CountDownLatch.await(java.base@17.0.15/CountDownLatch.java:230)",
                    "com.acme.Fanout.gather(Fanout.java:8)",
                    "com.acme.Handler.handle(Handler.java:9)",
                    "org.eclipse.jetty.server.Server.handle(Server.java:" + (100 + i) + ")",
                    "org.eclipse.jetty.util.thread.QueuedThreadPool$Runner.run(QueuedThreadPool.java:980)",
                    "java.lang.Thread.run(java.base@17.0.15/Thread.java:840)");
        }
        dump.thread("part-1", "RUNNABLE", parts, "java.lang.Thread.run(java.base@17.0.15/Thread.java:840)");
        return dump;
    }

    @ParameterizedTest
    @CsvSource({
        "com.acme.Clock.tick(Clock.java:4), latch-never-counted",
        "com.acme.Fanout.load(Fanout.java:12), thread-pool-exhausted"
    })
    void doesNotCountDownThatOfAnother(String other, String expected) {
        ProcessDiagnosis process = Runs.process(dump(0, other), dump(DumpText.LATER, other));
        assertEquals(expected, process.findings().get(0).finding().rule().id());
    }
}
