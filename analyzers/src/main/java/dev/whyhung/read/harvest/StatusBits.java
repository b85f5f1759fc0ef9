package dev.whyhung.read.harvest;

import dev.whyhung.model.ThreadStatus;

/** The status of a thread as HotSpot keeps it in the thread's object. */
public final class StatusBits {

    private StatusBits() {}

    public static ThreadStatus statusOf(long bits) {
        boolean timed = (bits & 0x20) != 0;
        if ((bits & 0x400) != 0) {
            return ThreadStatus.BLOCKED_ON_MONITOR_ENTER;
        }
        if ((bits & 0x40) != 0) {
            return ThreadStatus.SLEEPING;
        }
        if ((bits & 0x200) != 0) {
            return timed ? ThreadStatus.PARKED_TIMED : ThreadStatus.PARKED;
        }
        if ((bits & 0x100) != 0) {
            return timed ? ThreadStatus.IN_OBJECT_WAIT_TIMED : ThreadStatus.IN_OBJECT_WAIT;
        }
        return (bits & 4) != 0 ? ThreadStatus.RUNNABLE : (bits & 2) != 0 ? ThreadStatus.TERMINATED : ThreadStatus.NEW;
    }
}
