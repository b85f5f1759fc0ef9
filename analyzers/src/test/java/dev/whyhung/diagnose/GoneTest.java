package dev.whyhung.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whyhung.DumpText;
import dev.whyhung.MadeRecording;
import dev.whyhung.Runs;
import dev.whyhung.model.PastWait;
import dev.whyhung.model.ThreadRef;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nobody is left to open the latches of the requests, and a thread has ended that took the tasks behind them. */
class GoneTest {

    @Test
    void whoHasEndedIsABetterAnswerThanNobody() {
        ThreadRef mailer = MadeRecording.thread(20, "mail-dispatcher");
        MadeRecording recording = MadeRecording.of("r.jfr", -60, 50)
                .start(-50, mailer, MadeRecording.thread(1, "main"))
                .end(5, mailer);
        for (int i = 0; i < 4; i++) {
            recording.wait(
                    PastWait.Kind.PARK,
                    "java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject",
                    i,
                    i + .5,
                    mailer,
                    MadeRecording.stack(
                            "java.util.concurrent.ArrayBlockingQueue.take(java.base@17.0.15/ArrayBlockingQueue.java:420)",
                            "com.acme.Mailer.dispatch(Mailer.java:12)",
                            "com.acme.Mailer.run(Mailer.java:9)"));
        }
        DumpText dump = DumpText.withoutOwners(50);
        for (int i = 1; i <= 12; i++) {
            dump.thread(
                    "http-nio-8080-exec-" + i,
                    "WAITING (parking)",
                    "jdk.internal.misc.Unsafe.park(java.base@17.0.15/Native Method)",
                    "- parking to wait for  <0x00000000fa1a6" + (400 + i)
                            + "> (a java.util.concurrent.CountDownLatch$Sync)",
                    "java.util.concurrent.CountDownLatch.await(java.base@17.0.15/CountDownLatch.java:230)",
                    "com.acme.Mailer.send(Mailer.java:30)",
                    "com.acme.Form.post(Form.java:8)",
                    "java.util.concurrent.ThreadPoolExecutor.runWorker(java.base@17.0.15/ThreadPoolExecutor.java:1136)");
        }
        ProcessDiagnosis process = Runs.process(recording, dump);
        assertEquals(
                List.of("worker-thread-died", "latch-never-counted"),
                Runs.rules(process).subList(0, 2));
    }
}
