package dev.whyhung.read.join;

import dev.whyhung.model.DumpInfo;
import dev.whyhung.model.Recording;
import dev.whyhung.model.ThreadDump;
import dev.whyhung.read.filedump.ThreadDumpJson;
import dev.whyhung.read.filedump.ThreadDumpText;
import dev.whyhung.read.recording.FlightRecording;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Whether recordings and dumps are of one process: where both tell a process id, a JVM or a start, these agree. */
final class Kinship {

    private static final long SAME_START_SECONDS = 60;
    private static final long ZONE_STEP_SECONDS = 15 * 60;
    private static final double SAME_THREADS = .5;
    private static final double OTHER_THREADS = .2;
    private static final double SAME_CROWD = .9;
    private static final int CROWD = 10;

    /** What a JVM wrote about itself, with the process id that it has inside its container. */
    private static final Set<String> FROM_INSIDE = Set.of(ThreadDumpJson.ID, ThreadDumpText.ID, FlightRecording.ID);

    /** {@code 17.0.15+6-Debian}, alone or in brackets behind the name of the JVM. */
    private static final Pattern BUILD = Pattern.compile("(?:^|\\()(\\d[^\\s,)]*)");

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

    /**
     * What the dumps of a process say about a further one. Addresses decide, since a cut dump may hide its start and a container
     * the process id; where they are missing, what is printed counts.
     */
    static Relation of(List<DumpInfo> dumps, Roster threads, DumpInfo other, Roster its) {
        double same = threads.sameAddresses(its);
        if (same >= SAME_THREADS) {
            return Relation.SAME;
        }
        if (same <= OTHER_THREADS || threads.sameQueues(its) <= OTHER_THREADS) {
            return Relation.OTHER;
        }
        boolean sameCrowd = threads.sameNames(its, CROWD) >= SAME_CROWD;
        Relation surest = Relation.POSSIBLE;
        for (DumpInfo dump : dumps) {
            if (!sameRuntime(dump.runtime(), other.runtime())
                    || !sameStart(dump, other)
                    || !(samePid(dump.pid(), other.pid()) || (sameCrowd && isSeenFromTwoSides(dump, other)))) {
                return Relation.OTHER;
            }
            surest = other.pid() != null && other.pid().equals(dump.pid()) ? Relation.LIKELY : surest;
        }
        return surest;
    }

    /** The process id inside a container is the smaller one. */
    private static boolean isSeenFromTwoSides(DumpInfo one, DumpInfo other) {
        boolean inside = FROM_INSIDE.contains(one.format());
        Long inner = inside ? one.pid() : other.pid();
        Long outer = inside ? other.pid() : one.pid();
        return inside != FROM_INSIDE.contains(other.format()) && inner != null && outer != null && inner < outer;
    }

    private static boolean samePid(@Nullable Long one, @Nullable Long other) {
        return one == null || other == null || Objects.equals(one, other);
    }

    /** Formats put different words around the version. */
    private static boolean sameRuntime(@Nullable String one, @Nullable String other) {
        return one == null
                || other == null
                || one.contains(other)
                || other.contains(one)
                || build(one).equals(build(other));
    }

    private static String build(String runtime) {
        Matcher build = BUILD.matcher(runtime);
        return build.find() ? build.group(1) : runtime;
    }

    private static boolean sameStart(DumpInfo one, DumpInfo other) {
        LocalDateTime start = start(one);
        LocalDateTime otherStart = start(other);
        return start == null || otherStart == null || near(Duration.between(start, otherStart), Long.MAX_VALUE);
    }

    private static @Nullable LocalDateTime start(DumpInfo info) {
        return info.takenAt() == null || info.uptimeNanos() < 0
                ? null
                : info.takenAt().minusNanos(info.uptimeNanos());
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
