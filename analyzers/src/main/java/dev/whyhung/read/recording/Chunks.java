package dev.whyhung.read.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The chunks of a recording, found by their headers, before a parser that trusts them sees the file: the JDK's own one spins for
 * ever on a size of zero, waits for ever behind an unfinished chunk, and ends without a word at most other damage.
 *
 * @param readable chunks whose headers are sound
 * @param troubles what cannot be read
 */
public record Chunks(List<Chunk> readable, List<Trouble> troubles) {

    /** Something that is lost, with the time that it covers; both ends are the same where that is not known. */
    record Trouble(String what, Instant from, Instant to) {}

    static Chunks of(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            return new Walk(channel).walk();
        }
    }

    private static final class Walk {
        private static final int WINDOW = 1 << 16;
        private static final int METADATA = 0;
        private static final int CONSTANTS = 1;

        private final FileChannel channel;
        private final long end;
        private final List<Chunk> readable = new ArrayList<>();
        private final List<Trouble> troubles = new ArrayList<>();
        private int number = 1;

        Walk(FileChannel channel) throws IOException {
            this.channel = channel;
            end = channel.size();
        }

        Chunks walk() throws IOException {
            long at = 0;
            while (at < end) {
                ByteBuffer header = read(at, Chunk.HEADER);
                at = Chunk.isMagic(header) ? step(Chunk.of(number++, at, header)) : skip(at);
            }
            return new Chunks(List.copyOf(readable), List.copyOf(troubles));
        }

        private long step(Chunk chunk) throws IOException {
            String damage = chunk.damage(end - chunk.offset());
            if (damage.isEmpty() && !isSound(chunk)) {
                damage = "has a damaged header";
            }
            if (!damage.isEmpty()) {
                troubles.add(new Trouble("chunk " + chunk.number() + ' ' + damage, chunk.start(), chunk.until()));
                return nextSound(chunk.offset() + Chunk.HEADER);
            }
            readable.add(chunk);
            return chunk.end();
        }

        private long skip(long at) throws IOException {
            long next = nextSound(at);
            Instant since = readable.isEmpty()
                    ? Instant.EPOCH
                    : readable.get(readable.size() - 1).until();
            troubles.add(new Trouble((next - at) + " bytes at offset " + at + " belong to no chunk", since, since));
            return next;
        }

        /**
         * The next place where a chunk begins; the end of the file if there is none. Chunks hold copies of their own headers, so
         * that the magic number alone does not tell.
         */
        private long nextSound(long from) throws IOException {
            for (long at = from; end - at >= Chunk.HEADER; at += WINDOW - Chunk.HEADER) {
                ByteBuffer window = read(at, WINDOW);
                for (int i = 0; window.limit() - i >= Chunk.HEADER; i++) {
                    if (window.get(i) == 'F' && isChunk(window.slice(i, Chunk.HEADER), at + i)) {
                        return at + i;
                    }
                }
            }
            return end;
        }

        private boolean isChunk(ByteBuffer header, long at) throws IOException {
            if (!Chunk.isMagic(header)) {
                return false;
            }
            Chunk chunk = Chunk.of(0, at, header);
            return chunk.damage(end - at).isEmpty() && isSound(chunk);
        }

        /** Whether metadata and constants stand where the header says. */
        private boolean isSound(Chunk chunk) throws IOException {
            return typeAt(chunk, chunk.metadata()) == METADATA && typeAt(chunk, chunk.constants()) == CONSTANTS;
        }

        /** The type of the event at an offset, -1 if there is none. */
        private long typeAt(Chunk chunk, long offset) throws IOException {
            PackedBytes bytes = new PackedBytes(read(chunk.offset() + offset, 2 * PackedBytes.LONGEST_NUMBER)
                    .array());
            long size = bytes.number();
            return size > 0 && size <= chunk.size() - offset ? bytes.number() : -1;
        }

        private ByteBuffer read(long at, int most) throws IOException {
            ByteBuffer buffer = ByteBuffer.allocate((int) Math.max(0, Math.min(most, end - at)));
            while (buffer.hasRemaining() && channel.read(buffer, at + buffer.position()) >= 0) {}
            return buffer.flip();
        }
    }
}
