package dev.whyhung.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whyhung.Runs;
import dev.whyhung.diagnose.rank.RankedFinding;
import dev.whyhung.fixtures.Cases;
import dev.whyhung.read.Intake;
import dev.whyhung.read.Source;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A note about a lock that supports the finding about it. */
class SupportTest {

    private static RankedFinding first(String recording) {
        Path file = Cases.directory().resolve(recording);
        return Runs.diagnose(Intake.read(List.of(Source.file("r.jfr", file, true))))
                .processes()
                .get(0)
                .findings()
                .get(0);
    }

    @Test
    void aCancelledTaskMakesTheOrphanedLockMoreCertain() {
        RankedFinding finding = first("recording-interrupted-owner/25/recording.jfr");
        assertEquals("orphaned-lock-idle-owner", finding.finding().rule().id());
        assertEquals(finding.finding().confidence() + .1, finding.score().confidence(), 1e-9);
    }

    @Test
    void withoutSuchANoteItStaysAsItIs() {
        RankedFinding finding = first("recording-idle-owner/25/recording.jfr");
        assertEquals("orphaned-lock-idle-owner", finding.finding().rule().id());
        assertEquals(finding.finding().confidence(), finding.score().confidence(), 1e-9);
    }
}
