package dev.whyhung.diagnose.view;

import dev.whyhung.graph.thread.ThreadFacts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The names of many threads in few words, one part for each name without its number. */
final class Names {

    private static final int MOST = 4;

    private final Map<String, Range> byStem = new LinkedHashMap<>();

    private Names(List<ThreadFacts> threads) {
        Range range = new Range(threads.get(0));
        byStem.put(range.first.stem(), range);
        for (ThreadFacts thread : threads) {
            if (!range.first.stem().equals(thread.stem())) {
                range = byStem.computeIfAbsent(thread.stem(), stem -> new Range(thread));
            }
            range.last = thread;
            range.size++;
        }
    }

    /** {@code http-nio-8080-exec-1 … 200 (200)}, of one thread or more. */
    static String of(List<ThreadFacts> threads) {
        List<String> parts = new ArrayList<>();
        for (Range range : new Names(threads).byStem.values()) {
            if (parts.size() == MOST) {
                parts.add("…");
                break;
            }
            parts.add(range(range.first.ref().title(), range.last.ref().title(), range.size));
        }
        return String.join(", ", parts);
    }

    /** {@code http-nio-8080-exec-1 … 200 (200)}: what both names begin with, up to the number, is said once. */
    static String range(String first, String last, int threads) {
        if (threads == 1) {
            return first;
        }
        int same = 0;
        while (same < Math.min(first.length(), last.length()) && first.charAt(same) == last.charAt(same)) {
            same++;
        }
        while (same > 0 && Character.isDigit(first.charAt(same - 1))) {
            same--;
        }
        return first + " … " + (same < last.length() ? last.substring(same) : last) + " (" + threads + ")";
    }

    /** Threads whose names differ by their number. */
    private static final class Range {
        private final ThreadFacts first;
        private ThreadFacts last;
        private int size;

        Range(ThreadFacts first) {
            this.first = first;
            last = first;
        }
    }
}
