package dev.whyhung.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whyhung.DumpText;
import dev.whyhung.Runs;
import org.junit.jupiter.api.Test;

/** Every thread of the program runs through one method of its main class, which makes nobody a holder of what others wait for. */
class SharedWrapperTest {

    private static final String GUARDED = "com.acme.Main.lambda$guarded$0(Main.java:12)";
    private static final String RUN = "java.lang.Thread.run(java.base@17.0.15/Thread.java:840)";

    private static DumpText dump(int second) {
        DumpText dump = DumpText.withOwners(second)
                .thread(
                        "main",
                        "WAITING (on object monitor)",
                        "java.lang.Object.wait(java.base@17.0.15/Native Method)",
                        "- waiting on <0x00000000e0000001> (a java.lang.Thread)",
                        "java.lang.Thread.join(java.base@17.0.15/Thread.java:1307)",
                        "com.acme.Main.main(Main.java:8)")
                .thread(
                        "watchdog",
                        "TIMED_WAITING (sleeping)",
                        "java.lang.Thread.sleep(java.base@17.0.15/Native Method)",
                        "com.acme.Main.nap(Main.java:50)",
                        "com.acme.Main.lambda$main$1(Main.java:7)",
                        GUARDED,
                        RUN);
        for (int i = 1; i <= 20; i++) {
            dump.parked(
                    "worker-" + i,
                    "WAITING (parking)",
                    "<0x00000000e0000100> (a java.util.concurrent.Semaphore$NonfairSync)",
                    "java.util.concurrent.Semaphore.acquire(java.base@17.0.15/Semaphore.java:318)",
                    "com.acme.Main.lambda$fetch$2(Main.java:30)",
                    GUARDED,
                    RUN);
        }
        return dump;
    }

    @Test
    void isNoPartOfTheComponent() {
        String first = Runs.rules(Runs.process(dump(0), dump(DumpText.LATER))).get(0);
        assertEquals("permits-leaked", first);
    }
}
