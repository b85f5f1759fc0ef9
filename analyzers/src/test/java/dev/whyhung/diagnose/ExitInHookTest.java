package dev.whyhung.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whyhung.FileDumpText;
import dev.whyhung.Runs;
import org.junit.jupiter.api.Test;

/** A process that ends, and a hook that calls exit, as JDK 21 shows them: without states and owners. */
class ExitInHookTest {

    private static String dump(String time) {
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
    void isHung() {
        Verdict verdict = Runs.diagnose(Runs.read(dump("2026-03-01T12:00:00Z"), dump("2026-03-01T12:00:10Z")))
                .processes()
                .get(0)
                .verdict();
        assertEquals(Verdict.Status.HUNG, verdict.status(), verdict.headline());
    }
}
