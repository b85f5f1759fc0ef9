package dev.whyhung.model;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Everything about a dump but its threads.
 *
 * @param source the input it came from, as it is shown
 * @param line line of the dump's first line in the source, from 1
 * @param format id of the format, {@code hotspot-text}
 * @param takenAt local time of the target machine, where printed
 * @param offset offset of that time, where printed; text dumps have none
 * @param runtime the JVM's own description of itself, where printed
 * @param pid process id, where printed
 * @param visible what this dump could have shown
 * @param truncated whether part of it is missing
 * @param uptimeNanos the largest {@code elapsed=} of its threads, or -1: a clock that needs no zone
 * @param threads number of threads read
 */
public record DumpInfo(
        String source,
        int line,
        String format,
        @Nullable LocalDateTime takenAt,
        @Nullable ZoneOffset offset,
        @Nullable String runtime,
        @Nullable Long pid,
        Set<Visible> visible,
        boolean truncated,
        long uptimeNanos,
        int threads) {

    /** {@code 21.0.12.1+1-1-deb13u1-Debian}, or the same in brackets behind the name of the JVM. */
    private static final Pattern VERSION = Pattern.compile("(?:^|\\()(\\d{1,3})[.+\\-]");
    /** Until JDK 8 HotSpot counted for itself: {@code 25.392-b08} is of JDK 8, {@code 20.45-b01} of JDK 6. */
    private static final Pattern OWN_VERSION = Pattern.compile("(?:^|\\()(\\d{2})\\.\\d+-b\\d+");

    public DumpInfo {
        Set<Visible> sorted = EnumSet.noneOf(Visible.class);
        sorted.addAll(visible);
        visible = Collections.unmodifiableSet(sorted);
    }

    public boolean shows(Visible fact) {
        return visible.contains(fact);
    }

    /**
     * Whether it shows all threads at one instant. {@code Thread.dump_to_file} walks them one after the other, over some hundred
     * milliseconds, and two of its facts may contradict.
     */
    public boolean isOfOneInstant() {
        return !format.startsWith("dump-");
    }

    /** Major version of the JVM, 0 if it is not told. */
    public int javaVersion() {
        String text = runtime == null ? "" : runtime;
        Matcher own = OWN_VERSION.matcher(text);
        if (own.find()) {
            int hotSpot = Integer.parseInt(own.group(1));
            return hotSpot >= 25 ? 8 : hotSpot > 20 ? 7 : 6;
        }
        Matcher version = VERSION.matcher(text);
        return version.find() ? Integer.parseInt(version.group(1)) : 0;
    }

    /** The same dump, its time told as local time of a zone with this offset. */
    public DumpInfo inZone(ZoneOffset zone) {
        ZoneOffset from = offset == null ? zone : offset;
        LocalDateTime local = takenAt == null
                ? null
                : takenAt.atOffset(from).withOffsetSameInstant(zone).toLocalDateTime();
        return new DumpInfo(source, line, format, local, zone, runtime, pid, visible, truncated, uptimeNanos, threads);
    }

    /** Whether the JVM stood still while it was taken; what {@code Thread.dump_to_file} writes shows one thread after the other. */
    public boolean isSnapshot() {
        return !format.startsWith("dump-");
    }

    /** Whether it was made of a heap dump, which is taken for many reasons, and tells neither CPU times nor who holds a monitor. */
    public boolean isOfHeap() {
        return format.equals("heap-dump");
    }

    /** Whether both tell of what stands at one place of the inputs, their times perhaps in different zones. */
    public boolean isOfSamePlace(DumpInfo other) {
        return source.equals(other.source) && line == other.line;
    }

    /** Time from this dump to a later one, from the threads' own clocks if both have them, else from the printed times. */
    public Optional<Duration> until(DumpInfo later) {
        if (uptimeNanos >= 0 && later.uptimeNanos >= 0) {
            return Optional.of(Duration.ofNanos(later.uptimeNanos - uptimeNanos));
        }
        if (takenAt != null && later.takenAt != null) {
            return Optional.of(Duration.between(takenAt, later.takenAt));
        }
        return Optional.empty();
    }
}
