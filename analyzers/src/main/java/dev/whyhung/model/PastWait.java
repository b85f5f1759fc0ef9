package dev.whyhung.model;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A wait that ended.
 *
 * @param subject class of the lock or monitor, {@code host:port} of the peer, path of the file; or empty
 * @param other the monitor's previous owner, or who notified it, where recorded
 * @param timed whether the wait had a limit
 * @param vain whether it ended by its limit, without what was waited for
 */
public record PastWait(
        Kind kind,
        String subject,
        ThreadRef thread,
        Instant start,
        Duration length,
        CallStack stack,
        @Nullable ThreadRef other,
        boolean timed,
        boolean vain) {

    /** The events that are waits. */
    public enum Kind {
        PARK,
        MONITOR_ENTER,
        MONITOR_WAIT,
        SLEEP,
        SOCKET_READ,
        SOCKET_WRITE,
        FILE,
        /** A virtual thread that kept its carrier while it waited; the subject is the reason, where recorded. */
        PINNED
    }

    public Instant end() {
        return start.plus(length);
    }
}
