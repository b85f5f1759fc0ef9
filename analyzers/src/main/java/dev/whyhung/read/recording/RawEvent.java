package dev.whyhung.read.recording;

/** The fields of an event that are read without the parser. Times are ticks, references to constants mere numbers. */
final class RawEvent {

    private static final long FACTOR = 0x9E3779B97F4A7C15L;

    /** How many leading numbers are kept. */
    static final int MOST = 8;

    final long[] values = new long[MOST];
    long start;
    long ticks;
    long thread;
    /** The same for events with the same stack and subject. */
    long place;

    void clear(long seed) {
        start = 0;
        ticks = 0;
        thread = 0;
        place = seed * FACTOR;
    }

    void mix(long value) {
        place = (place ^ value) * FACTOR;
        place ^= place >>> 32;
    }

    void mix(PackedBytes bytes, int from) {
        for (int i = from; i < bytes.at; i++) {
            mix(bytes.bytes[i]);
        }
    }
}
