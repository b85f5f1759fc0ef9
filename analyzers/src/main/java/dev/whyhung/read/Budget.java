package dev.whyhung.read;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** What the inputs of a run have used up of its {@link Limits}. Once one is exceeded, everything fails that would use up more. */
final class Budget {

    final Limits limits;
    private final long deadline;
    private long bytes;
    private int members;
    private long threads;
    private long packed;
    private long unpacked;

    Budget(Limits limits) {
        this.limits = limits;
        deadline = System.nanoTime() + limits.time().toNanos();
    }

    /** The next input of the command line begins: its bytes as they are stored. */
    InputStream stored(InputStream in) {
        packed = 0;
        unpacked = 0;
        return new Counted(in) {
            @Override
            void count(int read) throws IOException {
                packed += read;
                use(read);
            }
        };
    }

    /** What comes out of a packed part of this input. */
    InputStream unpacked(InputStream in) {
        return new Counted(in) {
            @Override
            void count(int read) throws IOException {
                unpacked += read;
                use(read);
                if (unpacked > Limits.RATIO_FREE && unpacked / limits.ratio() > packed) {
                    throw new LimitException("it unpacks to more than " + limits.ratio()
                            + " times its size, as only an archive made to do harm does; --max-ratio allows more");
                }
            }
        };
    }

    private void use(int read) throws IOException {
        bytes += read;
        if (bytes > limits.bytes()) {
            throw new LimitException(
                    "all inputs together exceed " + limits.bytes() + " bytes; --max-bytes allows more");
        }
        if (System.nanoTime() - deadline > 0) {
            throw new LimitException("reading took longer than " + text(limits.time()) + "; --max-time allows more");
        }
    }

    private static String text(Duration time) {
        return time.toSeconds() + " s";
    }

    void member() throws IOException {
        members++;
        if (members > limits.members()) {
            throw new LimitException(
                    "the archives hold more than " + limits.members() + " files; --max-members allows more");
        }
    }

    void nest(int depth) throws IOException {
        if (depth > limits.nesting()) {
            throw new IOException("is packed more than " + limits.nesting() + " times over; --max-nesting allows more");
        }
    }

    /** Whether one more thread may be kept. */
    boolean allowsThread() {
        return ++threads <= limits.threads();
    }

    /** Counts what is read through it. */
    private abstract static class Counted extends FilterInputStream {

        Counted(InputStream in) {
            super(in);
        }

        abstract void count(int read) throws IOException;

        @Override
        public int read() throws IOException {
            int next = super.read();
            count(next < 0 ? 0 : 1);
            return next;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read = super.read(target, offset, length);
            count(Math.max(0, read));
            return read;
        }

        @Override
        public long skip(long wanted) throws IOException {
            return read(new byte[(int) Math.min(wanted, 1 << 13)]);
        }

        @Override
        public boolean markSupported() {
            return false;
        }

        /** Whoever opened the input closes it: the members of an archive share one stream. */
        @Override
        public void close() {}
    }
}
