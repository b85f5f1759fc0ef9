package dev.whyhung.graph;

import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.whyhung.FileDumpText;
import dev.whyhung.MadeRecording;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What it means that a recording has nothing of a thread. */
class SilenceTest {

    private static String burst() {
        FileDumpText dump = new FileDumpText("25.0.3+9-LTS", "2026-03-01T12:00:50Z");
        for (int i = 1; i <= 2; i++) {
            dump.thread("ForkJoinPool-1-worker-" + i, FileDumpText.CARRIER)
                    .running("handler-" + i, "com.acme.Quote.text(Quote.java:" + i + ")", FileDumpText.RUN_VIRTUAL);
        }
        for (int i = 3; i <= 6; i++) {
            dump.running("handler-" + i);
        }
        return dump.whole();
    }

    /** Their starts are in no recording of the default settings. */
    @Test
    void ofCarriersAndNewVirtualThreadsTellsNothing() {
        Verdict verdict = Runs.process(List.of(MadeRecording.of("r.jfr", -90, 50)), burst())
                .verdict();
        assertNotEquals(Verdict.Status.HUNG, verdict.status(), verdict.headline());
    }
}
