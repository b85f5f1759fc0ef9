package dev.whyhung.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.whyhung.DumpText;
import dev.whyhung.FileDumpText;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.diagnose.verdict.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Queues whose consumers wait for each other. */
class QueueKnotTest {

    private static final String RUN = "java.lang.Thread.run(java.base@17.0.15/Thread.java:840)";

    static void putting(DumpText dump, String name, String queue, String... below) {
        String[] lines = new String[below.length + 4];
        lines[0] = "jdk.internal.misc.Unsafe.park(java.base@17.0.15/Native Method)";
        lines[1] = "- parking to wait for  <" + queue
                + "> (a java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject)";
        lines[2] = "java.util.concurrent.ArrayBlockingQueue.put(java.base@17.0.15/ArrayBlockingQueue.java:370)";
        System.arraycopy(below, 0, lines, 3, below.length);
        lines[below.length + 3] = RUN;
        dump.thread(name, "WAITING (parking)", lines);
    }

    /** The publisher lets one in at a time: the others wait for its lock. */
    @Test
    void aSingleProducerThatKeepsOthersWaitingMatters() {
        String submit =
                "java.util.concurrent.SubmissionPublisher.submit(java.base@17.0.15/SubmissionPublisher.java:520)";
        ProcessDiagnosis process = Runs.process(publishing(0, submit), publishing(DumpText.LATER, submit));
        assertEquals("queue-full-producer-blocked", Runs.rules(process).get(0));
        assertEquals(7, process.findings().get(0).explained());
    }

    private static DumpText publishing(int second, String submit) {
        String push = "com.acme.Feed.push(Feed.java:5)";
        String handle = "com.sun.net.httpserver.Filter$Chain.doFilter(jdk.httpserver@17.0.15/Filter.java:95)";
        DumpText dump = DumpText.withoutOwners(second)
                .idleWorker("fanout-1")
                .parked(
                        "http-nio-8080-exec-7",
                        "WAITING (parking)",
                        "<0x00000000f3a0d1a8>" + " (a java.util.concurrent.SubmissionPublisher$BufferedSubscription)",
                        "java.util.concurrent.SubmissionPublisher$BufferedSubscription.awaitSpace(java.base@17.0.15/SubmissionPublisher.java:1462)",
                        "java.util.concurrent.SubmissionPublisher.doOffer(java.base@17.0.15/SubmissionPublisher.java:432)",
                        submit,
                        push,
                        handle);
        for (int i = 1; i <= 6; i++) {
            dump.parkedOnLock(
                    "http-nio-8080-exec-" + i,
                    "<0x00000000f3a01628> (a java.util.concurrent.locks.ReentrantLock$NonfairSync)",
                    "java.util.concurrent.SubmissionPublisher.doOffer(java.base@17.0.15/SubmissionPublisher.java:422)",
                    submit,
                    push,
                    handle);
        }
        return dump;
    }

    /** The consumer goes on; whether the producers have waited through, or for the tenth time, nothing tells. */
    @Test
    void norIsItWhereTheConsumerMoves() {
        String reading = "java.base/sun.nio.ch.SocketDispatcher.read0(Native Method)";
        String sleeping = "java.base/java.lang.Thread.sleep(Thread.java:540)";
        Verdict verdict = Runs.diagnose(Runs.read(
                        pipeline("2026-03-01T12:00:00Z", sleeping), pipeline("2026-03-01T12:00:10Z", reading)))
                .processes()
                .get(0)
                .verdict();
        assertEquals(Verdict.Status.HEALTHY, verdict.status(), verdict.headline());
    }

    private static String pipeline(String time, String consuming) {
        FileDumpText dump = new FileDumpText("25.0.3+9", time);
        for (int i = 0; i < 60; i++) {
            dump.parked(
                    "",
                    "java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject@1a",
                    "java.base/java.lang.VirtualThread.park(VirtualThread.java:742)",
                    "java.base/java.util.concurrent.locks.LockSupport.park(LockSupport.java:369)",
                    "java.base/java.util.concurrent.ArrayBlockingQueue.put(ArrayBlockingQueue.java:366)",
                    "com.acme.Pipeline.feed(Pipeline.java:12)",
                    FileDumpText.RUN_VIRTUAL);
        }
        return dump.thread(
                        "drain",
                        consuming,
                        "com.acme.Sink.write(Sink.java:9)",
                        "com.acme.Pipeline.drain(Pipeline.java:20)",
                        FileDumpText.RUN)
                .whole();
    }

    /** Producers wait in every dump of a pipeline; that its consumer has not moved either, a sleep does not tell. */
    @ParameterizedTest
    @CsvSource({
        "java.base/java.lang.Thread.sleep(Thread.java:540), HEALTHY",
        "java.base/sun.nio.ch.SocketDispatcher.read0(Native Method), HUNG"
    })
    void backPressureIsNoHang(String consuming, Verdict.Status expected) {
        Verdict verdict = Runs.diagnose(Runs.read(
                        pipeline("2026-03-01T12:00:00Z", consuming), pipeline("2026-03-01T12:00:10Z", consuming)))
                .processes()
                .get(0)
                .verdict();
        assertEquals(expected, verdict.status(), verdict.headline());
    }

    private static void putting(FileDumpText dump, int threads, String stage, String queue) {
        for (int i = 0; i < threads; i++) {
            dump.parked(
                    stage + '-' + i,
                    "java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject@" + queue,
                    "java.base/jdk.internal.misc.Unsafe.park(Native Method)",
                    "java.base/java.util.concurrent.locks.LockSupport.park(LockSupport.java:369)",
                    "java.base/java.util.concurrent.ArrayBlockingQueue.put(ArrayBlockingQueue.java:366)",
                    "com.acme.Etl." + stage + "(Etl.java:12)",
                    FileDumpText.RUN);
        }
    }

    private static String threeStages(String time) {
        FileDumpText dump = new FileDumpText("25.0.3+9", time);
        putting(dump, 4, "parse", "1a");
        putting(dump, 8, "enrich", "2b");
        return dump.thread(
                        "store",
                        "java.base/java.lang.Thread.sleep(Thread.java:540)",
                        "com.acme.Etl.flush(Etl.java:31)",
                        "com.acme.Etl.store(Etl.java:30)",
                        FileDumpText.RUN)
                .whole();
    }

    /** Nothing tells which stage takes from which queue: those that put are no consumers before the last one is known to hang. */
    @Test
    void oneConsumerThatMayGetOnIsEnough() {
        Verdict verdict = Runs.diagnose(
                        Runs.read(threeStages("2026-03-01T12:00:00Z"), threeStages("2026-03-01T12:00:10Z")))
                .processes()
                .get(0)
                .verdict();
        assertNotEquals(Verdict.Status.HUNG, verdict.status(), verdict.headline());
    }

    @Test
    void twoStagesThatFeedEachOther() {
        ProcessDiagnosis process = Runs.twice(dump -> {
            putting(
                    dump,
                    "parser",
                    "0x00000000e0000001",
                    "com.acme.Store.add(S.java:9)",
                    "com.acme.Parse.loop(P.java:5)");
            putting(
                    dump,
                    "storer",
                    "0x00000000e0000002",
                    "com.acme.Parse.add(P.java:9)",
                    "com.acme.Store.loop(S.java:5)");
            for (int i = 1; i <= 4; i++) {
                putting(
                        dump,
                        "http-nio-8080-exec-" + i,
                        "0x00000000e0000002",
                        "com.acme.Parse.add(P.java:9)",
                        "com.acme.Web.post(W.java:5)");
            }
        });
        assertEquals("queue-self-deadlock", Runs.rules(process).get(0));
        assertEquals(2, process.findings().get(0).finding().culprits().size());
        assertEquals(4, process.findings().get(0).victims().size());
    }

    @Test
    void anAppenderThatLogs() {
        ProcessDiagnosis process = Runs.twice(dump -> {
            String[] full = {
                "java.util.concurrent.locks.LockSupport.parkNanos(java.base@17.0.15/LockSupport.java:410)",
                "com.lmax.disruptor.MultiProducerSequencer.next(MultiProducerSequencer.java:136)",
                "com.lmax.disruptor.RingBuffer.next(RingBuffer.java:263)",
                "org.apache.logging.log4j.core.async.AsyncLoggerDisruptor.enqueueLogMessageWhenQueueFull(A.java:240)"
            };
            dump.thread(
                    "Log4j2-TF-1-AsyncLogger[AsyncContext]-1",
                    "TIMED_WAITING (parking)",
                    "jdk.internal.misc.Unsafe.park(java.base@17.0.15/Native Method)",
                    full[0],
                    full[1],
                    full[2],
                    full[3],
                    "org.apache.kafka.clients.producer.KafkaProducer.send(KafkaProducer.java:991)",
                    "com.lmax.disruptor.BatchEventProcessor.run(BatchEventProcessor.java:125)",
                    RUN);
            for (int i = 1; i <= 4; i++) {
                dump.thread(
                        "http-nio-8080-exec-" + i,
                        "TIMED_WAITING (parking)",
                        "jdk.internal.misc.Unsafe.park(java.base@17.0.15/Native Method)",
                        full[0],
                        full[1],
                        full[2],
                        full[3],
                        "com.acme.Web.post(W.java:5)",
                        RUN);
            }
        });
        assertEquals("queue-self-deadlock", Runs.rules(process).get(0));
        assertFalse(Runs.rules(process).contains("log-sink-blocked"));
    }

    @Test
    void aLoneProducerThatHandsOverOnDemandIsAtRest() {
        ProcessDiagnosis process = Runs.twice(dump -> {
            putting(dump, "key-generator", "0x00000000e0000001", "com.acme.Keys.generate(K.java:9)");
            for (int i = 1; i <= 9; i++) {
                dump.idleWorker("http-nio-8080-exec-" + i);
            }
        });
        assertFalse(Runs.rules(process).contains("queue-full-producer-blocked"));
    }

    private static DumpText stages(DumpText dump, boolean first) {
        String stage = "com.acme.Line$Stage.run(Line.java:17)";
        putting(dump, "stage:sealer", "0x00000000e0000012", stage);
        putting(dump, "stage:filler", "0x00000000e0000011", stage);
        if (first) {
            putting(dump, "conveyor", "0x00000000e0000010", "com.acme.Line.main(Line.java:37)");
        }
        return dump;
    }

    /** Three queues are full, and two threads take from queues: from one of them, nobody does. */
    @Test
    void aChainWithoutItsLastStageIsNoCircle() {
        ProcessDiagnosis chain = Runs.twice(dump -> stages(dump, true));
        assertEquals("queue-full-producer-blocked", Runs.rules(chain).get(0));
        assertFalse(Runs.rules(chain).contains("queue-self-deadlock"));
        assertEquals(Verdict.Status.HUNG, chain.verdict().status());
        assertEquals(
                "queue-self-deadlock",
                Runs.rules(Runs.twice(dump -> stages(dump, false))).get(0));
    }

    private static void producers(DumpText dump) {
        for (int i = 1; i <= 3; i++) {
            putting(dump, "gate-" + i, "0x00000000f3a0d100", "com.acme.GateListener.run(GateListener.java:40)");
        }
        dump.idleWorker("pool-1-thread-1");
    }

    @Test
    void producersAmongWhomNobodyTakesWaitForEver() {
        ProcessDiagnosis process = Runs.twice(dump -> {
            producers(dump);
            dump.thread(
                    "main",
                    "TIMED_WAITING (sleeping)",
                    "java.lang.Thread.sleep(java.base@17.0.15/Native Method)",
                    "com.acme.Turnstiles.main(Turnstiles.java:12)");
        });
        assertEquals("queue-full-producer-blocked", Runs.rules(process).get(0));
        assertEquals(Verdict.Status.HUNG, process.verdict().status());
    }

    /** It sleeps between two batches, or reads and takes what has come in since. */
    @ParameterizedTest
    @CsvSource({
        "TIMED_WAITING (sleeping), java.lang.Thread.sleep(java.base@17.0.15/Native Method)",
        "RUNNABLE, com.acme.TicketWriter.write(TicketWriter.java:31)"
    })
    void whoMayComeBackMayTake(String state, String top) {
        ProcessDiagnosis process = Runs.twice(dump -> {
            producers(dump);
            dump.thread("writer", state, top, "com.acme.TicketWriter.run(TicketWriter.java:12)", RUN);
        });
        assertNotEquals(Verdict.Status.HUNG, process.verdict().status());
        assertNotEquals(Verdict.Status.DEGRADED, process.verdict().status());
    }

    /** Which comes when it likes, and takes what lies there. */
    @Test
    void aRequestMayTake() {
        ProcessDiagnosis process = Runs.twice(dump -> {
            producers(dump);
            dump.idleWorker("http-nio-8080-exec-1");
        });
        assertEquals(Verdict.Status.HEALTHY, process.verdict().status());
    }

    /** A job that is due each minute takes all that lies there. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "java.util.TimerThread.mainLoop(java.base@17.0.15/Timer.java:563)",
                "java.util.concurrent.ScheduledThreadPoolExecutor$DelayedWorkQueue.take(java.base@17.0.15/S.java:1182)"
            })
    void aTimerMayTake(String rest) {
        ProcessDiagnosis process = Runs.twice(dump -> {
            producers(dump);
            dump.thread(
                    "drain",
                    "TIMED_WAITING (parking)",
                    "jdk.internal.misc.Unsafe.park(java.base@17.0.15/Native Method)",
                    rest,
                    RUN);
        });
        assertEquals(Verdict.Status.HEALTHY, process.verdict().status());
    }

    /** It waits for the end of the lambda that puts, which is no more than slow. */
    @Test
    void whoWaitsForTheEndOfProducersIsNoConsumer() {
        ProcessDiagnosis process = Runs.twice(dump -> {
            putting(dump, "source", "0x00000000e0000001", "com.acme.App.lambda$start$0(App.java:30)");
            dump.parked(
                    "end",
                    "WAITING (parking)",
                    "<0x00000000e0000002> (a java.util.concurrent.CountDownLatch$Sync)",
                    "java.util.concurrent.locks.AbstractQueuedSynchronizer.acquire(java.base@17.0.15/A.java:715)",
                    "java.util.concurrent.CountDownLatch.await(java.base@17.0.15/CountDownLatch.java:230)",
                    "com.acme.App.lambda$start$2(App.java:40)",
                    RUN);
            dump.thread(
                    "sink", "RUNNABLE", "com.acme.Sink.crunch(Sink.java:31)", "com.acme.Sink.run(Sink.java:12)", RUN);
        });
        assertFalse(Runs.rules(process).contains("queue-self-deadlock"));
        assertNotEquals(Verdict.Status.HUNG, process.verdict().status());
    }
}
