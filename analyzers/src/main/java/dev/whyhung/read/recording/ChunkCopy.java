package dev.whyhung.read.recording;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Writes a chunk anew with nothing in it but the selected events, what they refer to, and the metadata; and says that it is
 * finished. What events refer to stands in checkpoints, each of which tells how far back the one before it is.
 */
final class ChunkCopy {

    private static final int BUFFER = 1 << 16;
    private static final int SIZE = 8;
    private static final int CONSTANTS = 16;
    private static final int METADATA = 24;
    private static final int CHECKPOINT = 1;
    private static final int WIDTH_OF_SIZE = 5;
    /** Bytes that every checkpoint has. */
    private static final int LEAST = 8;

    private final FileBlocks blocks;
    private final ChunkPart part;
    private final Chunk chunk;
    private final OutputStream target;
    private final Numbers head = new Numbers();
    private long written = Chunk.HEADER;
    private boolean isComplete;

    private ChunkCopy(FileBlocks blocks, ChunkPart part, OutputStream target) {
        this.blocks = blocks;
        this.part = part;
        this.chunk = part.chunk();
        this.target = target;
    }

    /** Appends what is read of a chunk to a file; whether all that the events may refer to was found. */
    static boolean append(FileBlocks blocks, ChunkPart part, FileChannel file) throws IOException {
        long begin = file.size();
        file.position(begin + Chunk.HEADER);
        OutputStream target = new BufferedOutputStream(Channels.newOutputStream(file), BUFFER);
        ChunkCopy copy = new ChunkCopy(blocks, part, target);
        ByteBuffer header = copy.write();
        target.flush();
        file.write(header, begin);
        return copy.isComplete;
    }

    /** Writes all but the header, which is known then. */
    private ByteBuffer write() throws IOException {
        long[] runs = part.runs();
        for (int i = 0; i < runs.length; i += 2) {
            copy(runs[i], runs[i + 1]);
        }
        for (long position : part.chosen().keySet()) {
            copy(position, position + blocks.from(position).number());
        }
        long constants = checkpoints();
        long metadata = written;
        long position = chunk.offset() + chunk.metadata();
        copy(position, position + blocks.from(position).number());
        ByteBuffer header = ByteBuffer.wrap(blocks.copy(chunk.offset(), Chunk.HEADER));
        return header.putLong(SIZE, written)
                .putLong(CONSTANTS, constants)
                .putLong(METADATA, metadata)
                .put(Chunk.STATE, (byte) 0);
    }

    private void copy(long from, long to) throws IOException {
        blocks.copy(from, Math.min(to, chunk.end()), target);
        written += to - from;
    }

    /** Copies them from the first to the last, of which the place is returned. */
    private long checkpoints() throws IOException {
        long before = 0;
        for (long position : chain()) {
            long begin = written;
            checkpoint(position, before == 0 ? 0 : before - begin);
            before = begin;
        }
        return before;
    }

    /** The places of the checkpoints, as far back as they are sound; the header tells the last. */
    private Deque<Long> chain() throws IOException {
        Deque<Long> chain = new ArrayDeque<>();
        long at = chunk.offset() + chunk.constants();
        long back = -1;
        while (back < 0 && part.contains(at)) {
            PackedBytes bytes = blocks.from(at);
            long size = bytes.number();
            if (bytes.number() != CHECKPOINT || size < LEAST || size > chunk.end() - at) {
                break;
            }
            chain.push(at);
            bytes.number(); // start
            bytes.number(); // duration
            back = bytes.number();
            at += back;
        }
        isComplete = back == 0;
        return chain;
    }

    private void checkpoint(long position, long back) throws IOException {
        PackedBytes bytes = blocks.from(position);
        int from = bytes.at;
        long size = bytes.number();
        bytes.number(); // type
        long start = bytes.number();
        long duration = bytes.number();
        bytes.number(); // how far back
        long rest = position + bytes.at - from;
        head.clear();
        head.skip(WIDTH_OF_SIZE);
        head.number(CHECKPOINT);
        head.number(start);
        head.number(duration);
        head.number(back);
        long length = head.size + position + size - rest;
        head.padded(length);
        target.write(head.bytes, 0, head.size);
        blocks.copy(rest, position + size, target);
        written += length;
    }

    /** A few numbers as {@link PackedBytes} reads them. */
    private static final class Numbers {
        private final byte[] bytes = new byte[WIDTH_OF_SIZE + 4 * PackedBytes.LONGEST_NUMBER];
        private int size;

        void clear() {
            size = 0;
        }

        void skip(int count) {
            size += count;
        }

        void number(long number) {
            long left = number;
            for (int i = 1; i < PackedBytes.LONGEST_NUMBER && (left & ~0x7fL) != 0; i++) {
                bytes[size++] = (byte) ((left & 0x7f) | 0x80);
                left >>>= 7;
            }
            bytes[size++] = (byte) left;
        }

        /** Writes a number where {@link #WIDTH_OF_SIZE} bytes were skipped at the beginning. */
        void padded(long number) {
            long left = number;
            for (int i = 0; i < WIDTH_OF_SIZE - 1; i++) {
                bytes[i] = (byte) ((left & 0x7f) | 0x80);
                left >>>= 7;
            }
            bytes[WIDTH_OF_SIZE - 1] = (byte) left;
        }
    }
}
