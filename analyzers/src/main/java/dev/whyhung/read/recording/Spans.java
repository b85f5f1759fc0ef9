package dev.whyhung.read.recording;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A recording cut into spans of equal length, in which samples are counted: of ten seconds, or longer in one of hours. */
record Spans(Instant from, Duration each) {

    private static final int MOST = 360;
    private static final Duration SHORTEST = Duration.ofSeconds(10);

    /** Of chunks in time order. */
    static Spans of(List<Chunk> chunks) {
        Instant from = chunks.get(0).start();
        Duration all = Duration.between(from, chunks.get(chunks.size() - 1).until());
        long times = Math.max(1, all.dividedBy(SHORTEST) / MOST + 1);
        return new Spans(from, SHORTEST.multipliedBy(times));
    }

    /** In which of them an event of this chunk lies; what seems to be outside counts as of the first or the last. */
    int number(Chunk chunk, long ticks) {
        long begin = nanos(chunk.start()) - nanos(from);
        return (int) Math.max(0, Math.min(MOST, (begin + chunk.nanos(ticks - chunk.startTicks())) / each.toNanos()));
    }

    private static long nanos(Instant time) {
        return time.getEpochSecond() * 1_000_000_000 + time.getNano();
    }

    Instant begin(int number) {
        return from.plus(each.multipliedBy(number));
    }
}
