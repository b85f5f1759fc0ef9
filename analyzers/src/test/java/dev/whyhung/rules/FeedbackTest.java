package dev.whyhung.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whyhung.DumpText;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.diagnose.rank.RankedFinding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Loops that take from a queue and are led back to put into it. */
class FeedbackTest {

    private static final String RUN = "java.lang.Thread.run(java.base@17.0.15/Thread.java:840)";

    /** A loop of its own package takes from the queue, and what it calls elsewhere leads back there. */
    private static void crawling(DumpText dump, int workers) {
        for (int i = 1; i <= workers; i++) {
            QueueKnotTest.putting(
                    dump,
                    "crawler-" + i,
                    "0x00000000f1a00010",
                    "com.acme.jobs.JobQueue.enqueue(JobQueue.java:7)",
                    "com.acme.pages.Pages.handle(Pages.java:14)",
                    "com.acme.jobs.Worker.run(Worker.java:9)");
        }
        for (int i = 1; i <= 2; i++) {
            QueueKnotTest.putting(
                    dump,
                    "seed-" + i,
                    "0x00000000f1a00010",
                    "com.acme.jobs.JobQueue.enqueue(JobQueue.java:7)",
                    "com.acme.pages.Seeds.lambda$start$0(Seeds.java:5)");
        }
    }

    @Test
    void aLoopThatIsLedBackToTheQueueOfItsPackage() {
        ProcessDiagnosis process = Runs.twice(dump -> crawling(dump, 3));
        RankedFinding first = process.findings().get(0);
        assertEquals("queue-self-deadlock", first.finding().rule().id());
        assertEquals(3, first.finding().culprits().size());
        assertTrue(first.finding().culprits().get(0).thread().startsWith("crawler"));
    }

    /** It serves another queue then, or has just room for the next. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "com.acme.jobs.Worker.run(Worker.java:8)",
                "com.acme.jobs.Writer.run(Writer.java:8)",
                "com.acme.sink.Sink.run(Sink.java:8)"
            })
    void norIsItOneWhereAnotherThreadAtWorkMayTake(String loop) {
        ProcessDiagnosis process = Runs.twice(dump -> {
            crawling(dump, 2);
            dump.readingSocket("other-1", "com.acme.pages.Client.fetch(Client.java:20)", loop, RUN);
        });
        assertFalse(
                Runs.rules(process).contains("queue-self-deadlock"),
                Runs.rules(process).toString());
    }

    @Test
    void norWhereOneOfTheLoopIsAtRestInFrontOfItsOwnQueue() {
        ProcessDiagnosis process = Runs.twice(dump -> {
            crawling(dump, 2);
            dump.parked(
                    "crawler-3",
                    "WAITING (parking)",
                    "<0x00000000f1a00090> (a java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject)",
                    "java.util.concurrent.ArrayBlockingQueue.take(java.base@17.0.15/ArrayBlockingQueue.java:420)",
                    "com.acme.jobs.Worker.run(Worker.java:8)",
                    RUN);
        });
        assertFalse(
                Runs.rules(process).contains("queue-self-deadlock"),
                Runs.rules(process).toString());
    }
}
