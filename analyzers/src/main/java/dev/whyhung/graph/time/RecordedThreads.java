package dev.whyhung.graph.time;

import dev.whyhung.graph.thread.Pool;
import dev.whyhung.model.PastWait;
import dev.whyhung.model.Recording;
import dev.whyhung.model.Recording.Thrown;
import dev.whyhung.model.ThreadId;
import dev.whyhung.model.ThreadRef;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the recordings of a process tell of its threads, whichever dump is examined; there may be tens of thousands of them. */
public final class RecordedThreads {

    private final List<Death> deaths = new ArrayList<>();
    private final List<Death> unreplaced;
    private final Map<ThreadId, Death> failures = new HashMap<>();
    private final List<Thrown> thrown;
    private final Map<ThreadId, List<PastWait>> recentWaits = new HashMap<>();
    private final Map<ThreadId, Instant> starts = new HashMap<>();
    private final Sampled sampled;

    public RecordedThreads(List<Recording> recordings) {
        recordings.forEach(recording -> deaths.addAll(Death.in(recording)));
        deaths.sort(Comparator.comparing(Death::at)
                .thenComparing(death -> death.thread().id()));
        deaths.stream()
                .filter(death -> death.last().isPresent())
                .forEach(death -> failures.putIfAbsent(death.thread().id(), death));
        thrown = recordings.stream()
                .flatMap(recording -> recording.thrown().stream())
                .filter(each -> !each.isOfLinking())
                .sorted(Comparator.comparing(Thrown::at))
                .toList();
        for (Recording recording : recordings) {
            for (PastWait wait : recording.recentWaits()) {
                recentWaits
                        .computeIfAbsent(wait.thread().id(), key -> new ArrayList<>())
                        .add(wait);
            }
            recording.starts().forEach(start -> starts.merge(start.thread().id(), start.at(), RecordedThreads::later));
        }
        unreplaced = unreplaced(recordings);
        sampled = new Sampled(recordings);
    }

    private List<Death> unreplaced(List<Recording> recordings) {
        Map<String, Instant> lastStarts = new HashMap<>();
        recordings.stream()
                .flatMap(recording -> recording.starts().stream())
                .forEach(start -> lastStarts.merge(kind(start.thread()), start.at(), RecordedThreads::later));
        return deaths.stream()
                .filter(death -> lastStarts
                        .getOrDefault(kind(death.thread()), Instant.MIN)
                        .isBefore(death.at().minus(AT_ONCE)))
                .toList();
    }

    private static final Duration AT_ONCE = Duration.ofMillis(50);

    private static String kind(ThreadRef thread) {
        return Pool.nameOf(thread.name());
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /** In time order. */
    List<Death> deaths() {
        return deaths;
    }

    /** The end of a thread by an exception. */
    Optional<Death> failure(ThreadId thread) {
        return Optional.ofNullable(failures.get(thread));
    }

    /** Exceptions and errors, in time order. */
    List<Thrown> thrown() {
        return thrown;
    }

    /** The latest waits of each thread that ended, in time order. */
    Map<ThreadId, List<PastWait>> recentWaits() {
        return recentWaits;
    }

    /** Of those that ended, those after which none of the same name, but for its number, has started. */
    List<Death> unreplaced() {
        return unreplaced;
    }

    /** When threads started. */
    Map<ThreadId, Instant> starts() {
        return starts;
    }

    /** Whose code ran. */
    public Sampled sampled() {
        return sampled;
    }
}
