package dev.whyhung.read.recording;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * Bytes as the recorder writes them, read one after the other: integers of seven bits a byte, the lowest first; texts behind a byte
 * that tells their encoding. Behind the end everything is zero, so that damage cannot throw.
 */
final class PackedBytes {

    static final int LONGEST_NUMBER = 9;

    private static final int CONSTANT = 2;
    private static final int UTF_8 = 3;
    private static final int CHARACTERS = 4;
    private static final int LATIN_1 = 5;
    private static final int LAST_SHIFT = 56;

    final byte[] bytes;
    int at;
    int limit;

    PackedBytes(byte[] bytes) {
        this.bytes = bytes;
        limit = bytes.length;
    }

    int octet() {
        return at < limit ? bytes[at++] : 0;
    }

    /** The next integer. This is where the time of a pass over a recording goes. */
    long number() {
        int i = at;
        if (i + LONGEST_NUMBER > limit) {
            return numberNearEnd();
        }
        byte[] from = bytes;
        int octet = from[i++];
        long value = octet & 0x7fL;
        for (int shift = 7; octet < 0; shift += 7) {
            octet = from[i++];
            if (shift == LAST_SHIFT) {
                value |= (octet & 0xffL) << shift;
                break;
            }
            value |= (octet & 0x7fL) << shift;
        }
        at = i;
        return value;
    }

    /** The next integers. */
    void numbers(long[] target, int count) {
        if (at + count * LONGEST_NUMBER > limit) {
            for (int k = 0; k < count; k++) {
                target[k] = numberNearEnd();
            }
            return;
        }
        byte[] from = bytes;
        int i = at;
        for (int k = 0; k < count; k++) {
            int octet = from[i++];
            long value = octet & 0x7fL;
            for (int shift = 7; octet < 0; shift += 7) {
                octet = from[i++];
                if (shift == LAST_SHIFT) {
                    value |= (octet & 0xffL) << shift;
                    break;
                }
                value |= (octet & 0x7fL) << shift;
            }
            target[k] = value;
        }
        at = i;
    }

    private long numberNearEnd() {
        long value = 0;
        for (int shift = 0; shift < LAST_SHIFT; shift += 7) {
            int octet = octet();
            value |= (octet & 0x7fL) << shift;
            if (octet >= 0) {
                return value;
            }
        }
        return value | (octet() & 0xffL) << LAST_SHIFT;
    }

    void skip(long count) {
        at = (int) Math.min(limit, at + Math.max(0, count));
    }

    void skipText() {
        switch (octet()) {
            case CONSTANT -> number();
            case UTF_8, LATIN_1 -> skip(number());
            case CHARACTERS -> characters();
            default -> {}
        }
    }

    /** A text that stands here; empty for one that stands elsewhere. */
    String text() {
        return switch (octet()) {
            case CONSTANT -> {
                number();
                yield "";
            }
            case UTF_8 -> text(StandardCharsets.UTF_8);
            case LATIN_1 -> text(StandardCharsets.ISO_8859_1);
            case CHARACTERS -> characters();
            default -> "";
        };
    }

    private String text(Charset charset) {
        long length = number();
        int from = at;
        skip(length);
        return new String(bytes, from, at - from, charset);
    }

    private String characters() {
        StringBuilder text = new StringBuilder();
        for (long left = number(); left > 0 && at < limit; left--) {
            text.append((char) number());
        }
        return text.toString();
    }
}
