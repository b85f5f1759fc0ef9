package dev.whyhung.diagnose.chronicle;

import dev.whyhung.model.Recording.ThrownCount;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happened over time, as plain data for a picture and for a table.
 *
 * @param from begin of the first recording
 * @param to end of the last recording, or the last dump if that is later
 * @param onset when the service stopped, or null if that is not known
 * @param recordings how many recordings this is from
 * @param series numbers over time
 * @param marks what happened, in time order
 * @param exceptions how often and when exceptions and errors were created, by class; most first
 * @param samples whose code ran, by role; the time that matters most first, empty where nothing was sampled
 */
public record Chronicle(
        Instant from,
        Instant to,
        @Nullable Instant onset,
        int recordings,
        List<Series> series,
        List<Mark> marks,
        List<ThrownCount> exceptions,
        List<RoleSamples> samples) {

    public Chronicle {
        series = List.copyOf(series);
        marks = List.copyOf(marks);
        exceptions = List.copyOf(exceptions);
        samples = List.copyOf(samples);
    }

    /**
     * A number over time.
     *
     * @param id a stable name: {@code cpu}, {@code machine}, {@code threads}, {@code exceptions}, {@code gc}, {@code blocked},
     *     {@code parked}
     * @param title the same for people, with the unit
     */
    public record Series(String id, String title, List<Point> points) {

        public Series {
            points = List.copyOf(points);
        }
    }

    /** A value at a time. */
    public record Point(Instant at, double value) {}

    /** Something that happened at a time; {@code finding} is the id of the finding that it belongs to, or null. */
    public record Mark(
            Instant at, Kind kind, String text, @Nullable String finding) {

        /** What it is. */
        public enum Kind {
            ONSET,
            DUMP,
            DEATH,
            SHUTDOWN,
            GAP,
            FINDING
        }
    }
}
