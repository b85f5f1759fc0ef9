package dev.whyhung.read.join;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whyhung.MadeRecording;
import dev.whyhung.model.PastWait;
import dev.whyhung.model.Recording;
import dev.whyhung.model.ThreadRef;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What makes recordings of one process one. */
class SequelsTest {

    private static List<String> join(MadeRecording... parts) {
        return Sequels.join(Stream.of(parts).map(MadeRecording::build).toList()).stream()
                .map(Recording::source)
                .toList();
    }

    @Test
    void oneBeginsWhereTheOtherEnds() {
        assertEquals(
                List.of("a.jfr to c.jfr"),
                join(
                        MadeRecording.of("b.jfr", -30, 10),
                        MadeRecording.of("c.jfr", 10.2, 50),
                        MadeRecording.of("a.jfr", -60, -30)));
    }

    @Test
    void whatLiesBetweenMayHaveHadSignsOfLife() {
        assertEquals(
                List.of("a.jfr", "b.jfr"),
                join(MadeRecording.of("a.jfr", -60, -30), MadeRecording.of("b.jfr", -20, 10)));
    }

    @Test
    void theRecorderWasSetOtherwise() {
        assertEquals(
                List.of("a.jfr", "b.jfr"),
                join(
                        MadeRecording.of("a.jfr", -60, -30),
                        MadeRecording.of("b.jfr", -30, 10).disabled("ThreadPark")));
    }

    /** A copy, or one that goes on for longer, is no sequel. */
    @Test
    void whatOverlapsIsLeftAsItIs() {
        assertEquals(
                List.of("a.jfr to b.jfr", "ab.jfr"),
                join(
                        MadeRecording.of("a.jfr", -60, -30),
                        MadeRecording.of("b.jfr", -30, 10),
                        MadeRecording.of("ab.jfr", -60, 10)));
    }

    @Test
    void aThreadKeepsItsLatestWaits() {
        ThreadRef thread = MadeRecording.thread(1, "exec-1");
        MadeRecording first = MadeRecording.of("a.jfr", -60, -30);
        MadeRecording second = MadeRecording.of("b.jfr", -30, 10);
        for (int i = 0; i < 30; i++) {
            first.wait(PastWait.Kind.PARK, "L", -60 + i, -59.5 + i, thread, MadeRecording.stack("a.B.c(B.java:1)"));
            second.wait(PastWait.Kind.PARK, "L", -30 + i, -29.5 + i, thread, MadeRecording.stack("a.B.c(B.java:1)"));
        }
        Recording joined = Sequels.join(List.of(first.build(), second.build())).get(0);
        assertEquals(Recording.WAITS_OF_A_THREAD, joined.recentWaits().size());
        assertEquals(
                Duration.ofSeconds(39),
                Duration.between(
                        joined.recentWaits().get(0).start(),
                        joined.recentWaits().get(39).start()));
        assertEquals(60, joined.waitTotals().get(0).count());
        assertEquals(1, joined.waitTotals().size());
    }
}
