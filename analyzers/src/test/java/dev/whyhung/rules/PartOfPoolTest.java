package dev.whyhung.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whyhung.DumpText;
import dev.whyhung.Runs;
import org.junit.jupiter.api.Test;

/** The only worker that an excerpt shows need not be the only one. */
class PartOfPoolTest {

    private static DumpText oneWorker() {
        return DumpText.withOwners(0)
                .thread(
                        "reports-1",
                        "WAITING (parking)",
                        "jdk.internal.misc.Unsafe.park(java.base@17.0.15/Native Method)",
                        "- parking to wait for  <0x00000000f5e6c810> (a java.util.concurrent.FutureTask)",
                        "java.util.concurrent.locks.LockSupport.park(java.base@17.0.15/LockSupport.java:211)",
                        "java.util.concurrent.FutureTask.awaitDone(java.base@17.0.15/FutureTask.java:447)",
                        "java.util.concurrent.FutureTask.get(java.base@17.0.15/FutureTask.java:190)",
                        "com.acme.Reports.render(Reports.java:55)",
                        "java.util.concurrent.ThreadPoolExecutor.runWorker(java.base@17.0.15/ThreadPoolExecutor.java:1136)",
                        "java.util.concurrent.ThreadPoolExecutor$Worker.run(java.base@17.0.15/ThreadPoolExecutor.java:635)",
                        "java.lang.Thread.run(java.base@17.0.15/Thread.java:840)");
    }

    private static boolean waitsForItself(String dump) {
        return Runs.rules(Runs.diagnose(Runs.read(dump)).processes().get(0)).contains("pool-self-deadlock");
    }

    @Test
    void isNotTakenForThePool() {
        assertEquals(true, waitsForItself(oneWorker().whole()));
        assertEquals(false, waitsForItself(oneWorker().cut()));
    }
}
