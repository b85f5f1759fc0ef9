package dev.whyhung.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.whyhung.DumpText;
import dev.whyhung.FileDumpText;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.diagnose.verdict.Verdict;
import org.junit.jupiter.api.Test;

/** Many virtual threads at one place. */
class VirtualCrowdTest {

    private static final String PARK = "java.base/java.lang.VirtualThread.park(VirtualThread.java:742)\n"
            + "java.base/java.util.concurrent.locks.LockSupport.park(LockSupport.java:221)\n";
    private static final String STORING = PARK
            + "java.base/java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject.await(AbstractQueuedSynchronizer.java:1860)\n"
            + "java.base/java.util.concurrent.ArrayBlockingQueue.put(ArrayBlockingQueue.java:370)\n"
            + "com.acme.Feed.ingest(Feed.java:17)";
    private static final String HANDING = PARK
            + "java.base/java.util.concurrent.SynchronousQueue$Transferer.xferLifo(SynchronousQueue.java:200)\n"
            + "java.base/java.util.concurrent.SynchronousQueue.put(SynchronousQueue.java:407)\n"
            + "com.acme.Feed.ingest(Feed.java:17)";

    private static String waiting(String time, String blocker, String stack) {
        FileDumpText dump = new FileDumpText("25.0.3+9-LTS", time);
        for (int i = 0; i < 40; i++) {
            dump.parked("ingest-" + i, blocker, stack, FileDumpText.RUN_VIRTUAL);
        }
        return dump.whole();
    }

    private static ProcessDiagnosis twice(String blocker, String stack) {
        return Runs.diagnose(Runs.read(
                        waiting("2026-03-02T10:15:00Z", blocker, stack),
                        waiting("2026-03-02T10:15:10Z", blocker, stack)))
                .processes()
                .get(0);
    }

    @Test
    void tasksBeforeAFullQueueAreNoProducersThatWorkAhead() {
        ProcessDiagnosis process =
                twice("java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject@1a", STORING);
        assertEquals("queue-full-producer-blocked", Runs.rules(process).get(0));
        assertEquals(Verdict.Status.HUNG, process.verdict().status());
    }

    /** It may take from the queue, in a class of its own: then those who put are held back, as they should be. */
    @Test
    void somebodyAtWorkMayBeTheirConsumer() {
        String[] dumps = new String[2];
        for (int i = 0; i < dumps.length; i++) {
            FileDumpText dump = new FileDumpText("25.0.3+9-LTS", "2026-03-02T10:15:" + (10 + 10 * i) + "Z");
            for (int j = 0; j < 40; j++) {
                dump.parked(
                        "ingest-" + j,
                        "java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject@1a",
                        STORING,
                        FileDumpText.RUN_VIRTUAL);
            }
            dump.running("sink", "com.acme.Sink.compress(Sink.java:" + (40 + i) + ")", FileDumpText.RUN);
            dumps[i] = dump.whole();
        }
        ProcessDiagnosis process = Runs.diagnose(Runs.read(dumps)).processes().get(0);
        assertNotEquals(Verdict.Status.HUNG, process.verdict().status());
    }

    @Test
    void whoHandsOverWaitsUntilSomebodyWantsIt() {
        ProcessDiagnosis process = twice("java.util.concurrent.SynchronousQueue$Transferer@1a", HANDING);
        assertNotEquals(Verdict.Status.HUNG, process.verdict().status());
    }

    /** The text dump lists what platform threads own; a virtual one inside the code owns it as likely. */
    @Test
    void whoeverIsInsideProbablyHasTheLock() {
        FileDumpText file = new FileDumpText("17.0.15+6", "2026-03-01T12:00:01Z");
        for (int i = 0; i < 30; i++) {
            file.parked(
                    "actor-" + i,
                    "java.util.concurrent.locks.ReentrantLock$NonfairSync@1a",
                    FileDumpText.LOCK,
                    "com.acme.Actor.step(Actor.java:9)",
                    FileDumpText.RUN_VIRTUAL);
        }
        for (int i = 0; i < 2; i++) {
            file.virtual(
                    "actor-3" + i,
                    "TIMED_WAITING",
                    "java.base/java.lang.VirtualThread.parkNanos(VirtualThread.java:805)\n"
                            + "java.base/java.lang.VirtualThread.sleepNanos(VirtualThread.java:1001)\n"
                            + "java.base/java.lang.Thread.sleep(Thread.java:582)\n"
                            + "com.acme.Actor.step(Actor.java:11)",
                    FileDumpText.RUN_VIRTUAL);
        }
        DumpText text = DumpText.withOwners(1).idleWorker("http-nio-8080-exec-1");
        ProcessDiagnosis process =
                Runs.diagnose(Runs.read(file.whole(), text.whole())).processes().get(0);
        assertEquals(
                .38, Runs.finding(process, "orphaned-lock-dead-owner").score().confidence(), .001);
    }
}
