package dev.whyhung.rules;

import dev.whyhung.graph.Facts;
import dev.whyhung.graph.ThreadFacts;
import dev.whyhung.model.Recording;
import dev.whyhung.model.Recording.Samples;
import dev.whyhung.model.ThreadId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** How much of the code that ran just before the dump was run by these threads, as a recording samples it. */
final class SampleShare {

    private static final Duration MINUTE = Duration.ofSeconds(60);
    private static final long FEW = 20;

    private SampleShare() {}

    static Optional<Exhibit> of(Facts facts, Collection<ThreadFacts> threads) {
        return facts.recorded().instant(facts.dump()).flatMap(taken -> of(facts, threads, taken));
    }

    private static Optional<Exhibit> of(Facts facts, Collection<ThreadFacts> threads, Instant taken) {
        List<Samples> all = facts.recorded().sampled().between(taken.minus(MINUTE), taken.plus(MINUTE));
        Set<ThreadId> ids = threads.stream().map(ThreadFacts::id).collect(Collectors.toSet());
        long sum = all.stream().mapToLong(Samples::running).sum();
        long mine = all.stream()
                .filter(samples -> ids.contains(samples.thread().id()))
                .mapToLong(Samples::running)
                .sum();
        return mine < FEW
                ? Optional.empty()
                : facts.recorded().recordings().stream()
                        .filter(recording -> recording.samples().stream().anyMatch(all::contains))
                        .map(Recording::source)
                        .findFirst()
                        .map(source -> new Exhibit(
                                source,
                                1,
                                mine + " of " + sum + " samples of running code in that minute are of "
                                        + (ids.size() == 1 ? "this thread" : "these " + ids.size() + " threads")));
    }
}
