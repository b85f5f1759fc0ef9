package dev.whyhung.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whyhung.DumpText;
import dev.whyhung.FileDumpText;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.verdict.Verdict;
import org.junit.jupiter.api.Test;

class ShutdownDeadlockTest {

    /** As in the last dump of a recording that is written when the JVM is told to end. */
    @Test
    void aHookAtWorkInOneDumpIsNoHang() {
        DumpText dump = DumpText.withOwners(0)
                .thread(
                        "SIGTERM handler",
                        "WAITING (on object monitor)",
                        "java.lang.Object.wait(java.base@17.0.15/Native Method)",
                        "- waiting on <0x00000000d46944a0> (a java.lang.Thread)",
                        "java.lang.Thread.join(java.base@17.0.15/Thread.java:1313)",
                        "java.lang.ApplicationShutdownHooks.runHooks(java.base@17.0.15/ApplicationShutdownHooks.java:107)",
                        "java.lang.Shutdown.runHooks(java.base@17.0.15/Shutdown.java:130)",
                        "java.lang.Terminator$1.handle(java.base@17.0.15/Terminator.java:51)",
                        "java.lang.Thread.run(java.base@17.0.15/Thread.java:840)")
                .readingSocket(
                        "Thread-5",
                        "com.acme.Registry.leave(Registry.java:44)",
                        "com.acme.Registry$Hook.run(Registry.java:20)")
                .idleWorker("http-nio-8080-exec-1");
        assertEquals(Verdict.Status.HEALTHY, Runs.process(dump).verdict().status());
    }

    /** As JDK 21 shows them: without states and owners. */
    private static String exitInHook(String time) {
        return new FileDumpText("21.0.5+11", time)
                .thread(
                        "exiter",
                        "java.base/java.lang.Object.wait0(Native Method)",
                        "java.base/java.lang.Object.wait(Object.java:366)",
                        "java.base/java.lang.Thread.join(Thread.java:2079)",
                        "java.base/java.lang.Thread.join(Thread.java:2155)",
                        "java.base/java.lang.ApplicationShutdownHooks.runHooks(ApplicationShutdownHooks.java:114)",
                        "java.base/java.lang.ApplicationShutdownHooks$1.run(ApplicationShutdownHooks.java:47)",
                        "java.base/java.lang.Shutdown.runHooks(Shutdown.java:130)",
                        "java.base/java.lang.Shutdown.exit(Shutdown.java:167)",
                        "java.base/java.lang.Runtime.exit(Runtime.java:188)",
                        "java.base/java.lang.System.exit(System.java:1923)",
                        "com.acme.Main.stop(Main.java:20)",
                        FileDumpText.RUN)
                .thread(
                        "hook",
                        "java.base/java.lang.Shutdown.exit(Shutdown.java:160)",
                        "java.base/java.lang.Runtime.exit(Runtime.java:188)",
                        "java.base/java.lang.System.exit(System.java:1923)",
                        "com.acme.Hook.run(Hook.java:9)",
                        FileDumpText.RUN)
                .whole();
    }

    @Test
    void anExitInsideAHookIsAHang() {
        Verdict verdict = Runs.diagnose(
                        Runs.read(exitInHook("2026-03-01T12:00:00Z"), exitInHook("2026-03-01T12:00:10Z")))
                .processes()
                .get(0)
                .verdict();
        assertEquals(Verdict.Status.HUNG, verdict.status(), verdict.headline());
    }

    private static final String WORKER =
            "java.util.concurrent.ThreadPoolExecutor.runWorker(java.base@17.0.15/ThreadPoolExecutor.java:1136)";

    private static DumpText exitUnderMonitor(int second) {
        String sessions = "<0x00000000e0000001> (a com.acme.Sessions)";
        DumpText dump = DumpText.withOwners(second)
                .thread(
                        "http-nio-8080-exec-1",
                        "WAITING (on object monitor)",
                        "java.lang.Object.wait(java.base@17.0.15/Native Method)",
                        "- waiting on <0x00000000d46944a0> (a java.lang.Thread)",
                        "java.lang.Thread.join(java.base@17.0.15/Thread.java:1313)",
                        "java.lang.ApplicationShutdownHooks.runHooks(java.base@17.0.15/ApplicationShutdownHooks.java:107)",
                        "java.lang.Shutdown.exit(java.base@17.0.15/Shutdown.java:173)",
                        "java.lang.System.exit(java.base@17.0.15/System.java:1877)",
                        "com.acme.Admin.stop(Admin.java:12)",
                        "- locked " + sessions,
                        WORKER)
                .blockedOn("close-sessions", sessions, "com.acme.Admin.close(Admin.java:30)");
        for (int i = 2; i <= 8; i++) {
            dump.blockedOn("http-nio-8080-exec-" + i, sessions, "com.acme.Admin.count(Admin.java:40)", WORKER);
        }
        return dump;
    }

    /** It is not the lock that is held too long: the exit never comes to its end. */
    @Test
    void theHookWantsWhatTheExitHolds() {
        var process = Runs.process(exitUnderMonitor(0), exitUnderMonitor(DumpText.LATER));
        assertEquals("shutdown-deadlock", Runs.rules(process).get(0));
        assertEquals(Verdict.Status.HUNG, process.verdict().status());
        assertEquals(7, process.findings().get(0).victims().size());
    }

    /** Without any frame of the application. */
    private static DumpText exitInHookOfLibrary(String name) {
        String exit = "<0x00000000f2ef50c8> (a java.lang.Class for java.lang.Shutdown)";
        return DumpText.withOwners(0)
                .blockedOn(
                        name,
                        exit,
                        "java.lang.Shutdown.exit(Shutdown.java:212)",
                        "java.lang.System.exit(System.java:971)",
                        "com.hazelcast.simulator.common.ShutdownThread.run(ShutdownThread.java:88)")
                .thread(
                        "SIGTERM handler",
                        "WAITING (on object monitor)",
                        "java.lang.Object.wait(Native Method)",
                        "- waiting on <0x00000000f2f2da30> (a com.hazelcast.simulator.agent.Agent$AgentShutdownThread)",
                        "java.lang.Thread.join(Thread.java:1245)",
                        "java.lang.ApplicationShutdownHooks.runHooks(ApplicationShutdownHooks.java:106)",
                        "java.lang.Shutdown.exit(Shutdown.java:212)",
                        "- locked " + exit,
                        "java.lang.Terminator$1.handle(Terminator.java:52)",
                        "java.lang.Thread.run(Thread.java:745)")
                .idleWorker("pool-1-thread-1");
    }

    @Test
    void aHookOfALibraryThatExits() {
        assertEquals(
                "shutdown-deadlock",
                Runs.rules(Runs.process(exitInHookOfLibrary("AgentShutdownThread")))
                        .get(0));
    }

    /** It only comes second. */
    @Test
    void anotherSignalIsNoHook() {
        assertEquals(
                false,
                Runs.rules(Runs.process(exitInHookOfLibrary("SIGINT handler"))).contains("shutdown-deadlock"));
    }
}
