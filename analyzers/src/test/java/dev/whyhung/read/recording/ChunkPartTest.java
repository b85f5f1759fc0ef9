package dev.whyhung.read.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChunkPartTest {

    private static ChunkPart part() {
        Chunk chunk = new Chunk(1, 0, 10_000, 0, 0, Instant.EPOCH, Duration.ofSeconds(10), 0, 1_000_000_000, true, 2);
        return new ChunkPart(chunk, new EventLayout[0]);
    }

    private static RawEvent at(long start) {
        RawEvent event = new RawEvent();
        event.start = start;
        return event;
    }

    @Test
    void readsTheFirstAndTheLastOfAPlaceByTime() {
        ChunkPart part = part();
        part.placeWithFirst(at(30), 100);
        part.placeWithFirst(at(40), 200);
        part.placeWithFirst(at(10), 300);
        part.placeWithFirst(at(20), 400);
        part.end(10_000);
        assertEquals(List.of(200L, 300L), List.copyOf(part.chosen().keySet()));
        assertEquals(4, part.chosen().get(200L).count());
        assertEquals(0, part.chosen().get(300L).count());
    }

    @Test
    void readsTheLastAloneOfOtherKinds() {
        ChunkPart part = part();
        part.place(at(30), 100);
        part.place(at(10), 300);
        part.end(10_000);
        assertEquals(List.of(100L), List.copyOf(part.chosen().keySet()));
    }
}
