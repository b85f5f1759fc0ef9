package dev.whyhung.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whyhung.Runs;
import dev.whyhung.diagnose.view.Occupancy;
import dev.whyhung.diagnose.view.Occupancy.Bar;
import dev.whyhung.fixtures.Cases;
import dev.whyhung.read.Intake;
import dev.whyhung.read.Source;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class OccupanciesTest {

    private static List<Occupancy> of(String recording) {
        Path file = Cases.directory().resolve(recording);
        return Runs.diagnose(Intake.read(List.of(Source.file("r.jfr", file, true))))
                .processes()
                .get(0)
                .inventory()
                .occupancies();
    }

    /** Sixty pins of 60 ms, as the program makes them. */
    @Test
    void pinsThatEndedAreCountedByTheirLength() {
        List<Occupancy> occupancies = of("recording-past-pins/25/recording.jfr");
        assertEquals(1, occupancies.size());
        List<Bar> bars = occupancies.get(0).bars();
        assertEquals(new Bar("10 to 100 ms", 60), bars.get(1));
        assertEquals(60, bars.stream().mapToLong(Bar::count).sum());
    }

    /** Tasks of 40 ms, two of which took more than 100 ms on a busy machine, of 300 ms and of 1.2 s. */
    @Test
    void tasksThatWaitedOnALoopAreCountedByTheirLength() {
        List<Occupancy> occupancies = of("event-loop-past-waits/17/recording.jfr.gz");
        assertEquals(1, occupancies.size());
        assertEquals(
                List.of(0L, 18L, 12L, 2L, 0L),
                occupancies.get(0).bars().stream().map(Bar::count).toList());
    }

    @Test
    void withoutLoopsAndVirtualThreadsThereIsNothingToShow() {
        assertEquals(List.of(), of("recording-held-monitor/25/recording.jfr"));
    }
}
