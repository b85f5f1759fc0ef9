package dev.whyhung.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whyhung.DumpText;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.diagnose.verdict.Verdict;
import org.junit.jupiter.api.Test;

/** Requests that ask again and again for a lock of the database, with pauses, as captured of Neo4j 4.4. */
class AskingAgainTest {

    private static DumpText waiting(int second) {
        DumpText dump = DumpText.withOwners(second);
        for (int i = 1; i <= 8; i++) {
            dump.thread(
                    "qtp1538399081-" + (20 + i),
                    500 + 7L * second,
                    "TIMED_WAITING (sleeping)",
                    "java.lang.Thread.sleep(java.base@17.0.15/Native Method)",
                    "org.neo4j.kernel.impl.locking.forseti.ForsetiClient.incrementalBackoffWait(ForsetiClient.java:982)",
                    "org.neo4j.kernel.impl.locking.forseti.ForsetiClient.waitFor(ForsetiClient.java:930)",
                    "org.neo4j.kernel.impl.locking.forseti.ForsetiClient.acquireExclusive(ForsetiClient.java:356)",
                    "com.acme.Tides.rise(Tides.java:30)",
                    "org.eclipse.jetty.util.thread.QueuedThreadPool$Runner.run(QueuedThreadPool.java:1149)");
        }
        return dump;
    }

    /** The CPU time that this takes tells neither that they get on nor that they do not. */
    @Test
    void isNeitherRestNorProofOfAHang() {
        ProcessDiagnosis process = Runs.process(waiting(0), waiting(DumpText.LATER));
        assertEquals("database-lock-wait", Runs.rules(process).get(0));
        assertEquals(Verdict.Status.INCONCLUSIVE, process.verdict().status());
    }
}
