package dev.whyhung.model;

/** What a thread is doing, in HotSpot's own words ({@code java.lang.Thread.State} refined by the text in brackets). */
public enum ThreadStatus {
    NEW,
    RUNNABLE,
    /**
     * Header {@code in Object.wait()} with state RUNNABLE: the contradiction by which HotSpot prints a thread that waits until
     * another thread has initialised a class.
     */
    RUNNABLE_IN_OBJECT_WAIT,
    SLEEPING,
    IN_OBJECT_WAIT,
    IN_OBJECT_WAIT_TIMED,
    PARKED,
    PARKED_TIMED,
    BLOCKED_ON_MONITOR_ENTER,
    TERMINATED,
    UNKNOWN;

    public boolean isTimed() {
        return this == SLEEPING || this == IN_OBJECT_WAIT_TIMED || this == PARKED_TIMED;
    }

    public boolean isParked() {
        return this == PARKED || this == PARKED_TIMED;
    }

    public boolean isInObjectWait() {
        return this == IN_OBJECT_WAIT || this == IN_OBJECT_WAIT_TIMED;
    }
}
