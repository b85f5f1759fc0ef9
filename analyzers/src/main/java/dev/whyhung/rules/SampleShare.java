package dev.whyhung.rules;

import dev.whyhung.finding.Exhibit;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.model.Recording;
import dev.whyhung.model.Recording.Samples;
import dev.whyhung.model.ThreadId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;
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
        List<Samples> all = facts.recorded().sampled().between(taken.minus(MINUTE), taken);
        Set<ThreadId> ids = threads.stream().map(ThreadFacts::id).collect(Collectors.toSet());
        return share(all, ids, Samples::running, "running")
                .or(() -> share(all, ids, Samples::inNative, "native"))
                .flatMap(share -> source(facts, taken).map(source -> new Exhibit(source, share)));
    }

    /** A loop that yields its processor is seen in native code. */
    private static Optional<String> share(
            List<Samples> all, Set<ThreadId> ids, ToLongFunction<Samples> count, String what) {
        long sum = all.stream().mapToLong(count).sum();
        long mine = all.stream()
                .filter(samples -> ids.contains(samples.thread().id()))
                .mapToLong(count)
                .sum();
        return mine < FEW
                ? Optional.empty()
                : Optional.of(mine + " of " + sum + " samples of " + what + " code in that minute are of "
                        + (ids.size() == 1 ? "this thread" : "these " + ids.size() + " threads"));
    }

    private static Optional<String> source(Facts facts, Instant taken) {
        return facts.recorded().recordings().stream()
                .filter(recording -> recording.samples().stream()
                        .anyMatch(samples -> samples.from().isBefore(taken)
                                && samples.from().isAfter(taken.minus(MINUTE.multipliedBy(2)))))
                .map(Recording::source)
                .findFirst();
    }
}
