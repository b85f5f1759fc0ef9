package dev.whyhung.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whyhung.fixtures.Cases;
import dev.whyhung.read.Intake;
import dev.whyhung.read.Source;
import dev.whyhung.read.bytes.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private static final long SECOND = 1_000_000_000;

    @Test
    void tellsPercentageAndTimeLeft() {
        assertEquals("100 of 400 MB read, 25 %, 6 s left", Progress.line(100_000_000, 400_000_000, 2 * SECOND));
        assertEquals("400 of 400 MB read, 100 %, 0 s left", Progress.line(400_000_000, 400_000_000, 2 * SECOND));
        assertEquals("0 MB read", Progress.line(0, 400_000_000, SECOND));
    }

    @Test
    void tellsNoMoreThanIsKnown() {
        assertEquals("12 MB read", Progress.line(12_000_000, 0, SECOND));
        assertEquals("12 of 12 MB read, 100 %, 0 s left", Progress.line(12_008_192, 12_000_000, SECOND));
        assertEquals(0, Progress.size(List.of(Source.stream("-", InputStream::nullInputStream, true))));
        assertEquals(0, Progress.size(List.of(Source.file("gone", Path.of("gone"), true))));
    }

    /** A recording is read through its file, past the stream that was opened. */
    @Test
    void advancesThroughRecordingsAndDumpsAlike() throws IOException {
        for (String name : List.of("recording-held-monitor/17/recording.jfr", "case-study/17/jstack-l-1.txt")) {
            Path file = Cases.directory().resolve(name);
            List<Source> sources = List.of(Source.file(name, file, true));
            List<Long> steps = new ArrayList<>();
            Intake.read(sources, Limits.STANDARD, steps::add);
            long sum = steps.stream().mapToLong(Long::longValue).sum();
            long size = Files.size(file);
            assertEquals(size, Progress.size(sources));
            assertTrue(sum >= size && sum <= size + (8 << 10), name + ": " + sum + " of " + size);
        }
    }
}
