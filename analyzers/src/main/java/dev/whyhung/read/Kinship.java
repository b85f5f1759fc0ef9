package dev.whyhung.read;

import dev.whyhung.model.DumpInfo;
import dev.whyhung.model.Recording;
import dev.whyhung.model.ThreadDump;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Whether recordings and dumps are of one process: where both tell a process id or a start, these agree. */
final class Kinship {

    private static final long SAME_START_SECONDS = 60;
    private static final long ZONE_STEP_SECONDS = 15 * 60;

    private Kinship() {}

    static boolean agree(Recording one, Recording other) {
        return samePid(one.jvm().pid(), other.jvm().pid())
                && (one.jvm().start() == null
                        || other.jvm().start() == null
                        || near(Duration.between(one.jvm().start(), other.jvm().start()), Long.MAX_VALUE));
    }

    static boolean agree(Recording recording, DumpInfo dump) {
        LocalDateTime takenAt = dump.takenAt();
        Instant start = recording.jvm().start();
        if (!samePid(recording.jvm().pid(), dump.pid())) {
            return false;
        }
        if (takenAt == null || start == null || dump.uptimeNanos() < 0) {
            return true;
        }
        ZoneOffset zone = dump.offset() == null ? ZoneOffset.UTC : dump.offset();
        Instant dumpStart = takenAt.toInstant(zone).minusNanos(dump.uptimeNanos());
        return near(Duration.between(start, dumpStart), dump.offset() == null ? ZONE_STEP_SECONDS : Long.MAX_VALUE);
    }

    private static boolean samePid(@Nullable Long one, @Nullable Long other) {
        return one == null || other == null || Objects.equals(one, other);
    }

    /** Whether two times are the same but for the zone, of which only the step is known. */
    private static boolean near(Duration difference, long step) {
        long seconds = Math.abs(difference.toSeconds()) % step;
        return Math.min(seconds, step - seconds) <= SAME_START_SECONDS;
    }

    /** What stands for the examined dump where a recording holds none. */
    static ThreadDump none(Recording recording) {
        DumpInfo info = new DumpInfo(
                recording.source(),
                1,
                "none",
                LocalDateTime.ofInstant(recording.to(), ZoneOffset.UTC),
                ZoneOffset.UTC,
                recording.jvm().version(),
                recording.jvm().pid(),
                EnumSet.noneOf(dev.whyhung.model.Visible.class),
                false,
                -1,
                0);
        return new ThreadDump(info, List.of(), List.of());
    }
}
