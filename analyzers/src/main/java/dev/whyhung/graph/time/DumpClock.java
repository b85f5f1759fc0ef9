package dev.whyhung.graph.time;

import dev.whyhung.model.DumpInfo;
import dev.whyhung.model.Evidence;
import dev.whyhung.model.Recording;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When a dump was taken, as an instant that recordings understand. Text dumps print local time without a zone; the zone is that of
 * a dump inside a recording, or follows from the start of the JVM and the age of the dump's oldest thread, rounded to the quarter
 * of an hour.
 */
public final class DumpClock {

    private static final double STEP_SECONDS = 15 * 60;
    private static final int MOST_SECONDS = 18 * 3600;

    private final @Nullable ZoneOffset zone;

    public DumpClock(Evidence evidence) {
        zone = evidence.dumps().stream()
                .map(DumpInfo::offset)
                .filter(offset -> offset != null && !offset.equals(ZoneOffset.UTC))
                .findFirst()
                .orElseGet(() -> fromStart(evidence));
    }

    private static @Nullable ZoneOffset fromStart(Evidence evidence) {
        for (Recording recording : evidence.recordings()) {
            for (DumpInfo dump : evidence.dumps()) {
                Instant start = recording.jvm().start();
                if (start != null && dump.offset() == null && dump.takenAt() != null && dump.uptimeNanos() >= 0) {
                    return zone(dump.takenAt(), start.plusNanos(dump.uptimeNanos()));
                }
            }
        }
        return evidence.dumps().stream()
                .map(DumpInfo::offset)
                .filter(offset -> offset != null)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable ZoneOffset zone(LocalDateTime local, Instant at) {
        double seconds = Duration.between(at, local.toInstant(ZoneOffset.UTC)).toSeconds();
        long rounded = Math.round(seconds / STEP_SECONDS) * (long) STEP_SECONDS;
        return Math.abs(rounded) > MOST_SECONDS ? null : ZoneOffset.ofTotalSeconds((int) rounded);
    }

    public Optional<Instant> of(DumpInfo dump) {
        LocalDateTime takenAt = dump.takenAt();
        ZoneOffset offset = dump.offset() == null ? zone : dump.offset();
        return takenAt == null || offset == null ? Optional.empty() : Optional.of(takenAt.toInstant(offset));
    }
}
