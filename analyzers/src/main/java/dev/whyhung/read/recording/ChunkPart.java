package dev.whyhung.read.recording;

import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is read of one chunk: all of the rare events, and of the frequent ones a few that speak for the rest. */
public final class ChunkPart {

    private static final int MOST_PLACES = 1 << 16;

    /**
     * What an event that is read stands for beside itself.
     *
     * @param count how many events, it included; 0 for one that is read for its own sake
     * @param nanos how long they took together
     * @param longest nanoseconds of the longest
     * @param samples of a sample: those of its thread
     */
    record Weight(
            long count, long nanos, long longest, @Nullable SampleCounts samples) {
        static final Weight NONE = new Weight(0, 0, 0);

        Weight(long count, long nanos, long longest) {
            this(count, nanos, longest, null);
        }
    }

    private static final class Place {
        private long position;
        private long end = Long.MIN_VALUE;
        private long firstPosition;
        private long start = Long.MAX_VALUE;
        private boolean keepsFirst;
        private long count;
        private long ticks;
        private long longest;

        void add(RawEvent event, long at) {
            count++;
            ticks += event.ticks;
            longest = Math.max(longest, event.ticks);
            if (event.start + event.ticks >= end) {
                end = event.start + event.ticks;
                position = at;
            }
            if (event.start < start) {
                start = event.start;
                firstPosition = at;
            }
        }
    }

    private final Chunk chunk;
    private final @Nullable EventLayout[] layouts;
    /** Events of each of them. */
    private final long[] counts;

    private final LongTable placeNumbers = new LongTable(MOST_PLACES);
    private Place[] places = new Place[64];
    private final SortedMap<Long, Weight> chosen = new TreeMap<>();
    /** Begin and end of each run of rare events, one after the other. */
    private long[] runs = new long[64];

    private int runEnds;
    private long whole;

    ChunkPart(Chunk chunk, @Nullable EventLayout[] layouts) {
        this.chunk = chunk;
        this.layouts = layouts;
        counts = new long[layouts.length];
    }

    Chunk chunk() {
        return chunk;
    }

    /** Counts an event of a type. How such events are laid out; null for those that nobody asks for. */
    @Nullable
    EventLayout next(long type) {
        if (type < 0 || type >= layouts.length) {
            return null;
        }
        counts[(int) type]++;
        return layouts[(int) type];
    }

    boolean contains(long position) {
        return position >= chunk.offset() && position < chunk.end();
    }

    /** A rare event. */
    void take(long position, long size) {
        if (runEnds > 0 && runs[runEnds - 1] == position) {
            runs[runEnds - 1] = position + size;
            return;
        }
        if (runEnds == runs.length) {
            runs = Arrays.copyOf(runs, runEnds * 2);
        }
        runs[runEnds++] = position;
        runs[runEnds++] = position + size;
    }

    /** An event that may come to speak for those with the same stack and subject. */
    void place(RawEvent event, long position) {
        place(event, position, false);
    }

    /** The same of a kind of which the first at each place is read as well, by time: a file holds events buffer by buffer. */
    void placeWithFirst(RawEvent event, long position) {
        place(event, position, true);
    }

    private void place(RawEvent event, long position, boolean keepsFirst) {
        int number = placeNumbers.index(event.place);
        if (number < 0) {
            return;
        }
        if (number == places.length) {
            places = Arrays.copyOf(places, number * 2);
        }
        if (places[number] == null) {
            places[number] = new Place();
        }
        places[number].keepsFirst = keepsFirst;
        places[number].add(event, position);
    }

    /** A frequent event, for its own sake. */
    void take(long position) {
        chosen.putIfAbsent(position, Weight.NONE);
    }

    /** The last sample of a thread, with the number of its samples, and when they were taken. */
    void sample(long position, long samples, SampleCounts counts) {
        chosen.put(position, new Weight(samples, 0, 0, counts));
    }

    /** The pass ended so many bytes behind the chunk's begin: at its end if it is whole. */
    void end(long at) {
        whole = at;
        for (int i = 0; i < placeNumbers.size(); i++) {
            Place place = places[i];
            chosen.put(place.position, new Weight(place.count, chunk.nanos(place.ticks), chunk.nanos(place.longest)));
            if (place.keepsFirst) {
                take(place.firstPosition);
            }
        }
        places = new Place[0];
    }

    boolean isWhole() {
        return whole == chunk.size();
    }

    long percent() {
        return whole * 100 / chunk.size();
    }

    /** From when on events are lost: events lie about evenly in a chunk. */
    Instant lost() {
        return chunk.start().plusNanos((long) (chunk.length().toNanos() * ((double) whole / chunk.size())));
    }

    /** Begin and end of each run of rare events. */
    long[] runs() {
        return Arrays.copyOf(runs, runEnds);
    }

    /** Where the frequent events that are read stand, and what they stand for. */
    SortedMap<Long, Weight> chosen() {
        return chosen;
    }

    /** How many events of each type there are. */
    Map<RecordedType, Long> counts() {
        Map<RecordedType, Long> all = new EnumMap<>(RecordedType.class);
        for (int i = 0; i < layouts.length; i++) {
            EventLayout layout = layouts[i];
            if (layout != null) {
                all.put(layout.type(), counts[i]);
            }
        }
        return all;
    }
}
