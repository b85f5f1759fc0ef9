package dev.whyhung.read.join;

import dev.whyhung.model.EventState;
import dev.whyhung.model.Frame;
import dev.whyhung.model.PastWait;
import dev.whyhung.model.Recording;
import dev.whyhung.model.Recording.Activity;
import dev.whyhung.model.Recording.Lifetime;
import dev.whyhung.model.Recording.Load;
import dev.whyhung.model.Recording.Pause;
import dev.whyhung.model.Recording.Reading;
import dev.whyhung.model.Recording.RecordedJvm;
import dev.whyhung.model.Recording.Samples;
import dev.whyhung.model.Recording.Shutdown;
import dev.whyhung.model.Recording.Throttling;
import dev.whyhung.model.Recording.Thrown;
import dev.whyhung.model.Recording.ThrownCount;
import dev.whyhung.model.Recording.WaitTotal;
import dev.whyhung.model.ThreadId;
import dev.whyhung.read.recording.ThrowLog;
import dev.whyhung.read.recording.WaitLog;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Recordings of one process each of which begins where another ends: the recorder keeps its chunks as files of their own, and
 * {@code jfr disassemble} makes such. They are the one recording that they were, since a wait that spans them began in one and stands
 * in the dump of another. Where the recorder was set otherwise in between, they are two.
 */
public final class Sequels {

    /** The next chunk begins when the last ends, but for what the recorder needs to change the file. */
    private static final Duration CHANGE = Duration.ofSeconds(1);

    private final List<Recording> parts;

    private Sequels(List<Recording> parts) {
        this.parts = parts;
    }

    /** The recordings of one process, of which those are joined that follow each other; in order of their end. */
    public static List<Recording> join(Collection<Recording> recordings) {
        List<Recording> sorted = new ArrayList<>(recordings);
        sorted.sort(Comparator.comparing(Recording::from)
                .thenComparing(Recording::to)
                .thenComparing(Recording::source));
        List<List<Recording>> chains = new ArrayList<>();
        for (Recording recording : sorted) {
            chains.stream()
                    .filter(chain -> isFollowedBy(last(chain), recording))
                    .findFirst()
                    .orElseGet(() -> begin(chains))
                    .add(recording);
        }
        return chains.stream()
                .map(chain -> chain.size() == 1 ? chain.get(0) : new Sequels(chain).whole())
                .sorted(Comparator.comparing(Recording::to))
                .toList();
    }

    private static List<Recording> begin(List<List<Recording>> chains) {
        List<Recording> chain = new ArrayList<>();
        chains.add(chain);
        return chain;
    }

    private static Recording last(List<Recording> chain) {
        return chain.get(chain.size() - 1);
    }

    private static boolean isFollowedBy(Recording one, Recording next) {
        return one.jvm().start() != null
                && next.jvm().start() != null
                && Duration.between(one.to(), next.from()).abs().compareTo(CHANGE) <= 0
                && Kinship.agree(one, next)
                && settings(one).equals(settings(next));
    }

    /** What is recorded, and from which length on. */
    private static Map<String, Duration> settings(Recording recording) {
        return recording.events().entrySet().stream()
                .filter(event -> event.getValue().isRecorded())
                .collect(Collectors.toMap(
                        Map.Entry::getKey, event -> event.getValue().threshold()));
    }

    private Recording whole() {
        Recording first = parts.get(0);
        return new Recording(
                first.source() + " to " + last(parts).source(),
                first.from(),
                last(parts).to(),
                jvm(),
                events(),
                all(Recording::gaps, Comparator.comparing(Recording.Gap::from)),
                parts.stream().mapToInt(Recording::dumps).sum(),
                lastDump(),
                all(Recording::loads, Comparator.comparing(Load::at)),
                all(Recording::threadCounts, Comparator.comparing(Reading::at)),
                all(Recording::throwables, Comparator.comparing(Reading::at)),
                all(Recording::starts, Comparator.comparing(Lifetime::at)),
                all(Recording::ends, Comparator.comparing(Lifetime::at)),
                thrown(),
                merged(Recording::thrownCounts, ThrownCount::className, ThrownCount::with),
                all(Recording::pauses, Comparator.comparing(Pause::at)),
                merged(
                        Recording::gcTimes,
                        Reading::at,
                        (one, other) -> new Reading(one.at(), one.value() + other.value())),
                all(Recording::throttlings, Comparator.comparing(Throttling::at)),
                all(Recording::swapped, Comparator.comparing(Reading::at)),
                all(Recording::resident, Comparator.comparing(Reading::at)),
                waitTotals(),
                recentWaits(),
                activities(),
                all(Recording::samples, Comparator.comparing(Samples::from)),
                shutdown());
    }

    private RecordedJvm jvm() {
        return parts.stream()
                .map(Recording::jvm)
                .max(Comparator.comparing(RecordedJvm::processors))
                .orElseThrow();
    }

    private Map<String, EventState> events() {
        Map<String, EventState> events = new HashMap<>();
        parts.forEach(part -> part.events().forEach((name, state) -> events.merge(name, state, EventState::with)));
        return events;
    }

    private @Nullable Instant lastDump() {
        return parts.stream()
                .map(Recording::lastDump)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    private @Nullable Shutdown shutdown() {
        return parts.stream()
                .map(Recording::shutdown)
                .filter(Objects::nonNull)
                .reduce((first, second) -> second)
                .orElse(null);
    }

    private <T> List<T> all(Function<Recording, List<T>> what, Comparator<T> order) {
        return parts.stream()
                .flatMap(part -> what.apply(part).stream())
                .sorted(order)
                .toList();
    }

    private <T, K extends Comparable<K>> List<T> merged(
            Function<Recording, List<T>> what, Function<T, K> key, BinaryOperator<T> sum) {
        Map<K, T> merged = new TreeMap<>();
        parts.forEach(part -> what.apply(part).forEach(each -> merged.merge(key.apply(each), each, sum)));
        return List.copyOf(merged.values());
    }

    /** No more than of a single recording. */
    private List<Thrown> thrown() {
        ThrowLog log = new ThrowLog();
        parts.forEach(part -> part.thrown().forEach(log::keep));
        return log.thrown();
    }

    private List<WaitTotal> waitTotals() {
        Map<Place, WaitTotal> totals = new HashMap<>();
        parts.forEach(
                part -> part.waitTotals().forEach(total -> totals.merge(Place.of(total), total, WaitTotal::with)));
        return WaitLog.sorted(totals.values());
    }

    /** By its frames: each part has stacks of its own. */
    private record Place(PastWait.Kind kind, String subject, List<Frame> frames) {

        static Place of(WaitTotal total) {
            return new Place(total.kind(), total.subject(), total.stack().frames());
        }
    }

    /** The latest of each thread. */
    private List<PastWait> recentWaits() {
        Map<ThreadId, Integer> kept = new HashMap<>();
        List<PastWait> waits = new ArrayList<>();
        List<PastWait> latestFirst =
                all(Recording::recentWaits, Comparator.comparing(PastWait::end).reversed());
        for (PastWait wait : latestFirst) {
            if (kept.merge(wait.thread().id(), 1, Integer::sum) <= WaitLog.LATEST) {
                waits.add(wait);
            }
        }
        return WaitLog.sorted(waits);
    }

    private Map<ThreadId, Activity> activities() {
        Map<ThreadId, Activity> activities = new HashMap<>();
        parts.forEach(part ->
                part.activities().forEach((thread, activity) -> activities.merge(thread, activity, Activity::with)));
        return activities;
    }
}
