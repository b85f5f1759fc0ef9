package dev.whyhung.diagnose;

import dev.whyhung.model.ThreadSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * A line of the thread table.
 *
 * @param thread the thread as the dump shows it
 * @param role its role, {@code REQUEST}, or {@code OTHER}
 * @param pool the pool it works for, or null
 * @param activity what it is doing, judged
 * @param waitsFor what it waits for, or null
 * @param heldBy who holds that, or null
 * @param where the application frame it stands at, or null
 * @param stackGroup index into the stack groups, or -1 for a thread without frames
 */
public record ThreadRow(
        ThreadSnapshot thread,
        String role,
        @Nullable String pool,
        Activity activity,
        @Nullable String waitsFor,
        @Nullable String heldBy,
        @Nullable String where,
        int stackGroup) {

    /** What a thread is doing. */
    public enum Activity {
        /** Waits, and nothing says that it will go on. */
        STUCK,
        /** Waits, but has moved between dumps. */
        WAITING,
        RUNNING,
        /** Waits for work, as it should. */
        IDLE,
        /** A consumer at rest, a throttle, a keep-alive: neither idle worker nor stuck. */
        PASSIVE,
        /** A thread of the JVM. */
        JVM
    }
}
