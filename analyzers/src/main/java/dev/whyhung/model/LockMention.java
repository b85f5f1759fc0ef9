package dev.whyhung.model;

/**
 * One line about a lock in a thread's stack.
 *
 * @param kind what the line says
 * @param depth index of the frame that the line stands under, 0 = top; -1 for owned synchronizers, which name no frame
 * @param lock the object; for {@link Kind#CLASS_INIT} the class that is awaited, with address 0
 */
public record LockMention(Kind kind, int depth, LockRef lock) {

    /** The lines that HotSpot prints. Scalar-replaced ("eliminated") locks are no locks and are not kept. */
    public enum Kind {
        /** {@code - waiting to lock <X>}: wants to enter the monitor. */
        WAITING_TO_LOCK,
        /** {@code - locked <X>}, already cleared of monitors that {@code Object.wait} has released: holds the monitor. */
        LOCKED,
        /** {@code - waiting on <X>}: in {@code Object.wait}. */
        WAITING_ON,
        /** Woken in {@code Object.wait} and wants the monitor again. */
        WAITING_TO_RELOCK,
        /** {@code - parking to wait for <X>}: the park blocker. */
        PARKING,
        /** {@code - waiting on the Class initialization monitor for C}. */
        CLASS_INIT,
        /** Listed under {@code Locked ownable synchronizers}. */
        OWNED_SYNCHRONIZER
    }
}
