package dev.whyhung.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whyhung.Runs;
import dev.whyhung.model.DumpInfo;
import dev.whyhung.model.Evidence;
import dev.whyhung.model.InputReport;
import dev.whyhung.model.LockMention;
import dev.whyhung.model.ThreadDump;
import dev.whyhung.model.ThreadId;
import dev.whyhung.model.ThreadSnapshot;
import dev.whyhung.model.ThreadStatus;
import dev.whyhung.model.Visible;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Dumps by {@code Thread.dump_to_file}, JSON and text, of several JDKs, whole and damaged. */
class FileDumpTest {

    private static final String HEAD_21 = """
            {"threadDump": {"processId": "12", "time": "2026-03-01T11:00:00.5Z", "runtimeVersion": "21.0.2+13",
             "threadContainers": [
            """;
    private static final String ROOT_21 = """
            {"container": "<root>", "parent": null, "owner": null, "threads": [
             {"tid": "1", "name": "main", "stack": ["java.base\\/java.lang.Thread.sleep0(Native Method)", "App.main(App.java:3)"]},
             {"tid": "9", "name": "Signal Dispatcher", "stack": []},
             {"tid": "30", "name": "tomcat-handler-7", "stack": []},
             {"tid": "31", "name": "", "stack": ["App.work(App.java:9)", "java.base\\/java.lang.VirtualThread.run(VirtualThread.java:309)"]}
            ], "threadCount": "4"}
            """;
    private static final String POOL = """
            , {"container": "java.util.concurrent.ThreadPoolExecutor@1f", "parent": "<root>", "owner": null, "threads": [
             {"tid": "40", "name": "pool-1-thread-1", "stack": ["App.task(App.java:5)"]}], "threadCount": "1"}
            """;
    private static final String END = "]}}";

    private static ThreadDump dump(String... texts) {
        Intake.Result result = Runs.read(texts);
        assertEquals(1, result.processes().size(), () -> result.inputs().toString());
        return result.processes().get(0).focus();
    }

    private static ThreadSnapshot thread(ThreadDump dump, long id) {
        return dump.threads().stream()
                .filter(thread -> thread.id().value() == id)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void jdk21TellsNeitherStatesNorKinds() {
        ThreadDump dump = dump(HEAD_21 + ROOT_21 + POOL + END);
        assertEquals(12L, dump.info().pid());
        assertEquals("21.0.2+13", dump.info().runtime());
        assertEquals(ZoneOffset.UTC, dump.info().offset());
        assertFalse(dump.info().shows(Visible.THREAD_STATES));
        assertFalse(dump.info().shows(Visible.MONITOR_OWNERS));
        assertTrue(dump.info().shows(Visible.UNMOUNTED_VIRTUAL_THREADS));
        assertEquals(ThreadStatus.SLEEPING, thread(dump, 1).status());
        assertEquals(ThreadStatus.UNKNOWN, thread(dump, 31).status());
        assertEquals(ThreadSnapshot.Kind.PLATFORM, thread(dump, 9).kind());
        assertEquals(ThreadSnapshot.Kind.VIRTUAL, thread(dump, 30).kind(), "without frames, and no thread of the JVM");
        assertEquals(ThreadSnapshot.Kind.VIRTUAL, thread(dump, 31).kind());
        assertEquals(
                "java.util.concurrent.ThreadPoolExecutor@1f",
                thread(dump, 40).container().name());
        assertTrue(thread(dump, 40).container().parent().isRoot());
        assertEquals(
                "java.lang.Thread.sleep0(Native Method)",
                thread(dump, 1).stack().frames().get(0).text());
    }

    private static final String JDK_25 = """
            {"threadDump": {"processId": 12, "time": "2026-03-01T11:00:00Z", "runtimeVersion": "25.0.3+9-LTS", "threadContainers": [
            {"container": "<root>", "parent": null, "owner": null, "threads": [
             {"tid": 8, "time": "x", "name": "waiter", "state": "WAITING", "waitingOn": "a.Lock@1d64",
              "stack": ["java.base/java.lang.Object.wait0(Native Method)", "java.base/java.lang.Object.wait(Object.java:351)", "a.B.c(B.java:1)"],
              "monitorsOwned": [{"depth": 2, "locks": ["a.Lock@1d64", null, "a.Other@2"]}]},
             {"tid": 9, "name": "again", "state": "BLOCKED", "blockedOn": "a.Lock@1d64",
              "stack": ["java.base/java.lang.Object.wait0(Native Method)", "a.B.c(B.java:1)"],
              "monitorsOwned": [{"depth": 1, "locks": ["a.Lock@1d64"]}]},
             {"tid": 20, "name": "ForkJoinPool-1-worker-1", "state": "RUNNABLE", "stack": ["java.base/java.lang.VirtualThread.runContinuation(VirtualThread.java:1)"]}
            ], "threadCount": 3},
            {"container": "ThreadPerTaskExecutor@3", "parent": "<root>", "owner": 8, "threads": [
             {"tid": 28, "virtual": true, "name": "v", "state": "TIMED_WAITING", "parkBlocker": {"object": "L$Sync@5", "owner": 8},
              "stack": ["a.B.d(B.java:4)"], "carrier": 20, "unknown": {"x": [1, {"y": 2}]}},
             {"tid": 29, "virtual": true, "name": "", "state": "RUNNABLE", "stack": []}
            ], "threadCount": 2}
            ], "later": {}}}
            """;

    @Test
    void jdk25TellsStatesLocksAndCarriers() {
        ThreadDump dump = dump(JDK_25);
        assertTrue(dump.info().shows(Visible.MONITOR_OWNERS));
        ThreadSnapshot waiter = thread(dump, 8);
        assertEquals(ThreadStatus.IN_OBJECT_WAIT, waiter.status());
        assertEquals("@1d64", waiter.blocker().orElseThrow().lock().identity());
        assertEquals(
                List.of("<@2> (a a.Other)", "<@5> (a L$Sync)"),
                waiter.owned().map(mention -> mention.lock().toString()).toList(),
                "not the monitor that it waits for, but the blocker whose owner another thread names");
        ThreadSnapshot again = thread(dump, 9);
        assertEquals(
                LockMention.Kind.WAITING_TO_RELOCK,
                again.blocker().orElseThrow().kind());
        assertEquals(0, again.owned().count());
        assertEquals(ThreadSnapshot.Kind.CARRIER, thread(dump, 20).kind());
        assertEquals(ThreadId.ofJava(28), thread(dump, 20).mount());
        assertEquals(ThreadId.ofJava(20), thread(dump, 28).mount());
        assertEquals(ThreadId.ofJava(8), thread(dump, 28).container().owner());
        assertEquals(ThreadStatus.RUNNABLE, thread(dump, 29).status());
    }

    @Test
    void damageIsToldAndWhatStandsBeforeItIsKept() {
        for (String damaged : List.of(
                JDK_25.substring(0, JDK_25.indexOf("\"tid\": 28")),
                JDK_25.replace("{\"tid\": 28", "{]\"tid\": 28"),
                JDK_25.substring(0, JDK_25.indexOf("RUNNABLE\", \"stack\": []")) + "\u0001\u0002")) {
            Intake.Result result = Runs.read(damaged);
            InputReport report = result.inputs().get(0);
            assertEquals(InputReport.Status.PARTIAL, report.status());
            assertTrue(report.message().matches("breaks off at line \\d+, byte \\d+; .*"), report.message());
            assertTrue(result.processes().get(0).focus().info().truncated());
            assertTrue(result.processes().get(0).focus().threads().size() >= 3);
        }
        InputReport nothing = Runs.read(HEAD_21).inputs().get(0);
        assertEquals(InputReport.Status.SKIPPED, nothing.status());
        assertEquals(
                InputReport.Status.PARTIAL,
                Runs.read(HEAD_21 + ROOT_21.replace("]}", "]}") + "]}")
                        .inputs()
                        .get(0)
                        .status());
    }

    @Test
    void oddJsonNeverThrows() {
        for (String odd : List.of(
                "{\"threadDump\": 1}",
                "{\"threadDump\": {\"threadContainers\": {}}}",
                "{\"threadDump\": {\"threadContainers\": [{\"threads\": [1, 2]}]}}",
                JDK_25.replace("\"stack\": [\"a.B.d(B.java:4)\"]", "\"stack\": {\"a\": []}"),
                JDK_25.replace("\"tid\": 28", "\"tid\": \"x\""),
                JDK_25.replace("\"depth\": 2", "\"depth\": -7"),
                JDK_25.replace(
                        "\"parkBlocker\": {\"object\": \"L$Sync@5\", \"owner\": 8}", "\"parkBlocker\": \"L@zz\""))) {
            Runs.diagnose(Runs.read(odd));
        }
    }

    private static final String TEXT_25 = """
            12
            2026-03-01T11:00:00Z
            25.0.3+9-LTS

            #3 "main" TIMED_WAITING 2026-11-25T01:02:57.732627242Z
                at java.base/java.lang.Thread.sleepNanos0(Native Method)
                at App.main(App.java:20)

            #29 "a "quoted
            name" virtual BLOCKED 2026-11-25T01:02:57.759907420Z
                at V.call(V.java:13)
                - waiting to lock <java.lang.Object@7a890a77>
                at V.outer(V.java:12)
                - locked <V@1>
                - lock is eliminated

            #30 "" virtual
            """;

    @Test
    void textTellsTheSame() {
        ThreadDump dump = dump(TEXT_25.replace("\n", "\r\n"));
        assertEquals(3, dump.threads().size());
        assertEquals(ThreadStatus.SLEEPING, thread(dump, 3).status());
        ThreadSnapshot blocked = thread(dump, 29);
        assertEquals("a \"quoted\nname", blocked.name());
        assertEquals(ThreadStatus.BLOCKED_ON_MONITOR_ENTER, blocked.status());
        assertEquals("@7a890a77", blocked.blocker().orElseThrow().lock().identity());
        LockMention held = blocked.owned().findFirst().orElseThrow();
        assertEquals(1, held.depth());
        assertTrue(thread(dump, 30).isVirtual());
        assertEquals(0, Runs.read(TEXT_25).inputs().get(0).skippedLines());
    }

    /** As {@code cat} and {@code curl >>} make of several, and as services wrap what they have taken. */
    @Test
    void severalDumpsInOneFile() {
        String later = JDK_25.replaceFirst("T11:00:0", "T11:00:3");
        for (String file : List.of(
                JDK_25 + later,
                JDK_25 + "\n" + later,
                "[" + JDK_25 + "," + later + "]",
                "{\"status\": \"UP\", \"dumps\": [{\"data\": " + JDK_25 + "}, {\"data\": " + later + "}]}",
                JDK_25 + later + "{\"threadDump\": {",
                TEXT_25 + TEXT_25.replace("T11:00:00", "T11:00:30"))) {
            Intake.Result result = Runs.read(file);
            Evidence evidence = result.processes().get(0);
            assertEquals(2, evidence.dumps().size(), file);
            assertEquals(2, result.inputs().get(0).dumps());
            assertEquals(1, evidence.focusIndex());
            assertEquals(
                    evidence.focus().threads().size() * 2,
                    result.inputs().get(0).threads());
            assertTrue(evidence.dumps().stream().noneMatch(DumpInfo::truncated));
            assertTrue(evidence.focus().info().line() > 1);
        }
    }

    @Test
    void aNumberInALineOfItsOwnBeginsNoDump() {
        String text = TEXT_25.replace("    at App.main", "17\n    at App.main");
        assertEquals(3, dump(text).threads().size());
        assertEquals(1, Runs.read(text).inputs().get(0).skippedLines());
    }

    @Test
    void aTextThatEndsInsideOfALineIsCut() {
        String cut = TEXT_25.substring(0, TEXT_25.indexOf("App.java"));
        assertFalse(dump(TEXT_25).info().truncated());
        assertTrue(dump(cut).info().truncated());
        assertTrue(dump(TEXT_25.substring(0, TEXT_25.indexOf("name\" virtual")))
                .info()
                .truncated());
    }

    private static final String CLASSIC = """
            2026-03-01 16:30:02
            Full thread dump OpenJDK 64-Bit Server VM (25.0.3+9-LTS mixed mode, sharing):

            "waiter" #8 [11] prio=5 os_prio=0 cpu=1.00ms elapsed=60.00s tid=0x0007 nid=11 in Object.wait()  [0x00007f0000001000]
               java.lang.Thread.State: WAITING (on object monitor)
            \tat java.lang.Object.wait0(java.base@25.0.3/Native Method)
            \t- waiting on <0x00000000fa0025e0> (a a.Lock)
            \tat java.lang.Object.wait(java.base@25.0.3/Object.java:351)
            \tat a.B.c(B.java:1)
            \t- locked <0x00000000fa0025e0> (a a.Lock)
            \t- locked <0x00000000fa0025f8> (a a.Other)

            "ForkJoinPool-1-worker-1" #20 [12] daemon prio=5 os_prio=0 cpu=1.00ms elapsed=60.00s tid=0x0009  [0x00007f0000001000]
               Carrying virtual thread #28
            \tat jdk.internal.vm.Continuation.run(java.base@25.0.3/Continuation.java:251)
               Mounted virtual thread #28
            \tat a.B.d(B.java:4)
            \t- waiting on the Class initialization monitor for a.C

            JNI global refs: 31, weak refs: 3
            """;

    @Test
    void aTextDumpOfTheSameMomentMakesOnePictureWithIt() {
        ThreadDump dump =
                dump(CLASSIC, JDK_25.replace("\"a.Other@2\"]", "\"a.Other@2\"]").replace("L$Sync@5", "a.Lock@1d64"));
        assertEquals("hotspot-text+dump-json", dump.info().format());
        ThreadSnapshot mounted = thread(dump, 28);
        assertEquals("v", mounted.name());
        assertEquals(ThreadStatus.PARKED_TIMED, mounted.status());
        assertEquals(
                LockMention.Kind.CLASS_INIT, mounted.blocker().orElseThrow().kind());
        assertEquals("ThreadPerTaskExecutor@3", mounted.container().name());
        assertEquals(1_000_000, thread(dump, 8).cpuNanos());
        assertEquals(
                0xfa0025e0L,
                thread(dump, 9).blocker().orElseThrow().lock().address(),
                "the hash code is translated to the address that the waiter shows in the text");
        assertEquals("dump-2.txt", thread(dump, 9).source());
        List<String> notes = Runs.read(CLASSIC, JDK_25).processes().get(0).notes();
        assertEquals("The text dumps print no time zone; beside the other dumps it is UTC+05:30.", notes.get(0));
        assertTrue(notes.get(1).contains("taken 2 s apart"), notes.get(1));
    }

    @Test
    void dumpsOfDifferentMomentsStayApart() {
        Intake.Result result = Runs.read(CLASSIC.replace("16:30:02", "16:34:02"), JDK_25);
        assertEquals("hotspot-text", result.processes().get(0).focus().info().format());
        assertEquals(1, result.processes().get(0).focusIndex());
    }

    @Test
    void aSchedulerReadingBelongsToItsProcess() {
        String scheduler = """
                12:
                java.util.concurrent.ForkJoinPool@4d9900df[Running, parallelism = 2, size = 2, active = 2, running = 0, steals = 2, tasks = 1, submissions = 20]
                """;
        Intake.Result result = Runs.read(scheduler, JDK_25);
        assertEquals("scheduler", result.inputs().get(0).format());
        assertTrue(result.processes().get(0).schedulers().get(0).isStarved());
        assertEquals(21, result.processes().get(0).schedulers().get(0).queued());
    }
}
