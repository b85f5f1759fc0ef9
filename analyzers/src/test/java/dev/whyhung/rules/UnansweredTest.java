package dev.whyhung.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whyhung.Runs;
import dev.whyhung.diagnose.RankedFinding;
import dev.whyhung.fixtures.Cases;
import dev.whyhung.read.Intake;
import dev.whyhung.read.Source;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnansweredTest {

    @Test
    void aRecordedFailureSaysWhyTheLatchIsNotCountedDown() {
        Path file = Cases.directory().resolve("recording-latch-never-counted/25/recording.jfr");
        Intake.Result read = Intake.read(List.of(Source.file("r.jfr", file, true)));
        RankedFinding finding = Runs.finding(Runs.diagnose(read).processes().get(0), "latch-never-counted");
        assertEquals(.8, finding.score().confidence(), 1e-9);
        assertTrue(finding.finding().evidence().stream()
                .anyMatch(exhibit -> exhibit.text().contains("IllegalStateException: no such table")));
    }
}
