package dev.whyhung.read.recording;

import dev.whyhung.read.recording.RecordedType.Amount;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Which events of a recording are worth the price of the JDK's parser. One pass over all chunks looks at size, type, times, thread
 * and place of every event; memory grows with threads and places, and with the rare events.
 */
final class Selection {

    private static final int MOST_THREADS = 20_000;
    private static final int MOST_LATEST = 50_000;
    private static final long MOST_METADATA = 64 << 20;

    /** Where the latest events of a thread stand in the file. */
    private static final class Track {
        private final LatestEvents waits = new LatestEvents(WaitLog.LATEST);
        private final LatestEvents thrown = new LatestEvents(ThrowLog.LATEST);
        private long sample;
        private long samples;
        private final SampleCounts counts = new SampleCounts();

        void sample(long position, int span, boolean isNative) {
            sample = position;
            samples++;
            counts.add(span, isNative);
        }
    }

    /** Gets to know how many more bytes have been passed; may end the reading. */
    interface Passed {
        void pass(long bytes) throws IOException;
    }

    private static final long STEP = 1 << 20;

    private final FileBlocks blocks;
    private final Passed passed;
    private final Spans spans;
    private final LongTable threads = new LongTable(MOST_THREADS);
    private final List<Track> tracks = new ArrayList<>();
    /** Of all threads beyond those that are told apart; nobody looks at it. */
    private final Track rest = new Track();

    private final int mostLatest;
    private final Map<RecordedType, LatestEvents> latest = new EnumMap<>(RecordedType.class);
    private long turn;

    private final RawEvent event = new RawEvent();
    private byte[] metadata = {};
    private @Nullable EventLayout[] layouts = {};
    private long lastThread = Long.MIN_VALUE;
    private int lastTrack;

    Selection(FileChannel channel, Passed passed, Spans spans) {
        this(channel, passed, spans, MOST_LATEST);
    }

    /** Where so many events are kept of a type whose latest are read. */
    Selection(FileChannel channel, Passed passed, Spans spans, int mostLatest) {
        blocks = new FileBlocks(channel);
        this.passed = passed;
        this.spans = spans;
        this.mostLatest = mostLatest;
    }

    /** Passes over a chunk up to its end, or to the first event whose size cannot be. */
    ChunkPart scan(Chunk chunk) throws IOException {
        ChunkPart part = new ChunkPart(chunk, layouts(chunk));
        long at = Chunk.HEADER;
        long told = 0;
        while (at < chunk.size()) {
            if (at - told >= STEP) {
                passed.pass(at - told);
                told = at;
            }
            long position = chunk.offset() + at;
            PackedBytes bytes = blocks.from(position);
            long size = bytes.number();
            if (size <= 0 || size > chunk.size() - at) {
                break;
            }
            EventLayout layout = part.next(bytes.number());
            if (layout != null) {
                select(part, layout, position, size, bytes);
            }
            at += size;
        }
        passed.pass(chunk.size() - told);
        part.end(at);
        return part;
    }

    /** Those of the chunk before, if its metadata are the same. */
    private @Nullable EventLayout[] layouts(Chunk chunk) throws IOException {
        long position = chunk.offset() + chunk.metadata();
        long size = Math.min(blocks.from(position).number(), Math.min(MOST_METADATA, chunk.end() - position));
        PackedBytes content = EventLayouts.content(blocks.copy(position, (int) size));
        byte[] bytes = Arrays.copyOfRange(content.bytes, content.at, content.limit);
        if (!Arrays.equals(bytes, metadata)) {
            metadata = bytes;
            layouts = EventLayouts.of(content);
        }
        return layouts;
    }

    private void select(ChunkPart part, EventLayout layout, long position, long size, PackedBytes bytes) {
        RecordedType type = layout.type();
        if (type.amount() == Amount.ALL) {
            part.take(position, size);
            return;
        }
        if (type.amount() == Amount.LATEST) {
            latest.computeIfAbsent(type, key -> new LatestEvents(mostLatest)).add(turn++, position);
            return;
        }
        layout.read(bytes, event);
        int number = track(event.thread);
        Track track = number < 0 ? rest : tracks.get(number);
        switch (type.amount()) {
            case SOME -> {
                part.place(event, position);
                track.waits.add(event.start + event.ticks, position);
            }
            case ENDS -> {
                part.placeWithFirst(event, position);
                track.thrown.add(event.start, position);
            }
            case LAST, LATEST, ALL ->
                track.sample(position, spans.number(part.chunk(), event.start), type == RecordedType.NATIVE_SAMPLE);
        }
    }

    /** Threads flush their events in runs. */
    private int track(long thread) {
        if (thread != lastThread) {
            lastThread = thread;
            lastTrack = threads.index(thread);
            if (lastTrack == tracks.size()) {
                tracks.add(new Track());
            }
        }
        return lastTrack;
    }

    /** Tells the parts which of their events are the last ones of a thread; to be called once, behind all of them. */
    void conclude(List<ChunkPart> parts) {
        LongStream ofThreads = tracks.stream()
                .flatMapToLong(track -> LongStream.concat(track.waits.positions(), track.thrown.positions()));
        LongStream ofTypes = latest.values().stream().flatMapToLong(LatestEvents::positions);
        long[] positions = LongStream.concat(ofThreads, ofTypes).sorted().toArray();
        for (ChunkPart part : parts) {
            Arrays.stream(positions).filter(part::contains).forEach(part::take);
            for (Track track : tracks) {
                if (track.samples > 0 && part.contains(track.sample)) {
                    part.sample(track.sample, track.samples, track.counts);
                }
            }
        }
    }
}
