package dev.whyhung.read;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The lines of a stream as ranges of one reused buffer. The terminator, LF or CR LF, is cut off. A line longer than the buffer is
 * handed out once, cut to the buffer's size; the rest of it is passed over.
 */
final class ByteLines {

    private static final int CAPACITY = 1 << 20;
    private static final long LINE_FEEDS = 0x0A0A0A0A0A0A0A0AL;
    private static final long LOW_BITS = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    final byte[] bytes = new byte[CAPACITY];
    /** Start of the current line in {@link #bytes}. */
    int start;
    /** End of the current line, exclusive. */
    int end;
    /** Number of the current line, from 1; stops counting at the largest int. */
    int number;

    private final InputStream in;
    private int next;
    private int limit;
    private boolean atEnd;
    private boolean inOverlongLine;

    ByteLines(InputStream in) {
        this.in = in;
    }

    /** Moves to the next line; false at the end of the stream. */
    boolean next() throws IOException {
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
        end = to > from && bytes[to - 1] == '\r' ? to - 1 : to;
        if (number < Integer.MAX_VALUE) {
            number++;
        }
    }

    /** Moves the open line to the front and reads more behind it; false at the end of the stream. */
    private boolean fill() throws IOException {
        if (atEnd) {
            return false;
        }
        System.arraycopy(bytes, next, bytes, 0, limit - next);
        limit -= next;
        next = 0;
        if (limit == CAPACITY) {
            inOverlongLine = true;
            return true;
        }
        int read = in.read(bytes, limit, CAPACITY - limit);
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
            limit = in.read(bytes, 0, CAPACITY);
            if (limit < 0) {
                limit = 0;
                atEnd = true;
                return false;
            }
        }
    }

    private int indexOfLineFeed(int from, int to) {
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
    int firstInk() {
        int i = start;
        while (i < end && (bytes[i] == ' ' || bytes[i] == '\t')) {
            i++;
        }
        return i;
    }

    boolean startsWith(int at, byte[] prefix) {
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

    int indexOf(byte wanted, int from) {
        for (int i = from; i < end; i++) {
            if (bytes[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    int lastIndexOf(byte wanted, int from) {
        for (int i = end - 1; i >= from; i--) {
            if (bytes[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    boolean contains(byte[] wanted) {
        for (int i = start; i + wanted.length <= end; i++) {
            if (startsWith(i, wanted)) {
                return true;
            }
        }
        return false;
    }

    /** The bytes as text; what is no UTF-8 becomes U+FFFD. */
    String text(int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
