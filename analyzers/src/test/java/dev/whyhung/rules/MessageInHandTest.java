package dev.whyhung.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whyhung.DumpText;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.diagnose.rank.RankedFinding;
import dev.whyhung.diagnose.rank.Severity;
import dev.whyhung.diagnose.verdict.Verdict;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Threads that read from sockets without an answer: whether that is their work, what called them tells. */
class MessageInHandTest {

    private static final String WORKER = "java.util.concurrent.ThreadPoolExecutor.runWorker";

    private static DumpText reading(int second, String caller) {
        DumpText dump = DumpText.withOwners(second).idleWorker("mail-1").idleWorker("mail-2");
        for (int i = 1; i <= 5; i++) {
            dump.readingSocket("Session Task-" + i, "com.acme.Rates.ask(Rates.java:9)", caller + "(X.java:1)");
        }
        return dump;
    }

    @ParameterizedTest
    @CsvSource({
        "org.apache.activemq.ActiveMQMessageConsumer.dispatch, HUNG",
        "akka.dispatch.TaskInvocation.run, HUNG",
        WORKER + ", HEALTHY"
    })
    void hasAskedSomebody(String caller, Verdict.Status expected) {
        ProcessDiagnosis process = Runs.process(reading(0, caller), reading(DumpText.LATER, caller));
        assertEquals(expected, process.verdict().status(), process.verdict().headline());
        assertEquals(
                Verdict.Status.HEALTHY,
                Runs.process(reading(0, caller)).verdict().status(),
                "one dump cannot tell");
    }

    private static DumpText latched(int second, String caller) {
        DumpText dump = DumpText.withOwners(second).idleWorker("part-1");
        for (int i = 1; i <= 5; i++) {
            dump.parked(
                    "worker-" + i,
                    "WAITING (parking)",
                    "<0x00000000bb00000" + i + "> (a java.util.concurrent.CountDownLatch$Sync)",
                    "java.util.concurrent.CountDownLatch.await(java.base@17.0.15/CountDownLatch.java:230)",
                    "com.acme.Fanout.gather(Fanout.java:8)",
                    caller + "(X.java:1)",
                    WORKER + "(java.base@17.0.15/ThreadPoolExecutor.java:1136)");
        }
        return dump;
    }

    @ParameterizedTest
    @CsvSource({
        "org.apache.ignite.internal.processors.job.GridJobWorker.body, latch-never-counted",
        "com.acme.Tasks.run, pool-self-deadlock"
    })
    void waitsForNoTaskBehindIt(String caller, String expected) {
        ProcessDiagnosis process = Runs.process(latched(0, caller), latched(DumpText.LATER, caller));
        assertEquals(expected, process.findings().get(0).finding().rule().id());
    }

    /** In one dump, whoever handles a command of Axon 4.11 may be about to give the results that requests wait for. */
    @ParameterizedTest
    @CsvSource({"org.axonframework.commandhandling.SimpleCommandBus.handle, LOW", "com.acme.Mails.fetch, HIGH"})
    void mayBeAboutToAnswer(String caller, Severity expected) {
        DumpText dump = reading(0, caller);
        for (int i = 1; i <= 8; i++) {
            dump.parked(
                    "qtp1538399081-" + (20 + i),
                    "WAITING (parking)",
                    "<0x00000000bb00000" + i + "> (a java.util.concurrent.CompletableFuture$Signaller)",
                    "java.util.concurrent.CompletableFuture.get(java.base@17.0.15/CompletableFuture.java:2072)",
                    "com.acme.Desk.serve(Desk.java:30)",
                    "org.eclipse.jetty.util.thread.QueuedThreadPool$Runner.run(QueuedThreadPool.java:1149)");
        }
        RankedFinding finding = Runs.finding(Runs.process(dump), "future-never-completed");
        assertEquals(expected, finding.severity());
    }
}
