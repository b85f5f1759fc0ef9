package dev.whyhung.read.bytes;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a stream as ranges of one reused buffer. The terminator, LF or CR LF, is cut off. The buffer grows with the longest
 * line up to a limit; a line beyond that is handed out once, cut to the limit, and the rest of it is passed over.
 */
public final class ByteLines {

    private static final int CAPACITY = 1 << 18;
    private static final long LINE_FEEDS = 0x0A0A0A0A0A0A0A0AL;
    private static final long LOW_BITS = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] bytes;
    private int start;
    private int end;
    private int number;
    private int cut;

    private final InputStream in;
    private final int longest;
    private boolean inMemory;
    private @Nullable IOException kept;
    private int next;
    private int limit;
    private boolean atEnd;
    private boolean inOverlongLine;

    public ByteLines(InputStream in) {
        this(in, Limits.STANDARD.lineLength());
    }

    public ByteLines(InputStream in, int longest) {
        this.in = in;
        this.longest = longest;
        bytes = new byte[Math.min(CAPACITY, longest)];
    }

    /** The lines of a text in memory, which all count as the line of this number. */
    public ByteLines(byte[] text, int number) {
        in = InputStream.nullInputStream();
        longest = text.length;
        bytes = text;
        limit = text.length;
        atEnd = true;
        inMemory = true;
        this.number = number;
    }

    /** The buffer, which holds the current line; another one when it had to grow. */
    public byte[] bytes() {
        return bytes;
    }

    /** Start of the current line in {@link #bytes()}. */
    public int start() {
        return start;
    }

    /** End of the current line, exclusive. */
    public int end() {
        return end;
    }

    /** Number of the current line, from 1; stops counting at the largest int. */
    public int number() {
        return number;
    }

    /** How many lines were cut. */
    public int cut() {
        return cut;
    }

    /** Takes the current line to begin further on. */
    public void startAt(int offset) {
        start = offset;
    }

    /** Moves to the next line of a text in memory. */
    public boolean nextInMemory() {
        try {
            return next();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** Moves to the next line; false at the end of the stream. */
    public boolean next() throws IOException {
        if (inOverlongLine && !skipRestOfLine()) {
            return false;
        }
        int from = next;
        while (true) {
            int feed = indexOfLineFeed(from, limit);
            if (feed >= 0) {
                setLine(next, feed);
                next = feed + 1;
                return true;
            }
            from = limit - next;
            if (!fill()) {
                return lastLine();
            }
            if (inOverlongLine) {
                setLine(0, limit);
                next = limit;
                return true;
            }
        }
    }

    private boolean lastLine() {
        if (next == limit) {
            return false;
        }
        setLine(next, limit);
        next = limit;
        return true;
    }

    private void setLine(int from, int to) {
        start = from;
        end = to;
        while (end > from && bytes[end - 1] == '\r') {
            end--;
        }
        if (number < Integer.MAX_VALUE && !inMemory) {
            number++;
        }
    }

    /**
     * Makes so many bytes behind the current line readable in {@link #bytes}, or all that there are; the line itself may move. An
     * I/O error is kept for {@link #next()}.
     *
     * @return where the readable bytes end
     */
    int lookAhead(int wanted) {
        if (limit - next < wanted && !atEnd && !inOverlongLine) {
            System.arraycopy(bytes, start, bytes, 0, limit - start);
            end -= start;
            next -= start;
            limit -= start;
            start = 0;
            try {
                while (limit - next < wanted && limit < bytes.length && readMore()) {}
            } catch (IOException failure) {
                kept = failure;
            }
        }
        return limit;
    }

    /** So many bytes behind the current line, or all that there are, as text; the line itself may move. */
    public String ahead(int most, Charset charset) {
        int length = Math.max(0, Math.min(lookAhead(most) - next, most));
        return new String(bytes, next, length, charset);
    }

    /** Where the line behind the current one begins in {@link #bytes}. */
    int following() {
        return next;
    }

    /** Moves the open line to the front and reads more behind it; false at the end of the stream. */
    private boolean fill() throws IOException {
        if (atEnd) {
            return false;
        }
        System.arraycopy(bytes, next, bytes, 0, limit - next);
        limit -= next;
        next = 0;
        if (limit == longest) {
            inOverlongLine = true;
            cut++;
            return true;
        }
        if (limit == bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(longest, 2L * limit));
        }
        return readMore();
    }

    private boolean readMore() throws IOException {
        if (kept != null) {
            throw kept;
        }
        int read = in.read(bytes, limit, bytes.length - limit);
        if (read < 0) {
            atEnd = true;
            return false;
        }
        limit += read;
        return true;
    }

    private boolean skipRestOfLine() throws IOException {
        while (true) {
            int feed = indexOfLineFeed(next, limit);
            if (feed >= 0) {
                next = feed + 1;
                inOverlongLine = false;
                return true;
            }
            next = 0;
            limit = in.read(bytes, 0, bytes.length);
            if (limit < 0) {
                limit = 0;
                atEnd = true;
                return false;
            }
        }
    }

    public int indexOfLineFeed(int from, int to) {
        int i = from;
        for (; i + Long.BYTES <= to; i += Long.BYTES) {
            long word = (long) LONGS.get(bytes, i) ^ LINE_FEEDS;
            long match = (word - LOW_BITS) & ~word & HIGH_BITS;
            if (match != 0) {
                return i + (Long.numberOfTrailingZeros(match) >>> 3);
            }
        }
        for (; i < to; i++) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    /** First byte of the current line that is neither blank nor tab; {@link #end} if there is none. */
    public int firstInk() {
        int i = start;
        while (i < end && (bytes[i] == ' ' || bytes[i] == '\t')) {
            i++;
        }
        return i;
    }

    public boolean startsWith(int at, byte[] prefix) {
        if (end - at < prefix.length) {
            return false;
        }
        for (int i = 0; i < prefix.length; i++) {
            if (bytes[at + i] != prefix[i]) {
                return false;
            }
        }
        return true;
    }

    public int indexOf(byte wanted, int from) {
        for (int i = from; i < end; i++) {
            if (bytes[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    public int lastIndexOf(byte wanted, int from) {
        for (int i = end - 1; i >= from; i--) {
            if (bytes[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    public int indexOf(byte[] wanted, int from) {
        for (int i = from; i + wanted.length <= end; i++) {
            if (startsWith(i, wanted)) {
                return i;
            }
        }
        return -1;
    }

    /** The bytes as text; what is no UTF-8 becomes U+FFFD. */
    public String text(int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    public static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
