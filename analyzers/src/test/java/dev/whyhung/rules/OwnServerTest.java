package dev.whyhung.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whyhung.DumpText;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.diagnose.verdict.Verdict;
import org.junit.jupiter.api.Test;

/** Servers that an application wrote itself: one thread accepts connections and gives them to a pool with a name of its own. */
class OwnServerTest {

    private static final String[] POOL = {
        "java.util.concurrent.ThreadPoolExecutor.runWorker(java.base@17.0.15/ThreadPoolExecutor.java:1136)",
        "java.util.concurrent.ThreadPoolExecutor$Worker.run(java.base@17.0.15/ThreadPoolExecutor.java:635)",
        "java.lang.Thread.run(java.base@17.0.15/Thread.java:840)"
    };

    private static DumpText server(int second, String task) {
        DumpText dump = DumpText.withOwners(second)
                .thread(
                        "sky doorman",
                        "RUNNABLE",
                        "sun.nio.ch.Net.accept(java.base@17.0.15/Native Method)",
                        "sun.nio.ch.NioSocketImpl.accept(java.base@17.0.15/NioSocketImpl.java:760)",
                        "java.net.ServerSocket.accept(java.base@17.0.15/ServerSocket.java:563)",
                        "com.acme.Desk.lambda$open$2(Desk.java:43)",
                        POOL[2]);
        for (int i = 1; i <= 7; i++) {
            dump.parked(
                    "sky worker #" + i,
                    "WAITING (parking)",
                    "<0x00000000e000001" + i + "> (a java.util.concurrent.CompletableFuture$Signaller)",
                    "java.util.concurrent.CompletableFuture.waitingGet(java.base@17.0.15/CompletableFuture.java:1898)",
                    "java.util.concurrent.CompletableFuture.join(java.base@17.0.15/CompletableFuture.java:2117)",
                    "com.acme.Telescope.look(Telescope.java:24)",
                    task,
                    POOL[0],
                    POOL[1],
                    POOL[2]);
        }
        return dump;
    }

    private static DumpText withReader(DumpText dump) {
        return dump.readingSocket(
                "session-1", "com.acme.Session.listen(Session.java:12)", "com.acme.Session.run(Session.java:8)");
    }

    private static final String HANDLER = "com.acme.Desk.lambda$open$1(Desk.java:44)";

    @Test
    void theTasksOfWhoAcceptsAreRequests() {
        ProcessDiagnosis process = Runs.process(server(0, HANDLER), server(DumpText.LATER, HANDLER));
        assertEquals("future-never-completed", Runs.rules(process).get(0));
        assertEquals(Verdict.Status.HUNG, process.verdict().status());
    }

    @Test
    void tasksOfOthersMayWaitAtRest() {
        String task = "com.acme.Stars.follow(Stars.java:44)";
        assertEquals(
                Verdict.Status.HEALTHY,
                Runs.process(server(0, task), server(DumpText.LATER, task))
                        .verdict()
                        .status());
    }

    /** A handler of a session waits for its end, while another thread reads what comes. */
    @Test
    void soMayHandlersForWhomAnotherReads() {
        assertEquals(
                Verdict.Status.HEALTHY,
                Runs.process(withReader(server(0, HANDLER)), withReader(server(DumpText.LATER, HANDLER)))
                        .verdict()
                        .status());
    }
}
