package dev.whyhung.read.recording;

import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * Where the events that ended last stand in a file. They come nearly in order: a thread's buffers may reach the file in another
 * order than it filled them.
 */
final class LatestEvents {

    private final int most;
    private final long[] ends;
    private final long[] positions;
    /** Where the next one goes: in the place of the oldest, or behind the last. From there on they are in order, all around. */
    private int next;

    private int size;

    /** Keeps so many of them. */
    LatestEvents(int most) {
        this.most = most;
        ends = new long[most];
        positions = new long[most];
    }

    void add(long end, long position) {
        boolean isLate = size > 0 && end < ends[(next + most - 1) % most];
        if (isLate && size == most && end < ends[next]) {
            return;
        }
        ends[next] = end;
        positions[next] = position;
        next = (next + 1) % most;
        size = Math.min(most, size + 1);
        if (isLate) {
            sort();
        }
    }

    private void sort() {
        for (int i = 1; i < size; i++) {
            for (int j = i; j > 0 && ends[j] < ends[j - 1]; j--) {
                swap(ends, j);
                swap(positions, j);
            }
        }
        next = size % most;
    }

    private static void swap(long[] values, int index) {
        long value = values[index];
        values[index] = values[index - 1];
        values[index - 1] = value;
    }

    LongStream positions() {
        return Arrays.stream(positions, 0, size);
    }
}
