package dev.whyhung.model;

import java.time.Duration;

/**
 * What became of an event type in a recording.
 *
 * @param kind whether it could have been recorded, and was
 * @param count events in the parts that could be read
 * @param threshold shorter ones were not recorded; zero where there is none
 */
public record EventState(Kind kind, long count, Duration threshold) {

    /** From the least to the most. */
    public enum Kind {
        /** This JVM has no such event, or the settings do not name it. */
        NOT_RECORDED,
        DISABLED,
        /** Enabled, and there was none. */
        SILENT,
        PRESENT
    }

    public static final EventState UNKNOWN = new EventState(Kind.NOT_RECORDED, 0, Duration.ZERO);
}
