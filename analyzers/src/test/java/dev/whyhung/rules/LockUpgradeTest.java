package dev.whyhung.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whyhung.DumpText;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.diagnose.verdict.Verdict;
import org.junit.jupiter.api.Test;

/** A dump without owners shows who waits to write inside the code that reads. */
class LockUpgradeTest {

    private static final String LOCK =
            "- parking to wait for  <0x00000000aa000010> (a java.util.concurrent.locks.ReentrantReadWriteLock$NonfairSync)";
    private static final String PARK = "jdk.internal.misc.Unsafe.park(java.base@17.0.15/Native Method)";

    private static DumpText dump(int second, String... writer) {
        DumpText dump = DumpText.withoutOwners(second);
        for (int i = 1; i <= 5; i++) {
            dump.parked(
                    "catalog-" + i,
                    "WAITING (parking)",
                    "<0x00000000aa000010> (a java.util.concurrent.locks.ReentrantReadWriteLock$NonfairSync)",
                    "java.util.concurrent.locks.AbstractQueuedSynchronizer.acquireShared(java.base@17.0.15/AbstractQueuedSynchronizer.java:1027)",
                    "java.util.concurrent.locks.ReentrantReadWriteLock$ReadLock.lock(java.base@17.0.15/ReentrantReadWriteLock.java:738)",
                    "com.acme.Items.get(Items.java:15)",
                    "com.acme.Web.show(Web.java:9)");
        }
        String[] frames = new String[writer.length + 3];
        frames[0] = PARK;
        frames[1] = LOCK;
        frames[2] =
                "java.util.concurrent.locks.ReentrantReadWriteLock$WriteLock.lock(java.base@17.0.15/ReentrantReadWriteLock.java:959)";
        System.arraycopy(writer, 0, frames, 3, writer.length);
        return dump.thread("catalog-6", "WAITING (parking)", frames);
    }

    private static ProcessDiagnosis twice(String... writer) {
        return Runs.process(dump(0, writer), dump(DumpText.LATER, writer));
    }

    @Test
    void whoAsksToWriteInsideTheMethodInWhichOthersReadWaitsForItself() {
        ProcessDiagnosis diagnosis = twice("com.acme.Items.load(Items.java:30)", "com.acme.Items.get(Items.java:18)");
        assertEquals(
                "lock-upgrade-self-deadlock",
                diagnosis.findings().get(0).finding().rule().id());
        assertEquals(Verdict.Status.HUNG, diagnosis.verdict().status());
    }

    @Test
    void whoAsksToWriteElsewhereDoesNot() {
        ProcessDiagnosis diagnosis = twice("com.acme.Items.load(Items.java:30)", "com.acme.Import.run(Import.java:18)");
        assertEquals(false, Runs.rules(diagnosis).contains("lock-upgrade-self-deadlock"));
    }

    /** A method beside the one that reads only locks for it: its caller is where the lock is kept. */
    @Test
    void aHelperOfTheSameClassIsNotTheMethodThatReads() {
        ProcessDiagnosis diagnosis = Runs.process(searching(0), searching(DumpText.LATER));
        assertEquals(false, Runs.rules(diagnosis).contains("lock-upgrade-self-deadlock"));
    }

    private static DumpText searching(int second) {
        String lock = "<0x00000000aa000010> (a java.util.concurrent.locks.ReentrantReadWriteLock$NonfairSync)";
        DumpText dump = DumpText.withoutOwners(second);
        for (int i = 1; i <= 5; i++) {
            dump.parked(
                    "catalog-" + i,
                    "WAITING (parking)",
                    lock,
                    "java.util.concurrent.locks.AbstractQueuedSynchronizer.acquireShared(java.base@17.0.15/AbstractQueuedSynchronizer.java:1027)",
                    "java.util.concurrent.locks.ReentrantReadWriteLock$ReadLock.lock(java.base@17.0.15/ReentrantReadWriteLock.java:738)",
                    "com.acme.Search.readLock(Search.java:400)",
                    "com.acme.Search.page(Search.java:220)",
                    "com.acme.Web.show(Web.java:9)");
        }
        return dump.parked(
                "catalog-6",
                "WAITING (parking)",
                lock,
                "java.util.concurrent.locks.ReentrantReadWriteLock$WriteLock.lock(java.base@17.0.15/ReentrantReadWriteLock.java:959)",
                "com.acme.Search.refresh(Search.java:260)",
                "com.acme.Web.show(Web.java:9)");
    }
}
