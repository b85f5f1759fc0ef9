package dev.whyhung.graph.thread;

import java.time.Duration;

/**
 * A thread has burnt CPU at the same place in every dump of a while. Whether it gets on there, no dump can tell.
 *
 * @param span time between the first and the last of these dumps
 * @param dumps their number; 1 if a recording tells of the time before
 * @param share the least share of one core that it used between two of them, 0 to 1
 * @param kind what it was seen to do there in all of them
 */
public record Spin(Duration span, int dumps, double share, Kind kind) {

    /** What the frames above the application's tell. */
    public enum Kind {
        /** A loop that yields, or parks or sleeps for moments. */
        WAITING,
        /** Code that is known to run in circles. */
        ENDLESS,
        OTHER
    }
}
