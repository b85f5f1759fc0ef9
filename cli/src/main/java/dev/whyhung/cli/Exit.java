package dev.whyhung.cli;

/** How a run ends, gravest first: where several apply, the first one is the exit code. */
enum Exit {
    BUG(70),
    /** By the JVM itself, at Ctrl+C. */
    INTERRUPTED(130),
    USAGE(2),
    NO_USABLE_INPUT(3),
    NOT_WRITTEN(74),
    FINDING(1),
    PARTLY_READ(4),
    DONE(0);

    private final int code;

    Exit(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    /** The graver of the two. */
    Exit or(Exit other) {
        return compareTo(other) <= 0 ? this : other;
    }

    /** This, or the exit of a run that ended with a code. */
    int orCode(int other) {
        for (Exit exit : values()) {
            if (exit == this || exit.code == other) {
                return exit.code;
            }
        }
        return other;
    }
}
