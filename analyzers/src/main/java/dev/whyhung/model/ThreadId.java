package dev.whyhung.model;

import org.jspecify.annotations.Nullable;

/**
 * Names one thread within one process: the Java thread id ({@code #27}, {@code "tid"}) where the format prints one, else the
 * native id. The two never collide: native ids are stored below zero.
 */
public record ThreadId(long value) implements Comparable<ThreadId> {

    public static ThreadId ofJava(long id) {
        return new ThreadId(id);
    }

    public static ThreadId ofNative(long id) {
        return new ThreadId(-id - 1);
    }

    public boolean isNative() {
        return value < 0;
    }

    // Written out, here and in other records that are keys: linking a record's own methods costs more than a small
    // dump.

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ThreadId id && id.value == value;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(value);
    }

    /** The id as the dump prints it: {@code 27}, or {@code 0x4c5f} for a native one. */
    public String text() {
        return isNative() ? "0x" + Long.toHexString(-(value + 1)) : Long.toString(value);
    }

    /** Java ids first, ascending; then native ones, ascending. */
    @Override
    public int compareTo(ThreadId other) {
        if (isNative() != other.isNative()) {
            return isNative() ? 1 : -1;
        }
        return isNative() ? Long.compare(other.value, value) : Long.compare(value, other.value);
    }
}
