package dev.whyhung.read.bytes;

import java.time.Duration;

/**
 * How much of its inputs a run takes in, against input that is made to exhaust it.
 *
 * @param bytes of all inputs together, unpacked
 * @param ratio bytes that one byte of a packed input may become, from {@link #RATIO_FREE} bytes on
 * @param members files in all archives together
 * @param nesting layers of packing around one another
 * @param lineLength bytes of one line; the rest of a longer one is passed over
 * @param threads in all dumps together
 * @param frames of one stack; what lies deeper is passed over
 * @param time for reading
 */
public record Limits(
        long bytes, long ratio, int members, int nesting, int lineLength, long threads, int frames, Duration time) {

    /** So much may come out of any packed input, however small. */
    static final long RATIO_FREE = 64L << 20;

    public static final Limits STANDARD =
            new Limits(8L << 30, 500, 10_000, 8, 32 << 20, 5_000_000, 20_000, Duration.ofHours(1));
}
