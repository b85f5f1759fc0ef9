package dev.whyhung.read.join;

import dev.whyhung.model.DumpInfo;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Brings dumps with and without a zone to one time. Text dumps print local time alone; zones differ from UTC by a multiple of a
 * quarter of an hour, and dumps of one incident lie closer together than that: the difference, rounded, is the zone.
 */
final class Clock {

    private static final long QUARTER_SECONDS = 15 * 60;
    private static final long MOST_SECONDS = 18 * 3600;

    private final @Nullable ZoneOffset zone;

    private Clock(@Nullable ZoneOffset zone) {
        this.zone = zone;
    }

    /** From the closest pair of a dump with a zone and one without; without such a pair, every dump keeps its time. */
    static Clock of(List<DumpInfo> dumps) {
        long best = Long.MAX_VALUE;
        long offset = 0;
        for (DumpInfo zoned : dumps) {
            for (DumpInfo local : dumps) {
                long difference = difference(zoned, local);
                long rounded = Math.floorDiv(difference + QUARTER_SECONDS / 2, QUARTER_SECONDS) * QUARTER_SECONDS;
                long rest = Math.abs(difference - rounded);
                if (difference != Long.MAX_VALUE && Math.abs(rounded) <= MOST_SECONDS && rest < best) {
                    best = rest;
                    offset = rounded;
                }
            }
        }
        return new Clock(best == Long.MAX_VALUE ? null : ZoneOffset.ofTotalSeconds((int) offset));
    }

    /** Seconds from UTC to local time, if the one dump tells a zone and the other none. */
    private static long difference(DumpInfo zoned, DumpInfo local) {
        LocalDateTime utc = zoned.takenAt();
        LocalDateTime printed = local.takenAt();
        ZoneOffset known = zoned.offset();
        return utc == null || printed == null || known == null || local.offset() != null
                ? Long.MAX_VALUE
                : Duration.between(utc.minusSeconds(known.getTotalSeconds()), printed)
                        .toSeconds();
    }

    /** The zone of the process, if it was concluded. */
    Optional<ZoneOffset> zone() {
        return Optional.ofNullable(zone);
    }

    DumpInfo aligned(DumpInfo info) {
        return zone == null || info.offset() == null ? info : info.inZone(zone);
    }
}
