package dev.whyhung.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whyhung.FileDumpText;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.view.BlockerTree;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Virtual threads of {@code Executors.newVirtualThreadPerTaskExecutor()} have no names: their ids stand for them. */
class NamelessTest {

    private static String dump(String time) {
        FileDumpText dump = new FileDumpText("25.0.3+9-LTS", time);
        dump.container("java.util.concurrent.ThreadPerTaskExecutor@1b2c");
        for (int i = 0; i < 40; i++) {
            dump.parked(
                    "",
                    "java.util.concurrent.locks.ReentrantLock$NonfairSync@1a2b",
                    FileDumpText.LOCK,
                    "com.acme.Orders.place(Orders.java:30)",
                    FileDumpText.RUN_VIRTUAL);
        }
        return dump.whole();
    }

    @Test
    void haveTheirIdsForNames() {
        ProcessDiagnosis process = Runs.diagnose(Runs.read(dump("2026-03-02T10:15:00Z"), dump("2026-03-02T10:15:20Z")))
                .processes()
                .get(0);
        assertEquals("#20", process.nameOf(process.threads().get(0).thread().id()));
        List<BlockerTree> waiting = process.blockers().get(0).children();
        assertEquals(
                List.of("#20 … 59 (40)"),
                waiting.stream().map(BlockerTree::label).toList());
        String evidence = process.findings().get(0).finding().evidence().get(0).text();
        assertTrue(evidence.startsWith("#20 waits for "), evidence);
    }
}
