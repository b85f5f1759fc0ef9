package dev.whyhung.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What servers and other runtimes print of their threads. */
class OtherToolsTest {

    private static final String ACTUATOR = SurroundingsTest.capture("dialects-deadlock", "17/actuator.json");

    private static String hyphenated(String json) {
        return Pattern.compile("\"([a-z]+(?:[A-Z][a-z]+)+)\"\\s*:")
                .matcher(json)
                .replaceAll(match ->
                        '"' + match.group(1).replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT) + "\":");
    }

    @Test
    void wildFly() {
        List<String> wanted = Described.of(ACTUATOR).threads();
        String json = "{\"outcome\": \"success\", \"result\": " + hyphenated(ACTUATOR) + "}";
        assertEquals(wanted, Described.of(json).threads());
        String printed = json.replaceAll("(\"[\\w-]+\"): ?", "$1 => ")
                .replace("=> null", "=> undefined")
                .replaceAll("(=> -?\\d+)", "$1L")
                .replace(",", ",\n    ");
        assertEquals(wanted, Described.of(printed).threads());
    }

    private static final String CONSOLE = """
            Name: ferry-1
            State: BLOCKED on com.acme.Pier@5a5ae1ee owned by: ferry-2
            Total blocked: 1  Total waited: 1

            Stack trace:\s
            com.acme.Ferry.land(Ferry.java:31)
               - locked com.acme.Ferry@1b2c3d4e
            java.base@11.0.2/java.lang.Thread.run(Thread.java:834)

            Name: ferry-2
            State: BLOCKED on com.acme.Ferry@1b2c3d4e owned by: ferry-1
            Total blocked: 2  Total waited: 0

            Stack trace:\s
            com.acme.Ferry.cast(Ferry.java:44)
               - locked com.acme.Pier@5a5ae1ee
            java.base@11.0.2/java.lang.Thread.run(Thread.java:834)
            """;

    @Test
    void otherNamesAndStatesAreNotJConsoles() {
        String services = "Name: billing\nState: BLOCKED\nOwner: ops\n\n";
        String dump = SurroundingsTest.capture("scen-mixed-deadlock", "26/jstack-l-1.txt");
        assertEquals(Described.of(dump).threads(), Described.of(services + dump).threads());
        String headless = dump.substring(dump.indexOf("\n\"") + 1);
        List<String> both = Described.of(services + CONSOLE + headless).threads();
        assertTrue(both.containsAll(Described.of(headless).threads()), both.toString());
        assertTrue(both.containsAll(Described.of(CONSOLE).threads()), both.toString());
    }

    @Test
    void jConsole() {
        List<String> wanted = Described.of(CONSOLE).threads();
        assertEquals(2, wanted.size());
        assertTrue(wanted.get(0).contains("ferry-1") && wanted.get(0).contains("WAITING_TO_LOCK"), wanted.get(0));
        assertTrue(wanted.get(0).contains("LOCKED, depth=0, lock=<@1b2c3d4e> (a com.acme.Ferry)"), wanted.get(0));
        assertEquals(
                wanted,
                Described.of("It hangs:\n\n" + CONSOLE.indent(4) + "\nWhat now?\n")
                        .threads());
        assertEquals(
                wanted,
                Described.of(CONSOLE.lines().map(line -> "> " + line + '\n').reduce("Look:\n", String::concat))
                        .threads());
        String late = "Something else.\n".repeat(1_000) + CONSOLE;
        assertEquals(wanted, Described.of(late).threads());
        assertEquals(
                List.of(),
                Described.of("Name: Jane\nState: Ohio\nName: John\nState: WAITING\n\nfor us\n")
                        .threads());
    }

    @Test
    void tomcatManager() {
        Described read = Described.of("""
                OK - JVM thread dump
                2026-03-01 12:00:00.123
                Full thread dump OpenJDK 64-Bit Server VM (17.0.15+6 mixed mode, sharing):

                "http-nio-8080-exec-1" Id=26 cpu=46800300 ns usr=46800300 ns blocked 0 for -1 ms waited 0 for -1 ms
                   java.lang.Thread.State: BLOCKED
                        locks java.util.concurrent.ThreadPoolExecutor$Worker@1738ad4
                        at com.acme.Shop.order(Shop.java:41)
                        - waiting on (a com.acme.Stock@5e91993f) owned by the other Id=27
                        at java.lang.Thread.run(Thread.java:745)

                "the other" Id=27 cpu=1 ns usr=0 ns blocked 1 for -1 ms waited 0 for -1 ms (running in native)
                   java.lang.Thread.State: RUNNABLE
                        at java.net.SocketInputStream.socketRead0(Native Method)
                        - locked (a com.acme.Stock@5e91993f) index 0 frame java.net.SocketInputStream.socketRead0(Native Method)

                """);
        assertEquals(2, read.threads().size());
        assertTrue(read.threads().get(0).contains("WAITING_TO_LOCK, depth=0, lock=<@5e91993f> (a com.acme.Stock)"));
        assertTrue(read.threads().get(0).contains("OWNED_SYNCHRONIZER"));
        assertTrue(read.threads().get(1).contains("LOCKED, depth=0, lock=<@5e91993f> (a com.acme.Stock)"));
        assertEquals(
                "2026-03-01T12:00", String.valueOf(read.dumps().get(0).info().takenAt()));
    }

    /** Of a request whose stack is longer than what formats are told by. */
    @Test
    void longStackBeforeTheFirstName() {
        String frame =
                "{\"className\":\"com.acme.Shop\",\"methodName\":\"order\",\"fileName\":\"Shop.java\",\"lineNumber\":4}";
        Described read = Described.of("{\"value\":[{\"blockedCount\":1,\"lockedMonitors\":[],\"stackTrace\":["
                + (frame + ',').repeat(200) + frame
                + "],\"threadId\":7,\"threadName\":\"exec-1\",\"threadState\":\"RUNNABLE\"}],\"status\":200}");
        assertEquals(201, read.dumps().get(0).threads().get(0).stack().depth());
    }

    private static final String WEBLOGIC = """
            "[ACTIVE] ExecuteThread: '3' for queue: 'weblogic.kernel.Default (self-tuning)'" waiting for lock com.acme.Stock@4edf4f BLOCKED
            \tcom.acme.Shop.order(Shop.java:41)
            \tweblogic.work.ExecuteThread.run(ExecuteThread.java:263)

            "Signal Dispatcher" RUNNABLE
            null

            "ExecuteThread: '1' for queue: 'weblogic.socket.Muxer'" RUNNABLE native
            \tweblogic.socket.EPollSocketMuxer.doPoll(Native Method)
            \tweblogic.kernel.ExecuteThread.run(ExecuteThread.java:117)
            """;

    /** Its console, anywhere in a note. */
    @Test
    void webLogic() {
        List<String> wanted = Described.of(WEBLOGIC).threads();
        assertEquals(3, wanted.size());
        assertTrue(wanted.get(0).contains("[com.acme.Shop.order(Shop.java:41), weblogic."), wanted.get(0));
        assertTrue(
                wanted.get(0).contains("WAITING_TO_LOCK, depth=0, lock=<@4edf4f> (a com.acme.Stock)"), wanted.get(0));
        assertEquals(
                wanted,
                Described.of("It hangs:\n\n".repeat(2_000) + WEBLOGIC + "\nWhat now?\n")
                        .threads());
        assertEquals(
                List.of(),
                Described.of("\"job 1\" RUNNABLE\nnext\n\"job 2\" WAITING\n").threads());
    }

    private static String watched(String name, int id, String... frames) {
        return "Current Thread: " + name + "\n\tPID: " + id + " | Suspended: false | Native: false | State: WAITING\n"
                + "\tThread is waiting on monitor(s):\n\t\tLocked on:" + frames[0] + "\n\tStack:\n\t\t"
                + String.join("\n\t\t", frames) + "\n------------------------------\n";
    }

    /** Its watchdog shows first the thread that does not answer, and then all of them. */
    @Test
    void paper() {
        String main = watched(
                "Server thread",
                21,
                "java.base@17.0.2/jdk.internal.misc.Unsafe.park(Native Method)",
                "net.minecraft.server.MinecraftServer.run(MinecraftServer.java:9)");
        String other = watched("Thread-1351", 51_700, "java.base@17.0.2/java.net.Socket.read(Socket.java:966)");
        String first = "The server has stopped responding!\n------------------------------\n"
                + "Server thread dump (Look for plugins here before reporting to Paper!):\n" + main;
        String all = first + "Entire Thread Dump:\n" + main + other;
        UnaryOperator<String> logged = text -> "[13:22:00] [Server thread/INFO]: x\n"
                + text.replaceAll("(?m)^", "[13:22:06] [Paper Watchdog Thread/ERROR]: ");
        for (UnaryOperator<String> way : List.of(UnaryOperator.<String>identity(), logged)) {
            Described read = Described.of(way.apply(all));
            assertEquals(1, read.dumps().size());
            assertEquals(2, read.threads().size());
            assertTrue(
                    read.threads().get(0).contains("Unsafe.park"),
                    read.threads().get(0));
            for (String cut : List.of(first, first + "Entire Thread Dump:\n")) {
                assertTrue(Described.of(way.apply(cut)).dumps().get(0).info().truncated());
            }
        }
    }

    /** Its list of what is deadlocked repeats threads of the dump. */
    @Test
    void solr() {
        String threads = Stream.of("7,ferry,Pier@5a,8,quay,Ferry@1b", "8,quay,Ferry@1b,7,ferry,Pier@5a")
                .map(each -> each.split(","))
                .map(each -> """
                        "thread",{"id":%s,"name":"%s","state":"BLOCKED","lock":"com.acme.%s",
                          "lock-waiting":{"name":"com.acme.%s","owner":{"name":"%s","id":%s}},
                          "monitors-locked":["com.acme.%s"],"cpuTime":"1.5ms",
                          "stackTrace":["com.acme.Port.moor(Port.java:4)","java.base/java.lang.Thread.run(Thread.java:9)"]}""".formatted(each[0], each[1], each[2], each[2], each[4], each[3], each[5]))
                .reduce((one, other) -> one + ',' + other)
                .orElseThrow();
        String head = "{\n  \"responseHeader\":{\"status\":0},\n  \"system\":{\n    \"threadCount\":{\"current\":2},\n";
        Described read =
                Described.of(head + "    \"deadlocks\":[" + threads + "],\n    \"threadDump\":[" + threads + "]}}\n");
        assertEquals(1, read.dumps().size());
        assertEquals(2, read.threads().size());
        assertTrue(
                read.threads().get(0).contains("WAITING_TO_LOCK, depth=0, lock=<@5a> (a com.acme.Pier)"),
                read.threads().get(0));
        assertTrue(
                read.threads().get(0).contains("lock=<@1b> (a com.acme.Ferry)"),
                read.threads().get(0));
        String wrapped = threads.replace("\"thread\",{", "{\"thread\":{").replaceAll("\\]\\}(,|$)", "]}}$1");
        assertEquals(
                read.threads(),
                Described.of(head + "    \"threadDump\":[" + wrapped + "]}}\n").threads());
    }

    /** Jenkins shows each thread below its name. */
    @Test
    void jenkinsPage() {
        String dump = SurroundingsTest.capture("dialects-deadlock", "17/threadinfo.txt");
        StringBuilder page = new StringBuilder("<!DOCTYPE html><html><body><h1>Thread Dump</h1>");
        for (String thread : dump.split("\n\n(?=\")")) {
            String name = thread.substring(1, thread.indexOf('"', 1));
            page.append("<h2>").append(name).append("</h2><pre>");
            page.append(thread.replace("<", "&lt;").replace("\"", "&quot;")).append("</pre>");
        }
        assertEquals(
                Described.of(dump).threads(),
                Described.of(page + "</body></html>").threads());
    }

    @Test
    void jobsAreNoThreads() {
        assertEquals(
                List.of(),
                Described.of("[{\"name\":\"q1\",\"state\":\"WAITING\"},{\"name\":\"q2\",\"state\":\"BLOCKED\"}]")
                        .threads());
    }

    @Test
    void lineThatLooksLikeAHeader() {
        Described read = Described.of("java -jar \"x.jar\" Id=5 tid=0x7f\n");
        assertEquals(List.of(), read.threads());
        assertEquals("holds no thread dump", read.message());
    }

    @Test
    void someThreadsOfTheServiceabilityAgent() {
        String thread = """
                "worker-19" #839 daemon prio=5 tid=0x00007f27bc413700 nid=19080 runnable [0x00007f279df02000]
                   java.lang.Thread.State: RUNNABLE
                   JavaThread state: _thread_blocked
                 - com.acme.Prices.load(int) @bci=0, line=19 (Compiled frame)
                """;
        assertEquals("part of the dump is missing", Described.of(thread).message());
        assertEquals(
                "null",
                Described.of("Deadlock Detection:\n\nNo deadlocks found.\n\n" + thread)
                        .message());
    }

    /** ThingWorx counts below the name, and tells owned synchronizers before the frames. */
    @Test
    void thingWorx() {
        Described read = Described.of("""
                Full thread dump taken at Sun Mar 1 12:00:00 UTC 2026

                "exec-8" tid=0x114 in RUNNABLE
                \tBlocked: 32[-1ms], Waited: 99[-1ms]
                \tUser CPU: 109ms
                \t- synchronizer <0x4206a205> (a java.util.concurrent.ThreadPoolExecutor$Worker)
                \tat com.acme.Things.list(Things.java:17)
                \t- locked <0x4cdd9461> (a com.acme.Things)

                "exec-9" tid=0x115 in BLOCKED
                \tBlocked: 3[-1ms], Waited: 9[-1ms]
                \tUser CPU: 10ms
                \tat com.acme.Things.add(Things.java:31)
                \t- waiting to lock <0x4cdd9461> (a com.acme.Things)
                """);
        assertEquals("null", read.message());
        String owner = read.threads().get(0);
        assertTrue(owner.contains(" exec-8 PLATFORM RUNNABLE ") && owner.contains("OWNED_SYNCHRONIZER"), owner);
        String waiter = read.threads().get(1);
        assertTrue(waiter.contains(" exec-9 PLATFORM BLOCKED_ON_MONITOR_ENTER "), waiter);
    }
}
