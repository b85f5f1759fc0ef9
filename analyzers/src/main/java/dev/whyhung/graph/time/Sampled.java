package dev.whyhung.graph.time;

import dev.whyhung.model.Recording;
import dev.whyhung.model.Recording.Samples;
import dev.whyhung.model.ThreadId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/** Whose code ran, and who was in native code, by the samples that recordings count in spans of ten seconds or more. */
public final class Sampled {

    private static final Duration LATELY = Duration.ofSeconds(20);
    /** In two spans of ten seconds. A thread that computes is sampled fifty times a second, if it gets a processor. */
    private static final long AT_WORK = 10;

    private final Map<ThreadId, List<Samples>> byThread = new HashMap<>();

    /** Of recordings in order of their end; what several of them recorded counts once. */
    Sampled(List<Recording> recordings) {
        for (int i = 0; i < recordings.size(); i++) {
            Recording recording = recordings.get(i);
            List<Recording> before = recordings.subList(0, i).stream()
                    .filter(other -> other.to().isAfter(recording.from()))
                    .toList();
            recording.samples().stream()
                    .filter(samples -> before.stream().noneMatch(other -> other.covers(middle(samples))))
                    .forEach(
                            samples -> byThread.computeIfAbsent(samples.thread().id(), key -> new ArrayList<>())
                                    .add(samples));
        }
    }

    private static Instant middle(Samples samples) {
        return samples.from().plus(samples.span().dividedBy(2));
    }

    public boolean isEmpty() {
        return byThread.isEmpty();
    }

    /** Those of all threads whose span lies between these times, or most of it. */
    public List<Samples> between(Instant from, Instant to) {
        return byThread.values().stream()
                .flatMap(List::stream)
                .filter(samples -> isMostly(samples, from, to))
                .toList();
    }

    private static boolean isMostly(Samples samples, Instant from, Instant to) {
        Instant middle = middle(samples);
        return !middle.isBefore(from) && middle.isBefore(to);
    }

    /** Samples of a thread that ran, between these times. */
    long running(ThreadId thread, Instant from, Instant to) {
        return sum(thread, from, to, Samples::running);
    }

    /** Whether most of what ran between these times, and more than moments, were these threads. */
    boolean isMostlyOf(Collection<ThreadId> threads, Instant from, Instant to) {
        long mine =
                threads.stream().mapToLong(thread -> running(thread, from, to)).sum();
        long all = between(from, to).stream().mapToLong(Samples::running).sum();
        return mine >= AT_WORK && mine * 2 > all;
    }

    private long sum(ThreadId thread, Instant from, Instant to, ToLongFunction<Samples> count) {
        return byThread.getOrDefault(thread, List.of()).stream()
                .filter(samples -> isMostly(samples, from, to))
                .mapToLong(count)
                .sum();
    }

    /** Whether a thread ran for more than moments in the twenty seconds before this time, or the spans that are there of them. */
    boolean wasAtWork(ThreadId thread, Instant at) {
        List<Samples> samples = byThread.getOrDefault(thread, List.of());
        if (samples.isEmpty()) {
            return false;
        }
        Duration span = samples.get(samples.size() - 1).span();
        long enough = Math.max(AT_WORK, AT_WORK * 2 * span.toSeconds() / LATELY.toSeconds());
        return running(thread, at.minus(LATELY), at.plus(span.dividedBy(2))) >= enough;
    }
}
