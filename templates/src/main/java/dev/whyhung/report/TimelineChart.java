package dev.whyhung.report;

import dev.whyhung.diagnose.chronicle.Timeline;
import dev.whyhung.report.TemplateValues.Markup;
import java.util.List;

/** Draws a timeline: series as lines over a common scale, marks as upright lines with their words. */
final class TimelineChart {

    private static final int WIDTH = 960;
    private static final int HEIGHT = 150;
    private static final int LEFT = 56;
    private static final int TOP = 12;
    private static final int MARK = 16;
    private static final int COLOURS = 4;

    private final Timeline timeline;
    private final double highest;
    private final int top;

    private TimelineChart(Timeline timeline) {
        this.timeline = timeline;
        highest = timeline.series().stream()
                .flatMap(series -> series.values().stream())
                .mapToDouble(value -> value.isNaN() ? 0 : value)
                .max()
                .orElse(0);
        top = TOP + MARK * timeline.marks().size();
    }

    static Markup of(Timeline timeline) {
        return new TimelineChart(timeline).draw();
    }

    private Markup draw() {
        int bottom = top + HEIGHT;
        Svg svg = new Svg(LEFT + WIDTH + 8, bottom + 48, timeline.title());
        svg.path("axis", "M" + LEFT + ' ' + top + "V" + bottom + "H" + (LEFT + WIDTH));
        svg.text(
                "sub",
                0,
                top + 10,
                Wording.rounded(highest, highest < 10 ? 1 : 0).toPlainString(),
                8);
        svg.text("sub", 0, bottom, "0", 8);
        svg.text("sub", LEFT, bottom + 18, timeline.from(), 40);
        svg.text("sub end", LEFT + WIDTH, bottom + 18, timeline.to(), 40);
        drawMarks(svg, bottom);
        int x = LEFT;
        for (int i = 0; i < timeline.series().size(); i++) {
            Timeline.Series series = timeline.series().get(i);
            String css = "line c" + i % COLOURS;
            svg.path(css, line(series.values(), bottom));
            svg.path(css, "M" + x + ' ' + (bottom + 36) + "h18");
            svg.text("sub", x + 24, bottom + 40, series.name(), 40);
            x += 48 + 7 * Math.min(40, series.name().length());
        }
        return svg.end();
    }

    private void drawMarks(Svg svg, int bottom) {
        int y = TOP;
        for (Timeline.Mark mark : timeline.marks()) {
            int x = x(mark.at());
            svg.path("edge closing", "M" + x + ' ' + (y + 2) + "V" + bottom);
            boolean left = mark.at() > .6;
            svg.text(left ? "sub end" : "sub", left ? x - 4 : x + 4, y + 8, mark.label(), 70);
            y += MARK;
        }
    }

    private String line(List<Double> values, int bottom) {
        StringBuilder path = new StringBuilder();
        boolean drawing = false;
        for (int i = 0; i < values.size(); i++) {
            double value = values.get(i);
            if (!Double.isNaN(value)) {
                int y = bottom - (highest == 0 ? 0 : (int) Math.round(value / highest * HEIGHT));
                path.append(drawing ? 'L' : 'M').append(x(i / (double) Math.max(1, values.size() - 1)));
                path.append(' ').append(y);
            }
            drawing = !Double.isNaN(value);
        }
        return path.toString();
    }

    private static int x(double at) {
        return LEFT + (int) Math.round(Math.max(0, Math.min(1, at)) * WIDTH);
    }
}
