package dev.whyhung.read.recording;

/** Gives every distinct number an index, from 0 on, as long as there are not too many. */
final class LongTable {

    private static final int SMALLEST = 1 << 8;
    private static final long FACTOR = 0x9E3779B97F4A7C15L;

    private long[] keys = new long[SMALLEST];
    /** Index plus one, 0 where nothing is. */
    private int[] indexes = new int[SMALLEST];

    private final int most;
    private int size;

    LongTable(int most) {
        this.most = most;
    }

    int size() {
        return size;
    }

    /** The index of the number, the next one if it was not there; -1 if there are too many. */
    int index(long key) {
        int slot = slot(key);
        if (indexes[slot] != 0) {
            return indexes[slot] - 1;
        }
        if (size == most) {
            return -1;
        }
        keys[slot] = key;
        indexes[slot] = ++size;
        if (size * 2 > keys.length) {
            grow();
        }
        return size - 1;
    }

    private int slot(long key) {
        int mask = keys.length - 1;
        int slot = (int) ((key * FACTOR) >>> 32) & mask;
        while (indexes[slot] != 0 && keys[slot] != key) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldIndexes = indexes;
        keys = new long[oldKeys.length * 2];
        indexes = new int[keys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldIndexes[i] != 0) {
                int slot = slot(oldKeys[i]);
                keys[slot] = oldKeys[i];
                indexes[slot] = oldIndexes[i];
            }
        }
    }
}
