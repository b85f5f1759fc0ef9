package dev.whyhung.read.recording;

import java.util.Arrays;

/** How often a thread was sampled in each span of a recording: running Java code, and in native code. */
final class SampleCounts {

    private int[] running = {};
    private int[] inNative = {};
    /** The span with which the arrays begin: a thread may live at the end of a long recording alone. */
    private int first = -1;

    void add(int span, boolean isNative) {
        if (first < 0) {
            first = span;
        } else if (span < first) {
            running = shifted(running, first - span);
            inNative = shifted(inNative, first - span);
            first = span;
        }
        if (isNative) {
            inNative = counted(inNative, span - first);
        } else {
            running = counted(running, span - first);
        }
    }

    private static int[] shifted(int[] counts, int by) {
        int[] moved = new int[counts.length + by];
        System.arraycopy(counts, 0, moved, by, counts.length);
        return moved;
    }

    private static int[] counted(int[] counts, int index) {
        int[] enough = index < counts.length ? counts : Arrays.copyOf(counts, Math.max(index + 1, counts.length * 2));
        enough[index]++;
        return enough;
    }

    /** The spans from this one on may have samples. */
    int from() {
        return Math.max(first, 0);
    }

    /** The spans before this one may have samples. */
    int to() {
        return from() + Math.max(running.length, inNative.length);
    }

    int running(int span) {
        return at(running, span - first);
    }

    int inNative(int span) {
        return at(inNative, span - first);
    }

    private static int at(int[] counts, int index) {
        return index >= 0 && index < counts.length ? counts[index] : 0;
    }
}
