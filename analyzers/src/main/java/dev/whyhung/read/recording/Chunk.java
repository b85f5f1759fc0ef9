package dev.whyhung.read.recording;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;

/**
 * The header of one chunk of a recording. Each chunk stands alone: it has its own constants and metadata.
 *
 * @param number its place in the file, from 1
 * @param offset where it begins in the file
 * @param size its bytes, the header included, as the header says; of an unfinished chunk up to the last flush
 * @param constants offset of its last constants inside the chunk
 * @param metadata offset of its metadata inside the chunk
 * @param start when it begins
 * @param length how long it lasts, as the header says
 * @param startTicks the same as its start, in the unit of its events
 * @param ticksPerSecond unit of the times of its events
 * @param finished whether the JVM ended it
 * @param major major version of the format
 */
record Chunk(
        int number,
        long offset,
        long size,
        long constants,
        long metadata,
        Instant start,
        Duration length,
        long startTicks,
        long ticksPerSecond,
        boolean finished,
        int major) {

    static final int HEADER = 68;
    /** The byte that says whether the chunk is finished: 0 if so. */
    static final int STATE = 64;

    private static final int MAGIC = 0x464C5200;
    private static final int SUPPORTED = 2;
    private static final long NANOS = 1_000_000_000;

    static boolean isMagic(ByteBuffer header) {
        return header.remaining() >= HEADER && header.getInt(header.position()) == MAGIC;
    }

    /** Reads {@value #HEADER} bytes that begin with the magic number. */
    static Chunk of(int number, long offset, ByteBuffer header) {
        long nanos = header.getLong(32);
        return new Chunk(
                number,
                offset,
                header.getLong(8),
                header.getLong(16),
                header.getLong(24),
                Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS)),
                Duration.ofNanos(Math.max(0, header.getLong(40))),
                header.getLong(48),
                Math.max(1, header.getLong(56)),
                header.get(STATE) == 0,
                header.getShort(4));
    }

    long end() {
        return offset + size;
    }

    /** From ticks, the unit of the times inside the chunk. */
    long nanos(long ticks) {
        return (long) (ticks * ((double) NANOS / ticksPerSecond));
    }

    Instant until() {
        return start.plus(length);
    }

    /** What is wrong with it, given how many bytes of the file are left from its beginning on; empty if it can be read. */
    String damage(long left) {
        if (major != SUPPORTED) {
            return "has format version " + major + ", of a JVM before JDK 11";
        }
        if (size <= HEADER || constants <= 0 || metadata <= 0) {
            return finished ? "has a damaged header" : "was begun but never written out";
        }
        if (size > left) {
            return "is cut off: " + left + " of " + size + " bytes are there";
        }
        return constants >= size || metadata >= size ? "has a damaged header" : "";
    }
}
