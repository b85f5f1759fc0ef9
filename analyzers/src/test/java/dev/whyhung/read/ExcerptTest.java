package dev.whyhung.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whyhung.Runs;
import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.diagnose.verdict.Verdict;
import dev.whyhung.model.Frame;
import dev.whyhung.model.ThreadDump;
import dev.whyhung.model.ThreadStatus;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What people keep of a dump: parts of it, quoted in an issue, a note or a comment. */
class ExcerptTest {

    private static final String ENTRIES = """
            Found one Java-level deadlock:
            =============================
            "baker":
              waiting to lock monitor 0x000000001f2c4ee8 (object 0x00000006c384fbe0, a com.acme.Oven),
              which is held by "miller"
            "miller":
              waiting for ownable synchronizer 0x00000006c384f658, (a java.util.concurrent.locks.ReentrantLock$NonfairSync),
              which is held by "baker"

            """;

    private static final String STACKS = """
            Java stack information for the threads listed above:
            ===================================================
            "baker":
            \tat com.acme.Oven.open(Oven.java:12)
            \t- waiting to lock <0x00000006c384fbe0> (a com.acme.Oven)
            \tat com.acme.Bakery.bake(Bakery.java:31)
            "miller":
            \tat jdk.internal.misc.Unsafe.park(java.base@21.0.2/Native Method)
            \t- parking to wait for  <0x00000006c384f658> (a java.util.concurrent.locks.ReentrantLock$NonfairSync)
            \tat java.util.concurrent.locks.LockSupport.park(java.base@21.0.2/LockSupport.java:221)
            \tat java.util.concurrent.locks.ReentrantLock.lock(java.base@21.0.2/ReentrantLock.java:322)
            \tat com.acme.Mill.grind(Mill.java:7)
            \t- locked <0x00000006c384fbe0> (a com.acme.Oven)

            Found 1 deadlock.
            """;

    private static ProcessDiagnosis diagnose(String text) {
        List<ProcessDiagnosis> processes = Runs.diagnose(Runs.read(text)).processes();
        assertEquals(1, processes.size(), "processes");
        return processes.get(0);
    }

    private static List<ThreadDump> dumps(String text) {
        List<ThreadDump> dumps = new ArrayList<>();
        new Kept(dumps)
                .read(Source.stream(
                        "note.md", () -> new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), true));
        return dumps;
    }

    private static void assertDeadlocked(String text) {
        ProcessDiagnosis process = diagnose(text);
        assertEquals(Verdict.Status.HUNG, process.verdict().status(), text);
        assertTrue(
                process.verdict().headline().startsWith("2 threads are deadlocked: "),
                process.verdict().headline());
    }

    @Test
    void aDeadlockSectionIsAllThatWasKept() {
        assertDeadlocked("# It hangs\n\nThis is what jstack says:\n\n" + ENTRIES + STACKS + "\nAny idea?\n");
        assertDeadlocked("It hangs:\n" + ENTRIES.indent(4));
        assertDeadlocked(("It hangs:\n\n" + ENTRIES + STACKS)
                .lines()
                .map(line -> "> " + line + '\n')
                .reduce("", String::concat));
    }

    @Test
    void theThreadsOfASectionHaveItsStacks() {
        ThreadDump dump = dumps(ENTRIES + STACKS).get(0);
        assertEquals(2, dump.threads().size());
        assertEquals(
                "com.acme.Oven.open(Oven.java:12)",
                dump.threads().get(0).stack().frames().get(0).text());
        assertEquals(
                ThreadStatus.BLOCKED_ON_MONITOR_ENTER, dump.threads().get(0).status());
        assertEquals(ThreadStatus.PARKED, dump.threads().get(1).status());
    }

    @Test
    void onlyTheStacksOfASection() {
        String stacks = STACKS.replace("(a com.acme.Oven)\n", "(a com.acme.Oven)//this one\n")
                .replace(
                        "- parking to wait for  <0x00000006c384f658> (a java.util.concurrent.locks.ReentrantLock$NonfairSync)\n",
                        "- waiting to lock <0x00000006c384f658> (a com.acme.Mill)\n")
                .replace("(Bakery.java:31)\n", "(Bakery.java:31)\n\t- locked <0x00000006c384f658> (a com.acme.Mill)\n");
        assertDeadlocked("It hangs:\n\n" + stacks.indent(3));
    }

    @Test
    void blanksBehindEveryLine() {
        assertDeadlocked(
                (ENTRIES + STACKS).lines().map(line -> line + "       \n").reduce("", String::concat));
    }

    @Test
    void proseBetweenTheEntriesAndTheStacks() {
        String stacks = STACKS.substring(STACKS.indexOf("\"baker\":"), STACKS.indexOf("\nFound"));
        ThreadDump dump = dumps("```\n" + ENTRIES + "```\n\nThe stacks that offend:\n\n```\n" + stacks + "```\n")
                .get(0);
        assertEquals(2, dump.threads().size());
        assertEquals(2, dump.threads().get(0).stack().depth());
    }

    @Test
    void aSectionAsTheServiceabilityAgentPrintsIt() {
        assertDeadlocked("""
                Found one Java-level deadlock:
                =============================
                "writer":
                  waiting to lock Monitor@0x00007f9958004848 (Object@0x00000000803c6648, a com/acme/Ledger),
                  which is held by "reader"
                "reader":
                  waiting to lock Monitor@0x00007f99580049a8 (Object@0x00000000801e6290, a com/acme/Index),
                  which is held by "writer"
                """);
    }

    @Test
    void theAgentKnowsNoNamesButInTheSection() {
        assertDeadlocked("""
                Attaching to process ID 8321, please wait...
                Debugger attached successfully.
                Deadlock Detection:

                Found one Java-level deadlock:
                =============================

                "writer":
                  waiting to lock Monitor@0x000af398 (Object@0xf819aa10, a java/lang/String),
                  which is held by "reader"
                "reader":
                  waiting to lock Monitor@0x000af400 (Object@0xf819aa48, a java/lang/String),
                  which is held by "writer"

                Found a total of 1 deadlock.

                Thread t@11: (state = BLOCKED)
                 - com.acme.Ledger.run() @bci=108, line=32 (Interpreted frame)

                Thread t@10: (state = BLOCKED)
                 - com.acme.Ledger.run() @bci=108, line=32 (Interpreted frame)
                """);
    }

    @Test
    void threadsThatTheSectionNamesAndTheExcerptLeavesOut() {
        String baker = """
                "baker" #22 prio=5 os_prio=0 tid=0x000001aeff1a0 nid=0x7a0c waiting for monitor entry  [0x0000006b]
                   java.lang.Thread.State: BLOCKED (on object monitor)
                \tat com.acme.Oven.open(Oven.java:12)
                \t- waiting to lock <0x00000006c384fbe0> (a com.acme.Oven)
                ...
                """;
        assertDeadlocked(baker + ENTRIES);
        assertEquals(2, dumps(baker + ENTRIES).get(0).threads().size());
        assertDeadlocked(ENTRIES + "More of it:\n\n" + baker);
        assertEquals(1, dumps(ENTRIES + "More of it:\n\n" + baker).size());
    }

    @Test
    void entriesWithoutTheLineBeforeThem() {
        String entries = ENTRIES.substring(ENTRIES.indexOf('"'));
        assertDeadlocked("Each waits for the other:\n\n```\n" + entries + "```\n");
        assertDeadlocked("# Found one Java-level deadlock:\n\n```\n" + entries + "```\n# Java stack information for the"
                + " threads listed above:\n\n```\n" + STACKS.substring(STACKS.indexOf('"')) + "```\n");
    }

    @Test
    void entriesInBoldLetters() {
        assertDeadlocked(
                "Look:\n\n" + ENTRIES.replaceAll("\"(\\w+)\"", "\"**$1**\"").replaceAll("(0x\\w+)", "**$1**"));
    }

    @Test
    void wordsAboutADeadlockAreNoDump() {
        assertEquals(
                0,
                dumps("jstack prints\n\nFound one Java-level deadlock:\n\nand the names of the threads.\n")
                        .size());
    }

    @Test
    void anotherDialectBehindADump() {
        List<ThreadDump> dumps = dumps("""
                Full thread dump OpenJDK 64-Bit Server VM (17.0.15+6 mixed mode):

                "x" #9 prio=5 os_prio=0 tid=0x7f nid=0x1 runnable  [0x1]
                   java.lang.Thread.State: RUNNABLE
                \tat com.acme.A.b(A.java:3)

                JNI global refs: 31, weak refs: 3

                "y" Id=12 RUNNABLE
                    at com.acme.B.c(B.java:4)
                    at com.acme.B.d(B.java:5)
                """);
        assertEquals(2, dumps.size());
        assertEquals(2, dumps.get(1).threads().get(0).stack().depth());
    }

    /** As workers of two pools are called who were not given names. */
    @Test
    void aDeadlockOfTwoThreadsOfOneName() {
        String section = (ENTRIES + STACKS).replace("baker", "worker-1").replace("miller", "worker-1");
        assertDeadlocked("It hangs:\n\n" + section);
        assertDeadlocked("It hangs:\n\n" + ENTRIES.replace("baker", "worker-1").replace("miller", "worker-1"));
        assertEquals(2, dumps(section + section).get(0).threads().size());
    }

    /** Found by those who look for names and states in a dump. */
    @Test
    void headersWithoutTheirStacks() {
        String idle = SurroundingsTest.capture("idle-libraries", "17/jstack-l-1.txt");
        String found = idle.lines()
                .filter(line -> line.startsWith("\"") || line.contains("Thread.State"))
                .map(line -> line + '\n')
                .reduce("", String::concat);
        assertEquals(Verdict.Status.INCONCLUSIVE, diagnose(found).verdict().status());
        for (String lost : List.of("\t", " \t")) {
            String stripped = idle.lines()
                    .filter(line -> line.isEmpty() || lost.indexOf(line.charAt(0)) < 0)
                    .map(line -> line + '\n')
                    .reduce("", String::concat);
            Intake.Result read = Runs.read(stripped);
            assertEquals(
                    Verdict.Status.INCONCLUSIVE,
                    Runs.diagnose(read).processes().get(0).verdict().status());
            String message = String.valueOf(read.inputs().get(0).message());
            assertTrue(message.endsWith("threads have lost the stack"), message);
        }
    }

    @Test
    void quotesThatMarkdownHasWrittenOut() {
        List<ThreadDump> dumps = dumps("""
                # Orders

                ```
                &quot;order-7&quot; Id=138 WAITING on com.acme.Gate@a268a48
                    at java.lang.Object.wait(Native Method)
                    -  waiting on com.acme.Gate@a268a48
                    at com.acme.Orders$$Proxy.take(&lt;generated&gt;)
                ```
                """);
        assertEquals("order-7", dumps.get(0).threads().get(0).name());
        assertEquals(2, dumps.get(0).threads().get(0).stack().depth());
    }

    @Test
    void aHeaderWhoseMiddleIsLeftOut() {
        List<ThreadDump> dumps = dumps("""
                "order-7" ... WAITING (parking)
                    at sun.misc.Unsafe.park(Native Method)
                    - parking to wait for <0x00000000c393f300> (a com.acme.Gate)
                    at com.acme.Orders.take(Orders.java:24)

                "order-8" #12 daemon ... RUNNABLE
                    at com.acme.Orders.count(Orders.java:30)
                """);
        assertEquals(2, dumps.get(0).threads().size());
        assertEquals(ThreadStatus.PARKED, dumps.get(0).threads().get(0).status());
        assertEquals(0, dumps("He said \"stop\" ... WAITING\nfor me.\n").size());
    }

    /** Its last line is lost; then the log goes on. */
    @Test
    void whatFollowsACutSectionIsNoPartOfIt() {
        String log =
                "ERROR order 7 failed\njava.lang.IllegalStateException: no\n\tat com.acme.Bakery.sell(Bakery.java:50)\n";
        String cut = ENTRIES + STACKS.substring(0, STACKS.indexOf("Found 1"));
        assertEquals(frames(cut), frames(cut + log.repeat(20)));
    }

    private static List<List<Frame>> frames(String text) {
        return dumps(text).get(0).threads().stream()
                .map(thread -> thread.stack().frames())
                .toList();
    }

    @Test
    void linesThatLookLikeAbridgedHeadersAreNoDump() {
        assertEquals(List.of(), dumps("""
                "job 1" ... WAITING
                "job 2" ... WAITING
                "job 3" ... RUNNABLE
                "job 4" ... RUNNABLE
                """));
    }

    /** The JVM prints more of a thread than its number. */
    @Test
    void namesWithNumbersAreNoDump() {
        String log = "\"job 1\" #12 state WAITING\n\"job 2\" #13 state WAITING\n\"job 3\" #14 state RUNNABLE\n";
        assertEquals(List.of(), dumps(log));
        assertEquals(List.of(), dumps("\"job 1\" #12 state WAITING\nINFO order accepted\n".repeat(3)));
    }

    @Test
    void theLocksOfAJavacoreAreAllThatWasKept() {
        assertDeadlocked("""
                In one javacore there is this:

                    1LKDEADLOCK    Deadlock detected !!!
                    NULL           ---------------------
                    2LKDEADLOCKTHR  Thread "miller" (0x00007F5E8435BD00)
                    3LKDEADLOCKWTR    is waiting for:
                    4LKDEADLOCKMON      sys_mon_t:0x00007F5E24013F10 infl_mon_t: 0x00007F5E24013F88:
                    4LKDEADLOCKOBJ      com/acme/Mill@0x00007F5E5E18E3D8
                    3LKDEADLOCKOWN    which is owned by:
                    2LKDEADLOCKTHR  Thread "baker" (0x00007F5E84362100)
                    3LKDEADLOCKWTR    which is waiting for:
                    4LKDEADLOCKOBJ      com/acme/Oven@0x00007F5E7E1464F0
                    3LKDEADLOCKOWN    which is owned by:
                    2LKDEADLOCKTHR  Thread "miller" (0x00007F5E8435BD00)
                """);
    }

    @Test
    void threadsOfAJavacoreInANote() {
        List<ThreadDump> dumps = dumps("""
                Several threads copy lists:

                    3XMTHREADINFO      "oven-3" J9VMThread:0x00000000013A0B00, omrthread_t:0x00007F3578004468, java/lang/Thread:0x000000078255C300, state:R, prio=5
                    3XMJAVALTHREAD            (java/lang/Thread getId:0x17A, isDaemon:false)
                    3XMTHREADINFO3           Java callstack:
                    4XESTACKTRACE                at java/util/Arrays.copyOf(Arrays.java:3210(Compiled Code))
                    4XESTACKTRACE                at com/acme/Oven.list(Oven.java:9)
                """);
        assertEquals(2, dumps.get(0).threads().get(0).stack().depth());
    }
}
