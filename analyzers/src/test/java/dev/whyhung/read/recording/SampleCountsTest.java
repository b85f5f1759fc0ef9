package dev.whyhung.read.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SampleCountsTest {

    @Test
    void countsFromWhicheverSpanComesFirst() {
        SampleCounts counts = new SampleCounts();
        counts.add(350, false);
        assertEquals(350, counts.from());
        counts.add(352, true);
        counts.add(348, false);
        counts.add(350, false);
        assertEquals(348, counts.from());
        assertEquals(
                "[1, 0, 2, 0, 0]",
                IntStream.range(348, 353).mapToObj(counts::running).toList().toString());
        assertEquals(1, counts.inNative(352));
        assertEquals(0, counts.inNative(348));
        assertEquals(0, counts.running(0));
    }
}
