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

    /** Whether absence of such events means something. */
    public boolean isRecorded() {
        return kind == Kind.SILENT || kind == Kind.PRESENT;
    }

    /** Together with that of a later part, with the same settings. */
    public EventState with(EventState later) {
        Kind most = kind.compareTo(later.kind) > 0 ? kind : later.kind;
        return new EventState(most, count + later.count, later.threshold);
    }

    public static final EventState UNKNOWN = new EventState(Kind.NOT_RECORDED, 0, Duration.ZERO);
}
