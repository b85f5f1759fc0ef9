package dev.whyhung.diagnose.view;

import dev.whyhung.model.ThreadId;
import dev.whyhung.model.ThreadSnapshot;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A line of the thread table.
 *
 * @param thread the thread as the dump shows it
 * @param role its role, {@code REQUEST}, or {@code OTHER}
 * @param pool the pool it works for, or null
 * @param container the executor or scope that it belongs to, where the dump tells, or null
 * @param openedBy the thread that opened that scope, or null
 * @param activity what it is doing, judged
 * @param waitsFor what it waits for, or null
 * @param heldBy who holds that, or null
 * @param where the application frame it stands at, or null
 * @param stackGroup index into the stack groups, or -1 for a thread without frames
 * @param resource index of what it waits for among the inventory's resources, or -1
 * @param holds indexes of those that it holds
 * @param unchanged for how long it is known to have stood like this; zero if that is not known
 */
public record ThreadRow(
        ThreadSnapshot thread,
        String role,
        @Nullable String pool,
        @Nullable String container,
        @Nullable ThreadId openedBy,
        Activity activity,
        @Nullable String waitsFor,
        @Nullable String heldBy,
        @Nullable String where,
        int stackGroup,
        int resource,
        List<Integer> holds,
        Duration unchanged) {

    public ThreadRow {
        holds = List.copyOf(holds);
    }

    /** What a thread is doing. */
    public enum Activity {
        /** Waits, and nothing says that it will go on. */
        STUCK,
        /** Waits, but has moved between dumps. */
        WAITING,
        RUNNING,
        /** A virtual thread that could run and has no carrier. */
        SCHEDULED,
        /** Waits for work, as it should. */
        IDLE,
        /** A consumer at rest, a throttle, a keep-alive: neither idle worker nor stuck. */
        PASSIVE,
        /** A thread of the JVM. */
        JVM;

        /** Whether it does what it should while there is nothing to do. */
        public boolean isRest() {
            return this == IDLE || this == PASSIVE || this == JVM;
        }
    }
}
