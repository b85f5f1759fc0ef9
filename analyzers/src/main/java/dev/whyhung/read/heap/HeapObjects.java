package dev.whyhung.read.heap;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is kept of a heap: threads, the locks that are owned, the names of both; all by the ids of objects, and within bounds. */
final class HeapObjects {

    /** So many of anything are kept, and of threads. */
    private static final int MOST = 300_000;

    static final int MOST_THREADS = 100_000;

    /** So many letters are kept of all texts together. */
    private static final int MOST_LETTERS = 32 << 20;

    final HeapCode code = new HeapCode();
    /** The threads that are alive, each with the number of its stack. */
    final Map<Long, Integer> roots = new LinkedHashMap<>();

    final Map<String, FieldLayout> layouts = new HashMap<>();
    /** The fields of all threads, alive or not. */
    final Map<Long, FieldLayout.Values> threads = new HashMap<>();

    final Map<Long, Long> virtualStates = new HashMap<>();
    /** Where threads keep some of their fields from JDK 19 on. */
    final Map<Long, FieldLayout.Values> holders = new HashMap<>();
    /** The owner of each lock that has one. */
    final Map<Long, Long> owners = new LinkedHashMap<>();

    final Map<Long, Long> classOf = new HashMap<>();
    final Map<Long, FieldLayout.Values> strings = new HashMap<>();
    final Map<Long, String> letters = new HashMap<>();
    private long lettersKept;
    private boolean full;
    private @Nullable String trouble;

    <K, V> void keep(Map<K, V> map, K key, V value) {
        keep(map, key, value, MOST);
    }

    <K, V> void keep(Map<K, V> map, K key, V value, int most) {
        if (map.size() < most) {
            map.put(key, value);
        } else {
            full = true;
        }
    }

    void keepText(Map<Long, String> map, long key, String text) {
        lettersKept += text.length();
        if (lettersKept <= MOST_LETTERS) {
            keep(map, key, text);
        } else {
            full = true;
        }
    }

    /** Something was more than can be kept. */
    void fill() {
        full = true;
    }

    /** A walk through the heap ended early, or, with null, did not. */
    void met(@Nullable String reason) {
        trouble = trouble == null ? reason : trouble;
    }

    /** Why not all of it was read, or is in the dump; or null. */
    @Nullable
    String trouble() {
        return trouble == null && full ? "holds more threads, frames or classes than can be kept" : trouble;
    }
}
