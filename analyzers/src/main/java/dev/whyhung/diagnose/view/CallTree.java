package dev.whyhung.diagnose.view;

import java.util.List;

/**
 * A run of calls that all these threads have in common, and the ways in which they part after it.
 *
 * @param threads how many threads
 * @param frames the calls, caller first; a run of library frames is one line that begins with {@link #FOLDED}
 * @param children how they go on, most threads first
 */
public record CallTree(int threads, List<String> frames, List<CallTree> children) {

    public static final String FOLDED = "… ";

    public CallTree {
        frames = List.copyOf(frames);
        children = List.copyOf(children);
    }
}
