package dev.whyhung.read;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Instant;

/**
 * Walks from event to event of a chunk by their sizes alone, to see whether it is whole: a parser that meets a broken event ends
 * as if the chunk ended there.
 *
 * @param whole bytes of the chunk up to the first broken event, or all
 * @param size bytes of the chunk
 */
record EventChain(long whole, long size) {

    private static final int BLOCK = 1 << 20;
    static final int LONGEST_NUMBER = 9;

    static EventChain of(FileChannel channel, Chunk chunk) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(BLOCK).limit(0);
        long blockAt = 0;
        long at = Chunk.HEADER;
        while (at < chunk.size()) {
            if (at < blockAt || at + LONGEST_NUMBER > blockAt + block.limit()) {
                block.clear();
                int wanted = (int) Math.min(BLOCK, chunk.size() - at);
                block.limit(wanted);
                while (block.hasRemaining() && channel.read(block, chunk.offset() + at + block.position()) >= 0) {}
                block.flip();
                blockAt = at;
            }
            long size = number(block, (int) (at - blockAt));
            if (size <= 0 || size > chunk.size() - at) {
                return new EventChain(at, chunk.size());
            }
            at += size;
        }
        return new EventChain(at, chunk.size());
    }

    /** An integer of seven bits a byte, the lowest first; -1 if the bytes end before it does. */
    static long number(ByteBuffer bytes, int at) {
        long value = 0;
        for (int i = 0; i < LONGEST_NUMBER && at + i < bytes.limit(); i++) {
            byte b = bytes.get(at + i);
            value |= (b & 0x7fL) << (7 * i);
            if (b >= 0) {
                return value;
            }
        }
        return -1;
    }

    /** How many bytes the integer there has, 0 if the bytes end before it does. */
    static int width(ByteBuffer bytes, int at) {
        for (int i = 0; i < LONGEST_NUMBER && at + i < bytes.limit(); i++) {
            if (bytes.get(at + i) >= 0) {
                return i + 1;
            }
        }
        return 0;
    }

    boolean isWhole() {
        return whole == size;
    }

    long percent() {
        return whole * 100 / size;
    }

    /** From when on events are lost: events lie about evenly in a chunk. */
    Instant lost(Chunk chunk) {
        return chunk.start().plusNanos((long) (chunk.length().toNanos() * ((double) whole / size)));
    }
}
