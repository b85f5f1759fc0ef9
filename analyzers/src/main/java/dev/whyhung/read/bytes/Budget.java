package dev.whyhung.read.bytes;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.LongConsumer;

/** What the inputs of a run have used up of its {@link Limits}. Once one is exceeded, everything fails that would use up more. */
public final class Budget {

    private final Limits limits;
    private final LongConsumer progress;
    private final long deadline;
    private long bytes;
    private int members;
    private long threads;
    private long packed;
    private long unpacked;

    /** The progress is told of all bytes of inputs as they are stored. */
    public Budget(Limits limits, LongConsumer progress) {
        this.limits = limits;
        this.progress = progress;
        deadline = System.nanoTime() + limits.time().toNanos();
    }

    public Limits limits() {
        return limits;
    }

    /** The next input of the command line begins: its bytes as they are stored. */
    public InputStream stored(InputStream in) {
        packed = 0;
        unpacked = 0;
        return new Counted(in) {
            @Override
            void count(int read) throws IOException {
                packed += read;
                pass(read);
            }
        };
    }

    /** An input that is read once more: its bytes do not count again, but its time does. */
    public InputStream again(InputStream in) {
        return new Counted(in) {
            @Override
            void count(int read) throws IOException {
                use(0);
            }

            @Override
            public long skip(long wanted) throws IOException {
                use(0);
                return in.skip(wanted);
            }
        };
    }

    /** So many more bytes of an input were read, as they are stored. */
    public void pass(long read) throws IOException {
        progress.accept(read);
        use(read);
    }

    /** What comes out of a packed part of this input. */
    public InputStream unpacked(InputStream in) {
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

    private void use(long read) throws IOException {
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

    public void member() throws IOException {
        members++;
        if (members > limits.members()) {
            throw new LimitException(
                    "the archives hold more than " + limits.members() + " files; --max-members allows more");
        }
    }

    public void nest(int depth) throws IOException {
        if (depth > limits.nesting()) {
            throw new IOException("is packed more than " + limits.nesting() + " times over; --max-nesting allows more");
        }
    }

    /** Whether one more thread may be kept. */
    public boolean allowsThread() {
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
