package dev.whyhung.diagnose.view;

import java.util.List;

/**
 * For how long the threads of a group, event loops or carriers, were taken by one task: a histogram.
 *
 * @param title which threads
 * @param bars from short to long
 */
public record Occupancy(String title, List<Bar> bars) {

    public Occupancy {
        bars = List.copyOf(bars);
    }

    /** A range of durations as text, and how often they were seen. */
    public record Bar(String range, long count) {}
}
