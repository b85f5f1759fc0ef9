package dev.whyhung.graph.time;

import dev.whyhung.model.DumpTrace;
import dev.whyhung.model.Evidence;
import dev.whyhung.model.Recording;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The recording that tells of the time before a dump.
 *
 * @param isOver whether it had ended well before: it covers the dump before that one, and nothing tells of the time in between
 */
record Coverage(Recording recording, boolean isOver) {

    static final Duration AROUND = Duration.ofSeconds(5);

    static Optional<Coverage> of(Evidence evidence, DumpClock clock, Instant taken) {
        return covering(evidence, taken)
                .map(recording -> new Coverage(recording, false))
                .or(() -> before(evidence, clock, taken));
    }

    private static Optional<Coverage> before(Evidence evidence, DumpClock clock, Instant taken) {
        List<DumpTrace> earlier = evidence.earlier();
        return earlier.isEmpty()
                ? Optional.empty()
                : clock.of(earlier.get(0).info())
                        .filter(taken::isAfter)
                        .flatMap(before -> covering(evidence, before))
                        .filter(recording -> taken.isAfter(recording.to()))
                        .map(recording -> new Coverage(recording, true));
    }

    private static Optional<Recording> covering(Evidence evidence, Instant dump) {
        return evidence.recordings().stream().filter(each -> covers(each, dump)).reduce((first, second) -> second);
    }

    /** Whether the dump was taken while the recording ran, and its one-second events had not stopped before. */
    private static boolean covers(Recording recording, Instant taken) {
        return !taken.isBefore(recording.from())
                && !taken.isAfter(recording.to().plus(AROUND))
                && recording.loads().stream()
                        .anyMatch(load ->
                                Duration.between(load.at(), taken).abs().compareTo(AROUND.multipliedBy(2)) <= 0);
    }
}
