package dev.whyhung.read.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** In which part of a recording an event lies. */
class SpansTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final long TICKS = 1_000;

    /** Begins so many seconds after noon; its ticks count from an hour before noon. */
    private static Chunk chunk(long second, long seconds) {
        return new Chunk(
                1,
                0,
                100,
                70,
                80,
                NOON.plusSeconds(second),
                Duration.ofSeconds(seconds),
                (3_600 + second) * TICKS,
                TICKS,
                true,
                2);
    }

    @Test
    void aShortRecordingIsCutIntoTenSeconds() {
        Chunk second = chunk(40, 60);
        Spans spans = Spans.of(List.of(chunk(0, 40), second));
        assertEquals(Duration.ofSeconds(10), spans.each());
        assertEquals(4, spans.number(second, (3_600 + 49) * TICKS));
        assertEquals(5, spans.number(second, (3_600 + 50) * TICKS));
        assertEquals(0, spans.number(second, 0), "before its begin");
        assertEquals(NOON.plusSeconds(50), spans.begin(5));
    }

    @Test
    void oneOfADayIsCutIntoMinutes() {
        Chunk day = chunk(0, 86_400);
        Spans spans = Spans.of(List.of(day));
        assertEquals(Duration.ofSeconds(250), spans.each());
        assertEquals(345, spans.number(day, (3_600 + 86_399) * TICKS));
        assertEquals(360, spans.number(day, Long.MAX_VALUE / 2_000_000), "after its end");
    }
}
