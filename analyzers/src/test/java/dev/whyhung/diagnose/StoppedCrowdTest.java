package dev.whyhung.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whyhung.DumpText;
import dev.whyhung.MadeRecording;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.verdict.Verdict;
import dev.whyhung.model.PastWait;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Most of a service waits for a lock that somebody may be reading under, which is no more than a hint. */
class StoppedCrowdTest {

    private static final String LOCK =
            "<0x00000000e0000001> (a java.util.concurrent.locks.ReentrantReadWriteLock$NonfairSync)";

    private static void pause(MadeRecording recording, double to, int id, String name) {
        recording.wait(
                PastWait.Kind.SLEEP,
                "",
                to - .1,
                to,
                MadeRecording.thread(id, name),
                MadeRecording.stack("com.acme.Reader.run(Reader.java:12)"));
    }

    /** As a recording that began at -60 tells: who used to get on and has not for long lacks something, whatever it is. */
    @ParameterizedTest
    @CsvSource({"10, INCONCLUSIVE", "30, HEALTHY", "-58, HEALTHY"})
    void hasGotOnBefore(double since, Verdict.Status expected) {
        MadeRecording recording = MadeRecording.of("r.jfr", -60, 50);
        for (int i = 1; i <= 6; i++) {
            pause(recording, since, i, "reader-" + i);
        }
        for (double at = 45; at < 50; at++) {
            pause(recording, at, 7, "reader-7");
        }
        assertEquals(
                expected,
                Runs.process(List.of(recording), dump(35), dump(50)).verdict().status());
    }

    private static DumpText dump(int second) {
        DumpText dump = DumpText.withoutOwners(second);
        for (int i = 1; i <= 6; i++) {
            dump.parkedOnLock(
                    "reader-" + i,
                    LOCK,
                    "java.util.concurrent.locks.ReentrantReadWriteLock$" + (i == 1 ? "Write" : "Read")
                            + "Lock.lock(java.base@17.0.15/R.java:738)",
                    "com.acme.Search.find(Search.java:4)",
                    "com.acme.Reader.run(Reader.java:9)");
        }
        return dump.thread(
                "reader-7",
                100 + second,
                "TIMED_WAITING (sleeping)",
                "java.lang.Thread.sleep(java.base@17.0.15/Native Method)",
                "com.acme.Search.find(Search.java:7)",
                "com.acme.Reader.run(Reader.java:9)");
    }
}
