package dev.whyhung.graph;

import dev.whyhung.knowledge.Knowledge;
import dev.whyhung.model.Recording.Thrown;
import dev.whyhung.model.ThreadId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Who waits for a signal that a failed thread would have given. A recording tells it by three things at once: the waiter used to be
 * signalled again and again; it has not been since about the time of an exception, in the same code or on the thread that always
 * notified it; and that exception ended the thread, or left a task that is run again and again.
 */
final class Forsaken {

    private static final String PERIODIC = "java.util.concurrent.FutureTask.runAndReset";
    private static final Duration CLOCKS = Duration.ofSeconds(1);

    private final Map<String, List<Thrown>> failures = new HashMap<>();
    private final Silence silence;
    private final Habits habits;
    private final Knowledge knowledge;

    Forsaken(Recorded recorded, Silence silence, Habits habits, Knowledge knowledge) {
        this.silence = silence;
        this.habits = habits;
        this.knowledge = knowledge;
        Set<ThreadId> dead = new HashSet<>();
        recorded.deaths()
                .forEach(death -> death.last().ifPresent(thrown -> {
                    dead.add(death.thread().id());
                    add(thrown);
                }));
        recorded.thrown(thrown -> isOfPeriodicTask(thrown)
                        && !dead.contains(thrown.thread().id()))
                .forEach(this::add);
    }

    private void add(Thrown thrown) {
        Bereaved.telling(thrown.stack(), knowledge)
                .forEach(name ->
                        failures.computeIfAbsent(name, key -> new ArrayList<>()).add(thrown));
    }

    /** Whether an exception was created inside a task that its executor runs again and again, until one leaves it. */
    static boolean isOfPeriodicTask(Thrown thrown) {
        return thrown.stack().frames().stream()
                .anyMatch(frame -> frame.qualifiedMethod().equals(PERIODIC));
    }

    /** The failure after which this thread was not signalled any more. */
    Optional<Thrown> by(ThreadFacts waiter) {
        if (failures.isEmpty() || waiter.waitsFor().isExclusive()) {
            return Optional.empty();
        }
        Optional<ThreadId> notifier = habits.usualNotifier(waiter.thread());
        Optional<Duration> usual = habits.usualWait(waiter.thread());
        Optional<Instant> since = silence.since(waiter.thread());
        if (usual.isEmpty() || since.isEmpty()) {
            return Optional.empty();
        }
        Instant latest = since.get().plus(usual.get().multipliedBy(2)).plus(CLOCKS);
        Stream<Thrown> near = Bereaved.telling(waiter.thread().stack(), knowledge).stream()
                .limit(Bereaved.NEAREST)
                .flatMap(name -> failures.getOrDefault(name, List.of()).stream());
        Stream<Thrown> ofNotifier = notifier.stream()
                .flatMap(id -> failures.values().stream()
                        .flatMap(List::stream)
                        .filter(thrown -> thrown.thread().id().equals(id)));
        return Stream.concat(ofNotifier, near)
                .filter(thrown -> !thrown.at().isBefore(since.get().minus(CLOCKS))
                        && !thrown.at().isAfter(latest)
                        && !thrown.thread().id().equals(waiter.id()))
                .findFirst();
    }
}
