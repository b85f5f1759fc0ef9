package dev.whyhung.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whyhung.Runs;
import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.diagnose.verdict.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What IntelliJ's IDEs write when they freeze, and what their debugger exports of a remote process. */
class IdeDumpTest {

    private static final String FREEZE = """
            "AWT-EventQueue-0" prio=0 tid=0x0 nid=0x0 blocked
                 java.lang.Thread.State: BLOCKED
             on java.awt.Component$AWTTreeLock@7e19b304 owned by "painter" Id=25
            \tat java.desktop@21.0.6/java.awt.Component.invalidate(Component.java:3055)
            \tat com.acme.Editor.grow(Editor.java:12)

            "painter" prio=0 tid=0x0 nid=0x0 blocked
                 java.lang.Thread.State: BLOCKED
             on com.acme.Document@1d2f3a4b owned by "AWT-EventQueue-0" Id=61
            \tat com.acme.Document.length(Document.java:31)
            \tat com.acme.Painter.run(Painter.java:7)

            "Indexer" prio=0 tid=0x0 nid=0x0 runnable
                 java.lang.Thread.State: RUNNABLE

            \tat com.acme.Index.read(Index.java:66)

            """;

    private static ProcessDiagnosis diagnose(String text) {
        List<ProcessDiagnosis> processes = Runs.diagnose(Runs.read(text)).processes();
        assertEquals(1, processes.size(), "processes");
        return processes.get(0);
    }

    private static void assertDeadlocked(String text) {
        ProcessDiagnosis process = diagnose(text);
        assertEquals(3, Described.of(text).threads().size());
        assertEquals(Verdict.Status.HUNG, process.verdict().status());
        assertTrue(
                process.verdict().headline().contains("painter"),
                process.verdict().headline());
    }

    /** All threads have the same numbers, none. */
    @Test
    void aFreeze() {
        assertDeadlocked(FREEZE);
    }

    @Test
    void aFreezeInAnIssue() {
        assertDeadlocked("It froze:\n\n```\n" + FREEZE + "```\nAny idea?\n");
        assertDeadlocked("Something else.\n".repeat(1_000) + FREEZE);
        assertDeadlocked(FREEZE.indent(4));
    }

    @Test
    void coroutinesBehindAFreeze() {
        String coroutines = """
                ---------- Coroutine dump ----------

                - BlockingCoroutine{Active}, state: SUSPENDED [BlockingEventLoop@1a]
                \tat com.acme.Index.later(Index.java:99)
                """;
        assertEquals(
                Described.of(FREEZE).threads(),
                Described.of(FREEZE + coroutines).threads());
    }

    @Test
    void aRemoteProcess() {
        Described export = Described.of("""
                        "ferry-1@5418" prio=5 waiting
                          java.lang.Thread.State: WAITING
                        \t blocks ferry-1@5418
                        \t  at java.lang.Object.wait(Object.java:-1)
                        \t  - locked <0x1555> (a java.lang.Object)
                        \t  at com.acme.Ferry.land(Ferry.java:12)

                        "main@1" prio=5 runnable
                          java.lang.Thread.State: RUNNABLE
                        \t  at com.acme.Main.main(Main.java:3)
                        """);
        assertEquals(2, export.threads().size());
        assertTrue(export.threads().toString().contains("com.acme.Ferry"), export.threads()::toString);
        assertFalse(export.dumps().get(0).info().truncated(), "nothing stands around it");
    }

    /** As Jira shows it, in colours. */
    @Test
    void aRemoteProcessOnAPage() {
        String text = """
                Here is the dump:
                <pre class="code-java">
                <span class="code-quote">"main@1"</span> prio=5 tid=0x1 nid=NA waiting <span class="code-keyword">for</span> monitor entry
                java.lang.<span class="code-object">Thread</span>.State: BLOCKED
                waiting <span class="code-keyword">for</span> events@1594 to release lock on <0x716> (a com.acme.Session)
                at com.acme.Session.check(Session.java:209)
                at com.acme.Session.<clinit>(Session.java:9)

                <span class="code-quote">"events@1594"</span> daemon prio=5 tid=0xe nid=NA waiting
                java.lang.<span class="code-object">Thread</span>.State: WAITING
                blocks main@1
                at java.lang.<span class="code-object">Object</span>.wait(<span class="code-object">Object</span>.java:-1)
                at com.acme.Session.close(Session.java:677)
                </pre>
                """;
        String threads = Described.of(text).threads().toString();
        assertEquals(2, Described.of(text).threads().size(), threads);
        assertTrue(threads.contains("com.acme.Session.<clinit>") && threads.contains("WAITING_TO_LOCK"), threads);
    }

    /** Some program's own dump. */
    @Test
    void locksByHashCode() {
        String text = """
                "heartbeat" #56
                   java.lang.Thread.State: BLOCKED
                        at com.acme.Client.poll(Client.java:221)
                        - waiting to lock com.acme.Client@39faacaf
                        at com.acme.Heart.run(Heart.java:931)
                        - locked on com.acme.Coordinator@19484faf

                "poller" #59
                   java.lang.Thread.State: BLOCKED
                        at com.acme.Coordinator.beat(Coordinator.java:31)
                        - waiting to lock com.acme.Coordinator@19484faf
                        at com.acme.Client.poll(Client.java:270)
                        - locked on com.acme.Client@39faacaf
                """;
        ProcessDiagnosis process = diagnose(text);
        assertEquals(
                Verdict.Status.HUNG,
                process.verdict().status(),
                process.verdict().headline());
    }
}
