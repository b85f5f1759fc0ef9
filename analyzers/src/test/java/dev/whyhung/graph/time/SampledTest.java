package dev.whyhung.graph.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whyhung.MadeRecording;
import dev.whyhung.model.Recording;
import dev.whyhung.model.Recording.Samples;
import dev.whyhung.model.ThreadRef;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Samples by time, of several recordings. */
class SampledTest {

    private static final ThreadRef WORKER = MadeRecording.thread(1, "worker-1");

    /** Two dumps of one recording that goes on. */
    @Test
    void whatTwoRecordingsHaveCountsOnce() {
        Recording first = MadeRecording.of("1.jfr", 0, 20)
                .sampled(0, 7, 0, WORKER)
                .sampled(10, 5, 0, WORKER)
                .build();
        Recording second = MadeRecording.of("2.jfr", 0, 30)
                .sampled(0, 7, 0, WORKER)
                .sampled(10, 5, 0, WORKER)
                .sampled(20, 3, 0, WORKER)
                .build();
        List<Samples> all = new Sampled(List.of(first, second))
                .between(first.from(), second.to().plus(Duration.ofMinutes(1)));
        assertEquals(15, all.stream().mapToLong(Samples::running).sum());
    }

    @Test
    void workBehindTheDumpIsNoWorkBefore() {
        Recording recording = MadeRecording.of("r.jfr", 0, 60)
                .sampled(0, 12, 0, WORKER)
                .sampled(40, 12, 0, WORKER)
                .build();
        Sampled sampled = new Sampled(List.of(recording));
        Instant from = recording.from();
        assertTrue(sampled.wasAtWork(WORKER.id(), from.plusSeconds(20)));
        assertFalse(sampled.wasAtWork(WORKER.id(), from.plusSeconds(30)), "work ended before, and began anew behind");
        assertTrue(sampled.wasAtWork(WORKER.id(), from.plusSeconds(45)));
    }
}
