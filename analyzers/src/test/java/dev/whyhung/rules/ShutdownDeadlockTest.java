package dev.whyhung.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whyhung.DumpText;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.Verdict;
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
}
