package dev.whyhung.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whyhung.Runs;
import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.diagnose.rank.RankedFinding;
import dev.whyhung.fixtures.Case;
import dev.whyhung.fixtures.Cases;
import dev.whyhung.model.InputReport;
import dev.whyhung.model.LockMention;
import dev.whyhung.model.ThreadDump;
import dev.whyhung.model.ThreadSnapshot;
import dev.whyhung.model.ThreadStatus;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class DialectsTest {

    private static final Case DEADLOCK = Cases.all().stream()
            .filter(each -> each.id().equals("dialects-deadlock"))
            .findFirst()
            .orElseThrow();

    private final List<ThreadDump> dumps = new ArrayList<>();
    private List<InputReport> reports = List.of();

    /** One program in every dialect: the same verdict, the same finding, with the same figures. */
    @TestFactory
    Stream<DynamicTest> sameDiagnosis() {
        List<String> files = DEADLOCK.expectation().runs().stream()
                .map(run -> run.files().get(0))
                .toList();
        String wanted = diagnosis(files.get(0));
        return files.stream().map(file -> DynamicTest.dynamicTest(file, () -> assertEquals(wanted, diagnosis(file))));
    }

    private static String diagnosis(String file) {
        Source source = Source.file(file, DEADLOCK.file(file), true);
        ProcessDiagnosis process =
                Runs.diagnose(Intake.read(List.of(source))).processes().get(0);
        RankedFinding top = process.findings().get(0);
        String headline = top.finding().headline().replaceAll("@\\d+", "");
        boolean turned = headline.contains("\"transfer-in\" → \"transfer-out\" → \"transfer-in\"");
        return process.verdict().status() + " " + top.finding().rule().id() + ' ' + top.severity() + ' ' + top.score()
                + ' ' + top.victims().size() + ' '
                + (turned
                        ? headline.replace(
                                "\"transfer-in\" → \"transfer-out\" → \"transfer-in\"",
                                "\"transfer-out\" → \"transfer-in\" → \"transfer-out\"")
                        : headline);
    }

    private List<ThreadSnapshot> threads(String text) {
        dumps.clear();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Source source = Source.stream("in", () -> new ByteArrayInputStream(bytes), true);
        reports = new Kept(dumps).read(source);
        return dumps.stream().flatMap(dump -> dump.threads().stream()).toList();
    }

    private static String locks(ThreadSnapshot thread) {
        return String.join(
                " ",
                thread.locks().stream()
                        .map(LockMention::toString)
                        .map(text -> text.replaceAll(".*kind=(\\w+), depth=(-?\\d+), lock=(.*)]", "$1:$2:$3"))
                        .toList());
    }

    @Test
    void jstackForced() {
        List<ThreadSnapshot> threads = threads("""
                Attaching to process ID 4711, please wait...
                Debugger attached successfully.
                Server compiler detected.
                JVM version is 25.504-b01
                Deadlock Detection:

                No deadlocks found.

                Thread 4712: (state = BLOCKED)
                 - sun.misc.Unsafe.park(boolean, long) @bci=0 (Compiled frame; information may be imprecise)
                 - java.util.concurrent.locks.LockSupport.park(java.lang.Object) @bci=14, line=175 (Compiled frame)
                	- waiting on <no object reference available>
                Error occurred during stack walking:


                Thread 4713: (state = IN_NATIVE)
                 - java.net.SocketInputStream.socketRead0(java.io.FileDescriptor, byte[], int, int, int) @bci=0 (Interpreted frame)
                """);
        assertEquals(
                List.of(ThreadStatus.PARKED, ThreadStatus.RUNNABLE),
                threads.stream().map(ThreadSnapshot::status).toList());
        assertEquals(
                "java.util.concurrent.locks.LockSupport.park(line 175)",
                threads.get(0).stack().frames().get(1).text());
        assertEquals(4711, dumps.get(0).info().pid());
        assertEquals(0, reports.get(0).skippedLines());
    }

    @Test
    void coroutines() {
        List<ThreadSnapshot> threads = threads("""
                Coroutines dump 2026/03/01 12:00:00

                Coroutine "order#2":StandaloneCoroutine{Active}@5afa04c, state: SUSPENDED
                	at com.acme.Orders.place(Orders.kt:41)
                	at _COROUTINE._CREATION._(CoroutineDebugging.kt)
                	(Coroutine creation stacktrace)
                	at kotlinx.coroutines.BuildersKt.launch(Unknown Source)

                Coroutine DeferredCoroutine{Active}@2b193f2d, state: RUNNING
                	at com.acme.Orders.pay(Orders.kt:50)
                """);
        assertEquals(
                List.of("order#2", "DeferredCoroutine{Active}"),
                threads.stream().map(ThreadSnapshot::name).toList());
        assertTrue(threads.stream().allMatch(ThreadSnapshot::isVirtual));
        assertEquals(2, threads.get(0).stack().depth());
        assertNotNull(dumps.get(0).info().takenAt());
    }

    @Test
    void namesInQuotesAndOwnersWithSpaces() {
        List<ThreadSnapshot> threads = threads("""
                "a "b" c" - Thread t@7
                   java.lang.Thread.State: BLOCKED
                	at com.acme.A.b(A.java:1)
                	- waiting to lock <1f> (a com.acme.L) owned by "the owner" t@8

                   Locked ownable synchronizers:
                	- locked <2f> (a java.util.concurrent.locks.ReentrantLock$NonfairSync)

                "the owner" - Thread t@8
                   java.lang.Thread.State: RUNNABLE
                	at com.acme.A.c(A.java:2)
                """);
        assertEquals(
                List.of("a \"b\" c", "the owner"),
                threads.stream().map(ThreadSnapshot::name).toList());
        assertEquals(
                "WAITING_TO_LOCK:0:<@1f> (a com.acme.L) OWNED_SYNCHRONIZER:-1:<@2f> (a java.util.concurrent.locks.ReentrantLock$NonfairSync)",
                locks(threads.get(0)));
        assertEquals("LOCKED:-1:<@1f> (a com.acme.L)", locks(threads.get(1)));
    }

    @Test
    void formsOfThreadMonitors() {
        List<ThreadSnapshot> threads = threads("""
                "worker" Id=9 in BLOCKED on lock=com.acme.L@1f
                     owned by holder Id=12
                    at com.acme.A.b(A.java:1)

                "holder" id=12 in RUNNABLE (in native)
                    at com.acme.A.c(A.java:2)
                      - locked com.acme.L@1f
                """);
        assertEquals("WAITING_TO_LOCK:0:<@1f> (a com.acme.L)", locks(threads.get(0)));
        assertEquals("LOCKED:0:<@1f> (a com.acme.L)", locks(threads.get(1)));
    }

    @Test
    void ownerBeforeTheLock() {
        List<ThreadSnapshot> threads = threads("""
                "waiter" tid=0x16 owned by "holder" tid=0x15
                    java.lang.Thread.State: BLOCKED
                	at com.acme.A.b(A.java:1)
                	-  blocked on com.acme.L@1f

                "holder" tid=0x15
                    java.lang.Thread.State: RUNNABLE
                	at com.acme.A.c(A.java:2)
                """);
        assertEquals("WAITING_TO_LOCK:0:<@1f> (a com.acme.L)", locks(threads.get(0)));
        assertEquals("LOCKED:-1:<@1f> (a com.acme.L)", locks(threads.get(1)));
    }

    @Test
    void jsonOfStrangers() {
        List<ThreadSnapshot> threads = threads("""
                {"version":"x","dumps":[{"threads":[
                  {"name":"one","id":"5","state":"waiting","waitingFor":{"lock":"com.acme.L@1f","owner":"two"},
                   "stacktrace":"at app//com.acme.A.b(A.java:1)\\n\\tat com.acme.A.c(A.java:2)"},
                  {"name":"two","id":6,"state":"RUNNABLE","lockedMonitors":[{"lock":"com.acme.M@2f","frame":"x"}],
                   "stack":["java.base@17/java.lang.Thread.run(Thread.java:1)"]}]}]}
                """);
        assertEquals(2, threads.size());
        assertEquals(
                "[com.acme.A.b(A.java:1), com.acme.A.c(A.java:2)]",
                threads.get(0).stack().frames().toString());
        assertTrue(locks(threads.get(1)).contains("OWNED_SYNCHRONIZER:-1:<@1f> (a com.acme.L)"), locks(threads.get(1)));
    }

    /** A scheduler's log names its jobs like that, too. */
    @Test
    void namesWithStatesAreNoDump() {
        String log = "\"job 1\" id=12 WAITING\n\"job 2\" id=13 WAITING\n\"job 3\" id=14 RUNNABLE\n";
        Described read = Described.of(log);
        assertEquals(0, read.threads().size());
        assertEquals("names threads, or something else like them, and shows no stacks", read.message());
        assertEquals(
                2,
                threads(
                                "\"a\" Id=1 BLOCKED on X@1 owned by \"b\" Id=2\n\"b\" Id=2 BLOCKED on X@2 owned by \"a\" Id=1\n")
                        .size());
    }

    @Test
    void cutJsonKeepsWholeThreads() {
        String whole =
                "[{\"threadName\":\"a\",\"threadId\":1,\"threadState\":\"RUNNABLE\"},{\"threadName\":\"b\",\"threa";
        assertEquals(1, threads(whole).size());
        assertTrue(dumps.get(0).info().truncated());
    }
}
