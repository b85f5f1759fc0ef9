package dev.whyhung.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whyhung.Runs;
import dev.whyhung.fixtures.Cases;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How sure a circle is, by how the dump was taken. */
class DeadlockMonitorOrLockTest {

    private static double confidence(String name, String... files) throws IOException {
        List<String> texts = new ArrayList<>();
        for (String file : files) {
            texts.add(Files.readString(Cases.named(name).file(file)));
        }
        return Runs.finding(
                        Runs.diagnose(Runs.read(texts.toArray(String[]::new)))
                                .processes()
                                .get(0),
                        "deadlock-monitor-or-lock")
                .score()
                .confidence();
    }

    @Test
    void aFileDumpThatWalksTheThreadsIsBelievedWhenItIsRepeated() throws IOException {
        String one = "25/dump-json-1.json";
        assertEquals(.9, confidence("vthreads-deadlock-monitors", one), .001);
        assertEquals(.97, confidence("vthreads-deadlock-monitors", one, "25/dump-json-2.json"), .001);
    }

    @Test
    void aDumpOfOneInstantIsBelievedAtOnce() throws IOException {
        assertEquals(.99, confidence("deadlock-mixed", "17/jstack-l-1.txt"), .001);
    }
}
