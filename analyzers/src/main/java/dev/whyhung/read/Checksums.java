package dev.whyhung.read;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * SHA-256 of what is read, worked out beside the reading: the reader hands over copies of what it gets, some of them at a time, and
 * goes on. Nothing is read twice but recordings, which the parser reads in an order of its own. What is longer than
 * {@link #LONGEST} gets none: the sum would cost more than the reading, and {@code sha256sum} makes it just as well.
 */
final class Checksums {

    /** In bytes. */
    static final long LONGEST = 1 << 22;

    private static final int PORTION = 1 << 18;
    private static final int PORTIONS = 16;

    private final Semaphore room = new Semaphore(PORTIONS);

    /** Counts and sums up what is read through it, of which there may be any number of bytes. */
    Checked of(InputStream in) {
        return of(in, 0);
    }

    /** The same of so many bytes at least. */
    Checked of(InputStream in, long atLeast) {
        return new Checked(in, atLeast <= LONGEST);
    }

    /** The checksum of a file of so many bytes, read in the background; null if that is too long. */
    static @Nullable CompletableFuture<String> of(Path file, long size) {
        if (size > LONGEST) {
            return null;
        }
        return CompletableFuture.supplyAsync(() -> {
            MessageDigest digest = digest();
            byte[] portion = new byte[PORTION];
            try (InputStream in = Files.newInputStream(file)) {
                for (int read = in.read(portion); read >= 0; read = in.read(portion)) {
                    digest.update(portion, 0, read);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return text(digest);
        });
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    private static String text(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    /** A stream whose bytes are counted and summed up. */
    final class Checked extends FilterInputStream {

        private final boolean sums;
        private CompletableFuture<MessageDigest> digest;
        private byte[] portion = new byte[0];
        private int filled;
        private long size;
        private boolean ended;

        private Checked(InputStream in, boolean sums) {
            super(in);
            this.sums = sums;
            digest = sums ? CompletableFuture.supplyAsync(Checksums::digest) : new CompletableFuture<>();
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read = super.read(target, offset, length);
            if (read < 0) {
                ended = true;
            }
            size += Math.max(0, read);
            if (sums && size <= LONGEST) {
                take(target, offset, read);
            }
            return read;
        }

        private void take(byte[] bytes, int from, int length) {
            for (int taken = 0; taken < length; ) {
                if (filled == portion.length) {
                    handOver();
                    portion = new byte[size < PORTION ? Math.max(1 << 13, 2 * portion.length) : PORTION];
                }
                int count = Math.min(length - taken, portion.length - filled);
                System.arraycopy(bytes, from + taken, portion, filled, count);
                filled += count;
                taken += count;
            }
        }

        private void handOver() {
            byte[] full = portion;
            int length = filled;
            filled = 0;
            if (length > 0) {
                room.acquireUninterruptibly();
                digest = digest.thenApplyAsync(sum -> {
                            sum.update(full, 0, length);
                            return sum;
                        })
                        .whenComplete((sum, failure) -> room.release());
            }
        }

        @Override
        public long skip(long wanted) throws IOException {
            return Math.max(0, read(new byte[(int) Math.min(wanted, 1 << 13)]));
        }

        @Override
        public boolean markSupported() {
            return false;
        }

        /** Reads on to the end, if that can be reached. */
        void drain() {
            try {
                transferTo(OutputStream.nullOutputStream());
            } catch (IOException unreadable) {
                ended = false;
            }
        }

        /** Number of bytes read. */
        long size() {
            return size;
        }

        /** The checksum, or null if the input was not read to its end or is too long. */
        @Nullable
        CompletableFuture<String> sum() {
            handOver();
            portion = new byte[0];
            return sums && ended && size <= LONGEST ? digest.thenApplyAsync(Checksums::text) : null;
        }
    }
}
