package dev.whyhung.read.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A hash table from byte sequences to values that looks up a range of a buffer without copying it. */
public final class ByteTable<T> {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    private @Nullable Entry<T>[] slots = newSlots(1 << 10);
    private int size;

    private static final class Entry<T> {
        final long hash;
        final byte[] key;
        final T value;

        Entry(long hash, byte[] key, T value) {
            this.hash = hash;
            this.key = key;
            this.value = value;
        }
    }

    @Nullable
    public T get(byte[] bytes, int from, int to) {
        long hash = hash(bytes, from, to);
        int mask = slots.length - 1;
        for (int i = (int) hash & mask; ; i = (i + 1) & mask) {
            Entry<T> entry = slots[i];
            if (entry == null) {
                return null;
            }
            if (entry.hash == hash && Arrays.equals(entry.key, 0, entry.key.length, bytes, from, to)) {
                return entry.value;
            }
        }
    }

    /** Adds a key that is not in the table yet. */
    public void put(byte[] bytes, int from, int to, T value) {
        if (++size * 2 > slots.length) {
            grow();
        }
        insert(new Entry<>(hash(bytes, from, to), Arrays.copyOfRange(bytes, from, to), value));
    }

    private void grow() {
        @Nullable Entry<T>[] old = slots;
        slots = newSlots(old.length * 2);
        for (Entry<T> entry : old) {
            if (entry != null) {
                insert(entry);
            }
        }
    }

    private void insert(Entry<T> entry) {
        int mask = slots.length - 1;
        int i = (int) entry.hash & mask;
        while (slots[i] != null) {
            i = (i + 1) & mask;
        }
        slots[i] = entry;
    }

    private static long hash(byte[] bytes, int from, int to) {
        long hash = (long) to - from;
        int i = from;
        for (; i + Long.BYTES <= to; i += Long.BYTES) {
            hash = (hash ^ (long) LONGS.get(bytes, i)) * MULTIPLIER;
            hash ^= hash >>> 32;
        }
        for (; i < to; i++) {
            hash = (hash ^ bytes[i]) * MULTIPLIER;
            hash ^= hash >>> 32;
        }
        return hash;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static <T> @Nullable Entry<T>[] newSlots(int length) {
        return new Entry[length];
    }
}
