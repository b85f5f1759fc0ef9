package dev.whyhung.report;

import java.util.List;

/**
 * How much of each long list the page shows; what is left out is counted there.
 *
 * @param threads rows of the thread table
 * @param stacks stack groups
 * @param frames frames of one stack
 * @param branches children of one node of a blocker tree
 * @param resources rows of the resource table
 */
record Caps(int threads, int stacks, int frames, int branches, int resources) {

    static final Caps ORDINARY = new Caps(2_000, 300, 200, 12, 300);

    static final Caps NONE =
            new Caps(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);

    /** The first {@code most} of a list. */
    static <T> List<T> head(List<T> list, int most) {
        return list.subList(0, Math.min(most, list.size()));
    }
}
