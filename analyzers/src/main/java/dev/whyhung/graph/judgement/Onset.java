package dev.whyhung.graph.judgement;

import dev.whyhung.graph.carrier.Carriers;
import dev.whyhung.graph.thread.Pool;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.graph.time.Silence;
import dev.whyhung.knowledge.Knowledge;
import dev.whyhung.model.CallStack;
import dev.whyhung.model.Recording;
import dev.whyhung.model.Recording.Activity;
import dev.whyhung.model.Recording.Load;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * When the service stopped: the last progress of the threads that are stuck, request threads first, if the JVM's CPU load has been
 * flat since. A thread that has done nothing since its start came to a service that stood already, as a pool that grows sends them.
 * Where the carriers of virtual threads are exhausted and nobody else is stuck, their last progress. In a recording without a dump,
 * the last sign of life of any request thread; or, where none is known by its name, of the largest group of threads.
 */
public final class Onset {

    private static final double FLAT = .1;
    private static final double FLATTER = .3;
    private static final Duration SHORTEST = Duration.ofSeconds(3);
    private static final int SOME = 4;

    private final List<Recording> recordings;
    private final Silence silence;
    private final Knowledge knowledge;

    public Onset(List<Recording> recordings, Silence silence, Knowledge knowledge) {
        this.recordings = recordings;
        this.silence = silence;
        this.knowledge = knowledge;
    }

    public Optional<Instant> of(Collection<ThreadFacts> threads, Carriers carriers) {
        if (recordings.isEmpty()) {
            return Optional.empty();
        }
        Recording last = recordings.get(recordings.size() - 1);
        Optional<Instant> stopped = threads.isEmpty() ? lastRequest(last) : lastProgress(threads);
        if (stopped.isEmpty() && carriers.areExhausted()) {
            stopped = carriers.all().stream()
                    .flatMap(carrier -> silence.since(carrier.thread().thread()).stream())
                    .max(Instant::compareTo);
        }
        return stopped.filter(at -> isFlatSince(last, at));
    }

    private Optional<Instant> lastProgress(Collection<ThreadFacts> threads) {
        List<ThreadFacts> stuck = threads.stream()
                .filter(thread -> thread.isStuck() && thread.persistence().isMeasured())
                .toList();
        boolean requests = stuck.stream().anyMatch(thread -> thread.role().is("REQUEST"));
        List<Instant> signs = new ArrayList<>();
        List<Instant> starts = new ArrayList<>();
        for (ThreadFacts thread : stuck) {
            if (!requests || thread.role().is("REQUEST")) {
                silence.since(thread.thread())
                        .ifPresent(since -> (silence.isStart(thread.thread(), since) ? starts : signs).add(since));
            }
        }
        return signs.stream().max(Instant::compareTo).or(() -> starts.stream().min(Instant::compareTo));
    }

    private Optional<Instant> lastRequest(Recording recording) {
        return lastSign(recording.activities().values().stream()
                        .filter(activity -> knowledge
                                .role(activity.thread().name(), knowledge.read(CallStack.EMPTY))
                                .is("REQUEST"))
                        .toList())
                .or(() -> lastOfLargestGroup(recording));
    }

    private static Optional<Instant> lastOfLargestGroup(Recording recording) {
        Map<String, List<Activity>> groups = recording.activities().values().stream()
                .filter(activity ->
                        !activity.thread().virtual() && !activity.thread().id().isNative())
                .collect(Collectors.groupingBy(
                        activity -> Pool.nameOf(activity.thread().name()), TreeMap::new, Collectors.toList()));
        return groups.values().stream()
                .filter(group -> group.size() >= SOME)
                .max(Comparator.comparing(List::size))
                .flatMap(Onset::lastSign);
    }

    private static Optional<Instant> lastSign(List<Activity> activities) {
        return activities.stream().map(Activity::last).max(Instant::compareTo);
    }

    private static boolean isFlatSince(Recording recording, Instant at) {
        if (Duration.between(at, recording.to()).compareTo(SHORTEST) < 0) {
            return false;
        }
        OptionalDouble before = load(recording, at, true);
        OptionalDouble after = load(recording, at.plusSeconds(1), false);
        return after.isPresent() && after.getAsDouble() <= Math.max(FLAT, FLATTER * before.orElse(0));
    }

    private static OptionalDouble load(Recording recording, Instant at, boolean before) {
        return recording.loads().stream()
                .filter(load -> load.at().isBefore(at) == before)
                .mapToDouble(Load::jvm)
                .average();
    }
}
