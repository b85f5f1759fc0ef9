package dev.whyhung.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whyhung.Runs;
import dev.whyhung.diagnose.rank.RankedFinding;
import dev.whyhung.fixtures.Cases;
import dev.whyhung.read.Intake;
import dev.whyhung.read.Source;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What began more than a minute after the service stopped cannot be why. */
class AfterTheFactTest {

    private static ProcessDiagnosis of(String recording) {
        Path file = Cases.directory().resolve(recording);
        return Runs.diagnose(Intake.read(List.of(Source.file("r.jfr", file, true))))
                .processes()
                .get(0);
    }

    @Test
    void aLaterFaultLosesPartOfItsScoreAndIsSaidToBeLater() {
        ProcessDiagnosis process = of("recording-after-the-fact/25/recording.jfr");
        RankedFinding later = Runs.finding(process, "lock-held-across-blocking-call");
        assertEquals(.7, later.score().rootness(), 1e-9);
        List<String> notes = process.notes().stream()
                .filter(note -> note.startsWith("After the fact"))
                .toList();
        assertEquals(1, notes.size(), process.notes().toString());
        assertTrue(notes.get(0).contains(later.finding().headline()));
    }

    @Test
    void theFaultThatStoppedItIsNotLater() {
        ProcessDiagnosis process = of("recording-after-the-fact/25/recording.jfr");
        assertEquals(
                1, Runs.finding(process, "orphaned-lock-dead-owner").score().rootness(), 1e-9);
    }
}
