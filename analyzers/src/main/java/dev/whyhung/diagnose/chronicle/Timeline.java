package dev.whyhung.diagnose.chronicle;

import java.util.List;

/**
 * What a recording measured over time, to be drawn.
 *
 * @param title what is shown
 * @param from text at its left end, a time
 * @param to text at its right end
 * @param series what is drawn, all on one scale from zero
 * @param marks moments worth a line of their own
 */
public record Timeline(String title, String from, String to, List<Series> series, List<Mark> marks) {

    public Timeline {
        series = List.copyOf(series);
        marks = List.copyOf(marks);
    }

    /**
     * Values at equal distances from the left end to the right one.
     *
     * @param values none below zero; NaN where nothing was measured
     */
    public record Series(String name, List<Double> values) {
        public Series {
            values = List.copyOf(values);
        }
    }

    /** A moment: its place from 0, the left end, to 1, and what happened. */
    public record Mark(double at, String label) {}
}
