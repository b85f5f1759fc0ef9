package dev.whyhung.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whyhung.DumpText;
import dev.whyhung.MadeRecording;
import dev.whyhung.Runs;
import dev.whyhung.model.CallStack;
import dev.whyhung.model.PastWait;
import dev.whyhung.model.ThreadRef;
import org.junit.jupiter.api.Test;

/** All workers of a pool wait for results; what they used to do tells who was to give them. */
class PastTasksTest {

    private static final String RUN =
            "java.util.concurrent.ThreadPoolExecutor.runWorker(java.base@17.0.15/ThreadPoolExecutor.java:1136)";
    private static final CallStack IDLE = MadeRecording.stack(
            "java.util.concurrent.LinkedBlockingQueue.take(LinkedBlockingQueue.java:435)",
            "java.util.concurrent.ThreadPoolExecutor.getTask(ThreadPoolExecutor.java:1062)",
            "java.util.concurrent.ThreadPoolExecutor.runWorker(ThreadPoolExecutor.java:1122)");

    /** Tasks of a tenth of a second up to noon; those that wait for results have lasted since. */
    private static String first(String... task) {
        MadeRecording recording = MadeRecording.of("r.jfr", -60, 50);
        DumpText dump = DumpText.withoutOwners(50);
        for (int i = 1; i <= 6; i++) {
            ThreadRef worker = MadeRecording.thread(i, "render-" + i);
            for (int n = 8; n > 0; n--) {
                recording
                        .wait(PastWait.Kind.PARK, "", -n, -n + .9, worker, IDLE)
                        .wait(PastWait.Kind.SLEEP, "", -n + .92, -n + .95, worker, MadeRecording.stack(task));
            }
            dump.parked(
                    "render-" + i,
                    "WAITING (parking)",
                    "<0x00000000ff9003" + i + "0> (a java.util.concurrent.CompletableFuture$Signaller)",
                    "java.util.concurrent.CompletableFuture$Signaller.block(java.base@17.0.15/CompletableFuture.java:1864)",
                    "java.util.concurrent.CompletableFuture.waitingGet(java.base@17.0.15/CompletableFuture.java:1898)",
                    "java.util.concurrent.CompletableFuture.join(java.base@17.0.15/CompletableFuture.java:2117)",
                    "com.acme.Page.render(Page.java:15)",
                    "java.util.concurrent.FutureTask.run(java.base@17.0.15/FutureTask.java:264)",
                    RUN);
        }
        return Runs.rules(Runs.process(recording, dump)).get(0);
    }

    @Test
    void aPoolThatUsedToRunStagesOwesTheResults() {
        assertEquals(
                "pool-self-deadlock",
                first(
                        "java.lang.Thread.sleep(java.base@17.0.15/Native Method)",
                        "com.acme.Page.tile(Page.java:20)",
                        "java.util.concurrent.CompletableFuture$AsyncSupply.run(java.base@17.0.15/CompletableFuture.java:1768)",
                        RUN));
    }

    @Test
    void anotherPoolMayOweThem() {
        assertEquals(
                "future-never-completed",
                first(
                        "java.lang.Thread.sleep(java.base@17.0.15/Native Method)",
                        "com.acme.Mail.send(Mail.java:20)",
                        "java.util.concurrent.FutureTask.run(java.base@17.0.15/FutureTask.java:264)",
                        RUN));
    }
}
