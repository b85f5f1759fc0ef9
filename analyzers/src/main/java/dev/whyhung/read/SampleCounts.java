package dev.whyhung.read;

import java.util.Arrays;

/** How often a thread was sampled in each span of a recording: running Java code, and in native code. */
final class SampleCounts {

    private int[] running = {};
    private int[] inNative = {};

    void add(int span, boolean isNative) {
        if (isNative) {
            inNative = counted(inNative, span);
        } else {
            running = counted(running, span);
        }
    }

    private static int[] counted(int[] counts, int span) {
        int[] enough = span < counts.length ? counts : Arrays.copyOf(counts, Math.max(span + 1, counts.length * 2));
        enough[span]++;
        return enough;
    }

    /** So many spans may have samples. */
    int spans() {
        return Math.max(running.length, inNative.length);
    }

    int running(int span) {
        return span < running.length ? running[span] : 0;
    }

    int inNative(int span) {
        return span < inNative.length ? inNative[span] : 0;
    }
}
