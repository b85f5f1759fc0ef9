package dev.whyhung.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whyhung.DumpText;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.ProcessDiagnosis;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A worker that took a lock and lost it takes it again in its next task, since it owns it: nobody else can. */
class OwnerThatCameBackTest {

    private static final String LOCK =
            "<0x00000000e0000001> (a java.util.concurrent.locks.ReentrantReadWriteLock$NonfairSync)";
    private static final List<String> IDLE = List.of(
            "jdk.internal.misc.Unsafe.park(java.base@17.0.15/Native Method)",
            "java.util.concurrent.LinkedBlockingQueue.take(java.base@17.0.15/LinkedBlockingQueue.java:435)",
            "java.util.concurrent.ThreadPoolExecutor.getTask(java.base@17.0.15/ThreadPoolExecutor.java:1062)");
    private static final List<String> SORTING = List.of(
            "java.lang.Thread.sleep(java.base@17.0.15/Native Method)",
            "org.acme.library.Shelf.sort(Shelf.java:45)",
            "java.util.concurrent.FutureTask.run(java.base@17.0.15/FutureTask.java:264)");

    private static DumpText dump(int second, boolean idle) {
        List<String> owner = new ArrayList<>(idle ? IDLE : SORTING);
        owner.add("java.util.concurrent.ThreadPoolExecutor.runWorker(java.base@17.0.15/ThreadPoolExecutor.java:1122)");
        owner.add("java.lang.Thread.run(java.base@17.0.15/Thread.java:840)");
        owner.add("owns " + LOCK);
        DumpText dump = DumpText.withOwners(second)
                .thread(
                        "sorter-1",
                        idle ? 5 : 9,
                        idle ? "WAITING (parking)" : "TIMED_WAITING (sleeping)",
                        owner.toArray(new String[0]));
        for (int i = 1; i <= 10; i++) {
            dump.parkedOnLock(
                    "http-nio-8080-exec-" + i,
                    LOCK,
                    "org.acme.library.Shelf.find(Shelf.java:48)",
                    "java.lang.Thread.run(java.base@17.0.15/Thread.java:840)");
        }
        return dump.parkedOnLock(
                "sorter-2",
                LOCK,
                "org.acme.library.Shelf.sort(Shelf.java:44)",
                "java.util.concurrent.ThreadPoolExecutor.runWorker(java.base@17.0.15/ThreadPoolExecutor.java:1122)",
                "java.lang.Thread.run(java.base@17.0.15/Thread.java:840)");
    }

    private static String first(boolean idleBefore) {
        ProcessDiagnosis process = Runs.process(dump(0, idleBefore), dump(DumpText.LATER, false));
        return Runs.rules(process).get(0);
    }

    @Test
    void hadLeakedTheLockWhenItWasIdleWithIt() {
        assertEquals("orphaned-lock-busy-owner", first(true));
    }

    @Test
    void mayHaveStoodThereAllTheTime() {
        assertEquals("lock-held-across-blocking-call", first(false));
    }
}
