package dev.whyhung.read.bytes;

/** Numbers in lines, read without making texts of them. */
public final class Digits {

    private static final int MOST = 18;

    private Digits() {}

    static boolean isDigit(byte value) {
        return value >= '0' && value <= '9';
    }

    /** Behind the decimal digits that stand here, if any. */
    public static int end(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && isDigit(bytes[at])) {
            at++;
        }
        return at;
    }

    /** The decimal number that stands here, up to its 18th digit; 0 if none does. */
    public static long leading(byte[] bytes, int from, int to) {
        return Math.max(0, decimal(bytes, from, end(bytes, from, Math.min(to, from + MOST))));
    }

    /** All of it in decimal digits; -1 if it has others, or none. */
    public static long decimal(byte[] bytes, int from, int to) {
        long value = 0;
        for (int i = from; i < to; i++) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return from < to ? value & Long.MAX_VALUE : -1;
    }

    /** Hexadecimal behind {@code 0x}, else decimal; -1 if neither. The sign bit is dropped. */
    public static long number(byte[] bytes, int from, int to) {
        if (to - from > 2 && bytes[from] == '0' && bytes[from + 1] == 'x') {
            return hexadecimal(bytes, from + 2, to) & Long.MAX_VALUE;
        }
        return decimal(bytes, from, to);
    }

    /** The hexadecimal digits from here on; stops at the first other byte. */
    public static long hexadecimal(byte[] bytes, int from, int to) {
        long value = 0;
        for (int i = from; i < to; i++) {
            int digit = Character.digit(bytes[i], 16);
            if (digit < 0) {
                break;
            }
            value = value << 4 | digit;
        }
        return value;
    }

    /** {@code 637.81} or {@code 637,81} of a unit of so many nanoseconds; -1 if it is no number. */
    public static long fraction(byte[] bytes, int from, int to, long unit) {
        double value = 0;
        double scale = 0;
        for (int i = from; i < to; i++) {
            int digit = bytes[i] - '0';
            if (digit >= 0 && digit <= 9) {
                value = value * 10 + digit;
                scale *= 10;
            } else if ((bytes[i] == '.' || bytes[i] == ',') && scale == 0) {
                scale = 1;
            } else {
                return -1;
            }
        }
        return from < to ? Math.round(value / Math.max(scale, 1) * unit) : -1;
    }
}
