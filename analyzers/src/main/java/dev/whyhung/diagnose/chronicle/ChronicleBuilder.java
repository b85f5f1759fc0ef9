package dev.whyhung.diagnose.chronicle;

import dev.whyhung.diagnose.chronicle.Chronicle.Mark;
import dev.whyhung.diagnose.chronicle.Chronicle.Point;
import dev.whyhung.diagnose.chronicle.Chronicle.Series;
import dev.whyhung.diagnose.rank.RankedFinding;
import dev.whyhung.finding.Culprit;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.time.Death;
import dev.whyhung.graph.time.Recorded;
import dev.whyhung.model.DumpInfo;
import dev.whyhung.model.Recording;
import dev.whyhung.model.Recording.Reading;
import dev.whyhung.model.Recording.ThrownCount;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes the timeline of a process from its recordings, its dumps and the findings. */
public final class ChronicleBuilder {

    private static final int MOST_POINTS = 300;
    private static final double NANOS_IN_BUCKET = 10e9;

    private final Recorded recorded;
    private final Facts facts;
    private final List<Mark> marks = new ArrayList<>();

    private ChronicleBuilder(Facts facts) {
        this.facts = facts;
        recorded = facts.recorded();
    }

    public static @Nullable Chronicle of(Facts facts, List<RankedFinding> findings) {
        return facts.recorded().isEmpty() ? null : new ChronicleBuilder(facts).build(findings);
    }

    private Chronicle build(List<RankedFinding> findings) {
        List<Recording> recordings = recorded.recordings();
        Instant from =
                recordings.stream().map(Recording::from).min(Instant::compareTo).orElseThrow();
        Instant end =
                recordings.stream().map(Recording::to).max(Instant::compareTo).orElseThrow();
        Instant dump = recorded.instant(facts.dump()).orElse(end);
        addMarks(findings);
        marks.sort(Comparator.comparing(Mark::at).thenComparing(Mark::kind).thenComparing(Mark::text));
        return new Chronicle(
                from,
                dump.isAfter(end) ? dump : end,
                facts.onset().orElse(null),
                recordings.size(),
                series(),
                marks,
                exceptions(),
                new SamplesByRole(facts).windows(from, end));
    }

    private List<Series> series() {
        List<Series> series = new ArrayList<>();
        add(
                series,
                "cpu",
                "CPU load of this JVM, %",
                points(Recording::loads, load -> load.at(), load -> 100 * load.jvm()));
        add(
                series,
                "machine",
                "CPU load of the machine, %",
                points(Recording::loads, load -> load.at(), load -> 100 * load.machine()));
        add(series, "threads", "Java threads", points(Recording::threadCounts, Reading::at, Reading::value));
        add(series, "exceptions", "exceptions and errors per second", rates());
        add(
                series,
                "gc",
                "time paused for garbage collection, %",
                points(Recording::gcTimes, Reading::at, each -> 100 * each.value() / NANOS_IN_BUCKET));
        add(series, "blocked", "threads blocked at monitors, in the dumps", counts(false));
        add(series, "parked", "threads parked or waiting, in the dumps", counts(true));
        return series;
    }

    private static void add(List<Series> series, String id, String title, List<Point> points) {
        if (!points.isEmpty()) {
            series.add(new Series(id, title, points));
        }
    }

    private <T> List<Point> points(
            Function<Recording, List<T>> list, Function<T, Instant> at, Function<T, ? extends Number> value) {
        return thinned(recorded.recordings().stream()
                .flatMap(recording -> list.apply(recording).stream())
                .map(each -> new Point(at.apply(each), value.apply(each).doubleValue()))
                .sorted(Comparator.comparing(Point::at))
                .toList());
    }

    /** From counters since the start of the JVM to numbers a second. */
    private List<Point> rates() {
        List<Point> rates = new ArrayList<>();
        for (Recording recording : recorded.recordings()) {
            Reading before = null;
            for (Reading reading : recording.throwables()) {
                if (before != null && reading.at().isAfter(before.at())) {
                    double seconds = Duration.between(before.at(), reading.at()).toNanos() / 1e9;
                    rates.add(new Point(reading.at(), Math.max(0, reading.value() - before.value()) / seconds));
                }
                before = reading;
            }
        }
        return thinned(rates);
    }

    /** Those of all recordings, by class; what several of them recorded counts once. */
    private List<ThrownCount> exceptions() {
        Map<String, ThrownCount> byClass = new TreeMap<>();
        List<Recording> recordings = recorded.recordings();
        for (int i = 0; i < recordings.size(); i++) {
            for (ThrownCount count : recordings.get(i).thrownCounts()) {
                if (!isCountedElsewhere(count, i)) {
                    byClass.merge(count.className(), count, ThrownCount::with);
                }
            }
        }
        return byClass.values().stream()
                .sorted(Comparator.comparingLong(ThrownCount::count).reversed())
                .toList();
    }

    /** Whether another recording has all of these, too, or a later one as many. */
    private boolean isCountedElsewhere(ThrownCount count, int of) {
        List<Recording> recordings = recorded.recordings();
        for (int i = 0; i < recordings.size(); i++) {
            long fewest = i > of ? count.count() : count.count() + 1;
            if (i != of
                    && recordings.get(i).covers(count.first())
                    && recordings.get(i).covers(count.last())
                    && recordings.get(i).thrownCounts().stream()
                            .anyMatch(theirs ->
                                    theirs.className().equals(count.className()) && theirs.count() >= fewest)) {
                return true;
            }
        }
        return false;
    }

    private List<Point> counts(boolean parked) {
        TreeMap<Instant, Double> counts = new TreeMap<>();
        Stream.concat(
                        facts.evidence().others().stream()
                                .map(trace -> new DumpCounts(trace.info(), DumpCounts.of(trace, parked))),
                        Stream.of(new DumpCounts(
                                facts.dump(), DumpCounts.of(facts.evidence().focus(), parked))))
                .forEach(count ->
                        recorded.instant(count.dump()).ifPresent(at -> counts.put(at, (double) count.threads())));
        return facts.evidence().hasDump()
                ? counts.entrySet().stream()
                        .map(entry -> new Point(entry.getKey(), entry.getValue()))
                        .toList()
                : List.of();
    }

    /** At most some hundred points, each the largest of its neighbours. */
    private static List<Point> thinned(List<Point> points) {
        int step = (points.size() + MOST_POINTS - 1) / MOST_POINTS;
        if (step <= 1) {
            return points;
        }
        List<Point> thinned = new ArrayList<>();
        for (int i = 0; i < points.size(); i += step) {
            thinned.add(points.subList(i, Math.min(points.size(), i + step)).stream()
                    .max(Comparator.comparingDouble(Point::value))
                    .orElseThrow());
        }
        return thinned;
    }

    private void addMarks(List<RankedFinding> findings) {
        facts.onset()
                .ifPresent(
                        onset -> mark(onset, Mark.Kind.ONSET, "the last progress of the threads that are stuck", null));
        if (facts.evidence().hasDump()) {
            for (DumpInfo dump : facts.evidence().dumps()) {
                recorded.instant(dump)
                        .ifPresent(
                                at -> mark(at, Mark.Kind.DUMP, "thread dump of " + dump.threads() + " threads", null));
            }
        }
        for (Recording recording : recorded.recordings()) {
            recording.gaps().forEach(gap -> mark(gap.from(), Mark.Kind.GAP, gap.reason(), null));
            if (recording.shutdown() != null) {
                mark(
                        recording.shutdown().at(),
                        Mark.Kind.SHUTDOWN,
                        "the JVM began to shut down: " + recording.shutdown().reason(),
                        null);
            }
        }
        findings.forEach(this::addCulprits);
    }

    /** The first that a recording tells of the threads to blame. */
    private void addCulprits(RankedFinding ranked) {
        for (Culprit culprit : ranked.finding().culprits()) {
            recorded.lastThrown(culprit.id())
                    .ifPresent(thrown -> mark(
                            thrown.at(),
                            Mark.Kind.FINDING,
                            thrown.thread().quoted() + ": " + thrown.text(),
                            ranked.id()));
            recorded.deaths().stream()
                    .filter(death -> death.thread().id().equals(culprit.id()))
                    .map(Death::at)
                    .forEach(at -> mark(at, Mark.Kind.DEATH, '"' + culprit.thread() + "\" ended", ranked.id()));
        }
    }

    private void mark(Instant at, Mark.Kind kind, String text, @Nullable String finding) {
        marks.add(new Mark(at, kind, text, finding));
    }
}
