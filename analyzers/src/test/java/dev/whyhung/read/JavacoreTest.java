package dev.whyhung.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whyhung.Runs;
import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.diagnose.rank.RankedFinding;
import dev.whyhung.model.LockMention;
import dev.whyhung.model.ThreadDump;
import dev.whyhung.model.ThreadSnapshot;
import dev.whyhung.model.ThreadStatus;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JavacoreTest {

    private static final String SYNC = "java/util/concurrent/locks/ReentrantLock$NonfairSync@0x00000000F0000100";
    private static final String CLASS_LOCK = "java/lang/J9VMInternals$ClassInitializationLock@0x00000000F00000";

    private final StringBuilder text = new StringBuilder();
    private int threads;

    private void begin(String time) {
        text.append("0SECTION       TITLE subcomponent dump routine\n")
                .append("1TIDATETIME    Date: 2026/03/01 at ")
                .append(time)
                .append("\n0SECTION       ENVINFO subcomponent dump routine\n")
                .append("1CIJAVAVERSION JRE 17 Linux amd64-64 (build 17.0.13+11)\n")
                .append("1CISTARTTIME   JVM start time: 2026/03/01 at 11:58:00:000\n")
                .append("1CIPROCESSID   Process ID: 4711 (0x1267)\n")
                .append("0SECTION       THREADS subcomponent dump routine\n1XMTHDINFO     Thread Details\n");
        threads = 0;
    }

    private static String address(int thread) {
        return String.format("0x%016X", 0x200000 + thread * 0x100);
    }

    private void thread(String name, String state, String block, String... frames) {
        int number = ++threads;
        text.append("3XMTHREADINFO      \"" + name + "\" J9VMThread:" + address(number) + ", omrthread_t:0x1, "
                + "java/lang/Thread:0x00000000E00000" + number + ", state:" + state + ", prio=5\n");
        text.append("3XMJAVALTHREAD            (java/lang/Thread getId:0x" + Integer.toHexString(0x20 + number)
                + ", isDaemon:false)\n");
        text.append("3XMCPUTIME               CPU usage total: 0.004211000 secs, user: 0.004000000 secs\n");
        if (!block.isEmpty()) {
            text.append("3XMTHREADBLOCK     ").append(block).append('\n');
        }
        text.append("3XMTHREADINFO3           Java callstack:\n");
        for (String frame : frames) {
            text.append("4XESTACKTRACE                at ").append(frame).append('\n');
        }
        text.append("3XMTHREADINFO4           Type: Platform\nNULL\n");
    }

    private void end() {
        text.append("0SECTION       Javadump End section\nNULL           ---- END OF DUMP ----\n");
    }

    private List<ThreadDump> dumps() {
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        List<ThreadDump> dumps = new ArrayList<>();
        new Kept(dumps).read(Source.stream("in", () -> new ByteArrayInputStream(bytes), true));
        return dumps;
    }

    private ProcessDiagnosis diagnosis() {
        return Runs.diagnose(Runs.read(text.toString())).processes().get(0);
    }

    private static ThreadSnapshot thread(ThreadDump dump, String name) {
        return dump.threads().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private void parked(String name, String owner) {
        thread(
                name,
                "P",
                "Parked on: " + SYNC + " Owned by: " + owner,
                "jdk/internal/misc/Unsafe.park(Native Method)",
                "java/util/concurrent/locks/LockSupport.park(LockSupport.java:211)",
                "java/util/concurrent/locks/AbstractQueuedSynchronizer.acquire(AbstractQueuedSynchronizer.java:715)",
                "java/util/concurrent/locks/ReentrantLock.lock(ReentrantLock.java:322)",
                "com/acme/Orders.place(Orders.java:41(Compiled Code))",
                "java/lang/Thread.run(Thread.java:857)");
    }

    /** Two classes whose initialisers need each other, and a third thread that needs one of them. */
    @Test
    void initializersThatAreNamed() {
        begin("12:00:00:250");
        initializing("init-a", "11 Owned by: <unowned> Initializing thread: \"init-b\"", "Alpha");
        initializing("init-b", "10 Owned by: <unowned> Initializing thread: \"init-a\"", "Beta");
        thread(
                "late",
                "CW",
                "Waiting on: " + CLASS_LOCK + "10 Owned by: <unowned> Initializing thread: \"init-a\"",
                "com/acme/Late.run(Late.java:3)");
        end();
        ThreadDump dump = dumps().get(0);
        assertEquals(ThreadStatus.RUNNABLE_IN_OBJECT_WAIT, thread(dump, "late").status());
        LockMention awaited = thread(dump, "late").blocker().orElseThrow();
        assertEquals(LockMention.Kind.CLASS_INIT, awaited.kind());
        assertEquals("com.acme.Alpha", awaited.lock().className());

        RankedFinding top = diagnosis().findings().get(0);
        assertEquals("deadlock-class-init", top.finding().rule().id());
        assertEquals(.97, top.finding().confidence(), .001);
        assertTrue(
                top.finding().headline().contains("com.acme.Beta"),
                top.finding().headline());
        assertEquals(1, top.victims().size());
    }

    private void initializing(String name, String lock, String className) {
        thread(
                name,
                "CW",
                "Waiting on: " + CLASS_LOCK + lock,
                "com/acme/" + className + ".<clinit>(" + className + ".java:7)",
                "com/acme/Start.run(Start.java:12)");
    }

    /** Earlier versions do not name the thread. */
    @Test
    void initializersThatAreNotNamed() {
        begin("12:00:00:250");
        initializing("init-a", "11 Owned by: <unowned>", "Alpha");
        initializing("init-b", "10 Owned by: <unowned>", "Beta");
        end();
        RankedFinding top = diagnosis().findings().get(0);
        assertEquals("deadlock-class-init", top.finding().rule().id());
        assertEquals(.6, top.finding().confidence(), .001);
    }

    /** A superclass waits for nothing that has a frame: the thread that initialises the subclass has none yet. */
    @Test
    void initializerWithoutFrame() {
        begin("12:00:00:250");
        thread(
                "uses-sub",
                "CW",
                "Waiting on: " + CLASS_LOCK + "11 Owned by: <unowned> Initializing thread: \"uses-base\"",
                "com/acme/Start.sub(Start.java:12)");
        thread(
                "uses-base",
                "CW",
                "Waiting on: " + CLASS_LOCK + "10 Owned by: <unowned> Initializing thread: \"uses-sub\"",
                "com/acme/Base.<clinit>(Base.java:7)",
                "com/acme/Start.base(Start.java:13)");
        end();
        assertEquals(
                "deadlock-class-init",
                diagnosis().findings().get(0).finding().rule().id());
    }

    /** OpenJ9 looks into the lock and finds an owner that is no thread any more. */
    @Test
    void ownerThatHasEnded() {
        begin("12:00:00:250");
        for (int i = 0; i < 3; i++) {
            parked("request-" + i, "\"worker-1\" (J9VMThread:<null>, java/lang/Thread:0x00000000E0002222)");
        }
        thread("worker-1", "R", "", "com/acme/Other.compute(Other.java:5)", "java/lang/Thread.run(Thread.java:857)");
        end();
        ProcessDiagnosis process = diagnosis();
        RankedFinding top = process.findings().get(0);
        assertEquals("orphaned-lock-dead-owner", top.finding().rule().id());
        assertEquals(.97, top.finding().confidence(), .001);
        assertEquals(3, top.victims().size());
        assertEquals("worker-1", top.finding().culprits().get(0).thread());
        assertEquals(
                1,
                process.findings().stream()
                        .filter(each -> each.finding().rule().id().startsWith("orphaned-lock"))
                        .count());
    }

    /** Names repeat, addresses do not. */
    @Test
    void ownerAmongThreadsOfOneName() {
        begin("12:00:00:250");
        thread("pool", "R", "", "com/acme/Idle.compute(Idle.java:5)");
        thread("pool", "R", "", "com/acme/Orders.slow(Orders.java:50)");
        parked("request-0", "\"pool\" (J9VMThread:" + address(2) + ", java/lang/Thread:0x00000000E0002222)");
        end();
        ThreadDump dump = dumps().get(0);
        assertEquals(
                List.of(0L, 1L, 0L),
                dump.threads().stream().map(each -> each.owned().count()).toList());
    }

    @Test
    void waitsThatEndByThemselves() {
        begin("12:00:00:250");
        thread(
                "sleeper",
                "CW",
                "",
                "java/lang/Thread.sleepImpl(Native Method)",
                "java/lang/Thread.sleep(Thread.java:993)");
        thread(
                "timed",
                "P",
                "Parked on: <unknown> Owned by: <unknown>",
                "jdk/internal/misc/Unsafe.park(Native Method)",
                "java/util/concurrent/locks/LockSupport.parkNanos(LockSupport.java:234)");
        end();
        assertEquals(
                List.of(ThreadStatus.SLEEPING, ThreadStatus.PARKED_TIMED),
                dumps().get(0).threads().stream().map(ThreadSnapshot::status).toList());
    }

    /** The clock of a process starts with it: two javacores are compared by it. */
    @Test
    void startOfTheProcess() {
        begin("12:00:00:250");
        parked("request-0", "<unknown>");
        end();
        begin("12:00:30:250");
        parked("request-0", "<unknown>");
        end();
        List<ThreadDump> dumps = dumps();
        assertEquals(120_250_000_000L, dumps.get(0).info().uptimeNanos());
        assertEquals(
                30, dumps.get(0).info().until(dumps.get(1).info()).orElseThrow().toSeconds());
        assertEquals(1, Runs.read(text.toString()).processes().size());
        assertEquals(0x200100, dumps.get(0).threads().get(0).address());
    }

    /** IBM's JVM 1.4 names the owner of a flat monitor by a number, which it explains elsewhere. */
    @Test
    void flatMonitors() {
        text.append("""
                1LKMONPOOLDUMP Monitor Pool Dump (flat & inflated object-monitors):
                2LKMONINUSE      sys_mon_t:0x0030AEE8 infl_mon_t: 0x00000000:
                3LKMONOBJECT       com.acme.Till@2940598/29405A0: Flat locked by thread ident 0x16, entry count 1
                3LKNOTIFYQ            Waiting to be notified:
                3LKWAITNOTIFY            "customer" (0x2507358)
                1LKFLATMONDUMP Thread identifiers (as used in flat monitors):
                2LKFLATMON         ident 0x17 "customer" (0x2507358) ee 0x02507180
                2LKFLATMON         ident 0x16 "cashier" (0x2517C48) ee 0x02517A70
                1XMTHDINFO     All Thread Details
                3XMTHREADINFO      "cashier" (TID:0x2929438, sys_thread_t:0x2517C48, state:R, native ID:0x14D0) prio=5
                4XESTACKTRACE          at java.net.SocketInputStream.socketRead0(Native Method)
                3XMTHREADINFO      "customer" (TID:0x2929439, sys_thread_t:0x2507358, state:CW, native ID:0x14D1) prio=5
                4XESTACKTRACE          at com.acme.Till.pay(Till.java:20)
                """);
        ThreadDump dump = dumps().get(0);
        assertEquals(
                LockMention.Kind.LOCKED,
                thread(dump, "cashier").owned().findFirst().orElseThrow().kind());
        assertEquals(
                ThreadStatus.BLOCKED_ON_MONITOR_ENTER, thread(dump, "customer").status());
    }

    /** Its owner is known from those who wait; no frame says where it took the monitor. */
    @Test
    void monitorWithoutFrame() {
        begin("12:00:00:250");
        thread(
                "cashier",
                "R",
                "",
                "java/net/SocketInputStream.socketRead0(Native Method)",
                "java/net/SocketInputStream.read(SocketInputStream.java:200)",
                "com/acme/Till.pay(Till.java:20)");
        for (int i = 0; i < 4; i++) {
            thread(
                    "customer-" + i,
                    "B",
                    "Blocked on: com/acme/Till@0x00000000F0000200 Owned by: \"cashier\" (J9VMThread:" + address(1)
                            + ", java/lang/Thread:0x00000000E000001)",
                    "com/acme/Till.pay(Till.java:19)");
        }
        end();
        RankedFinding top = diagnosis().findings().get(0);
        assertEquals("lock-held-across-blocking-call", top.finding().rule().id());
    }

    /** J9 of Java 5 and 6; in both, threads that run are stopped while the dump is written. */
    @Test
    void earlierForms() {
        for (String form : List.of(
                "\"%s\" (TID:0x%X, sys_thread_t:0x%X, state:%s, native ID:0x%X) prio=5",
                "\"%s\" TID:0x%X, j9thread_t:0x%X, state:%s, prio=5")) {
            text.setLength(0);
            text.append("""
                    2LKMONINUSE      sys_mon_t:0x0030AEE8 infl_mon_t: 0x00000000:
                    3LKMONOBJECT       com/acme/Till@0x02940598/0x029405A0: Flat locked by "cashier" (0x41475E00), entry count 1
                    3LKWAITERQ            Waiting to enter:
                    3LKWAITER                "customer" (0x41476F00)
                    1XMTHDINFO     All Thread Details
                    """);
            text.append("3XMTHREADINFO      ")
                    .append(form.formatted("cashier", 0x41475E00, 0x387A64, "CW", 0x83C))
                    .append("\n4XESTACKTRACE          at java/net/SocketInputStream.socketRead0(Native Method)\n");
            text.append("3XMTHREADINFO      ")
                    .append(form.formatted("customer", 0x41476F00, 0x387B64, "B", 0x83D))
                    .append("\n4XESTACKTRACE          at com/acme/Till.pay(Till.java:20(Compiled Code))\n");
            ThreadDump dump = dumps().get(0);
            assertEquals(ThreadStatus.RUNNABLE, thread(dump, "cashier").status());
            assertEquals(
                    thread(dump, "customer").blocker().orElseThrow().lock(),
                    thread(dump, "cashier").owned().findFirst().orElseThrow().lock());
        }
    }
}
