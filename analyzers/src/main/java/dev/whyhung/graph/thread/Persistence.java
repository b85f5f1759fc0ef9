package dev.whyhung.graph.thread;

import java.time.Duration;

/**
 * How long a wait is known to have lasted without change.
 *
 * @param kind measured over several dumps, seen once, or seen to move
 * @param span time between the first and the last dump that show the same wait; zero unless measured
 * @param mayEnd whether it is a pause, which ends by itself and may begin anew: who looks seldom sees it again
 */
public record Persistence(Kind kind, Duration span, boolean mayEnd) {

    /** The kinds, named as in the JSON report when lower-cased. */
    public enum Kind {
        MEASURED,
        SINGLE,
        PROGRESS
    }

    public static final Persistence SINGLE = new Persistence(Kind.SINGLE, Duration.ZERO, false);
    public static final Persistence PROGRESS = new Persistence(Kind.PROGRESS, Duration.ZERO, false);

    public static Persistence measured(Duration span) {
        return new Persistence(Kind.MEASURED, span, false);
    }

    /** The same for a sleep, or a wait for anything with a limit. */
    public Persistence ofPause() {
        return new Persistence(kind, span, true);
    }

    /** The same for what cannot have ended since it began: threads that moved before have got there since the dump before. */
    public Persistence sinceItBegan() {
        return kind == Kind.PROGRESS ? SINGLE : this;
    }

    public boolean isMeasured() {
        return kind == Kind.MEASURED;
    }

    /** The factor of the score: 1 from five seconds on, .9 below, .8 for a single dump, .7 for a pause, measured or not, .3 for what moves. */
    public double permanence() {
        return switch (kind) {
            case MEASURED -> mayEnd ? .7 : span.compareTo(Duration.ofSeconds(5)) >= 0 ? 1 : .9;
            case SINGLE -> mayEnd ? .7 : .8;
            case PROGRESS -> .3;
        };
    }
}
