package dev.whyhung.read.recording;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** A file of which one block at a time is in memory. */
final class FileBlocks {

    private static final int BLOCK = 1 << 20;
    /** As much of an event as is looked at. */
    private static final int AHEAD = 1 << 12;

    private final FileChannel channel;
    private final PackedBytes block = new PackedBytes(new byte[BLOCK]);
    private final ByteBuffer buffer = ByteBuffer.wrap(block.bytes);
    private long begin;
    private boolean last;

    FileBlocks(FileChannel channel) {
        this.channel = channel;
        block.limit = 0;
    }

    /** The bytes from here on, some thousands at least unless the file ends before; good until the next call. */
    PackedBytes from(long offset) throws IOException {
        if (offset < begin) {
            load(Math.max(0, offset + AHEAD - BLOCK)); // who goes back will go on to do so
        } else if (offset + AHEAD > begin + block.limit && !last) {
            load(offset);
        }
        block.at = (int) Math.min(block.limit, offset - begin);
        return block;
    }

    private void load(long offset) throws IOException {
        buffer.clear();
        while (buffer.hasRemaining() && channel.read(buffer, offset + buffer.position()) > 0) {}
        begin = offset;
        block.limit = buffer.position();
        last = buffer.hasRemaining();
    }

    void copy(long from, long to, OutputStream target) throws IOException {
        long at = from;
        while (at < to) {
            PackedBytes bytes = from(at);
            int count = (int) Math.min(to - at, bytes.limit - bytes.at);
            if (count == 0) {
                throw new EOFException("changed while it was read");
            }
            target.write(bytes.bytes, bytes.at, count);
            at += count;
        }
    }

    byte[] copy(long from, int length) throws IOException {
        ByteBuffer all = ByteBuffer.allocate(length);
        while (all.hasRemaining() && channel.read(all, from + all.position()) > 0) {}
        return all.array();
    }
}
