package dev.whyhung.diagnose.chronicle;

import dev.whyhung.diagnose.chronicle.Chronicle.Point;
import dev.whyhung.diagnose.chronicle.Chronicle.Series;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** From the time axis to timelines that can be drawn: what has one scale in one of them, cut into equal steps. */
public final class Charts {

    private static final int STEPS = 120;

    private Charts() {}

    public static List<Timeline> of(@Nullable Chronicle chronicle) {
        List<Timeline> charts = new ArrayList<>();
        if (chronicle != null) {
            add(charts, chronicle, "CPU load and garbage collection, per cent", true, "cpu", "machine", "gc");
            add(charts, chronicle, "Threads", false, "threads", "blocked", "parked");
            add(charts, chronicle, "Exceptions and errors per second", false, "exceptions");
        }
        return charts;
    }

    private static void add(List<Timeline> charts, Chronicle chronicle, String title, boolean marked, String... ids) {
        List<Timeline.Series> series = chronicle.series().stream()
                .filter(each -> Arrays.asList(ids).contains(each.id()))
                .map(each -> new Timeline.Series(each.title(), steps(each, chronicle)))
                .toList();
        if (!series.isEmpty()) {
            charts.add(new Timeline(
                    title,
                    second(chronicle.from()),
                    second(chronicle.to()),
                    series,
                    marked ? marks(chronicle) : List.of()));
        }
    }

    /** The largest value of each step; a step without one has that of the step before. */
    private static List<Double> steps(Series series, Chronicle chronicle) {
        Double[] values = new Double[STEPS + 1];
        Arrays.fill(values, Double.NaN);
        for (Point point : series.points()) {
            int step = (int) Math.round(place(point.at(), chronicle) * STEPS);
            values[step] = values[step].isNaN() ? point.value() : Math.max(values[step], point.value());
        }
        for (int i = 1; i <= STEPS; i++) {
            values[i] = values[i].isNaN() ? values[i - 1] : values[i];
        }
        return List.of(values);
    }

    private static List<Timeline.Mark> marks(Chronicle chronicle) {
        return chronicle.marks().stream()
                .filter(mark -> mark.kind() != Chronicle.Mark.Kind.DUMP)
                .limit(8)
                .map(mark -> new Timeline.Mark(place(mark.at(), chronicle), second(mark.at()) + ' ' + mark.text()))
                .toList();
    }

    /** From 0, the begin, to 1, the end. */
    private static double place(Instant at, Chronicle chronicle) {
        double all =
                Math.max(1, Duration.between(chronicle.from(), chronicle.to()).toMillis());
        double here = Duration.between(chronicle.from(), at).toMillis();
        return Math.max(0, Math.min(1, here / all));
    }

    private static String second(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
