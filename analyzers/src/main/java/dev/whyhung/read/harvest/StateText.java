package dev.whyhung.read.harvest;

import dev.whyhung.model.ThreadStatus;

/** The status of a thread by the text behind {@code java.lang.Thread.State: }. */
public final class StateText {

    private StateText() {}

    public static ThreadStatus statusOf(String text) {
        boolean onMonitor = text.endsWith("(on object monitor)");
        if (text.startsWith("TIMED_WAITING")) {
            return onMonitor
                    ? ThreadStatus.IN_OBJECT_WAIT_TIMED
                    : text.endsWith("(sleeping)") ? ThreadStatus.SLEEPING : ThreadStatus.PARKED_TIMED;
        }
        if (text.startsWith("WAITING")) {
            return onMonitor ? ThreadStatus.IN_OBJECT_WAIT : ThreadStatus.PARKED;
        }
        if (text.startsWith("BLOCKED")) {
            return ThreadStatus.BLOCKED_ON_MONITOR_ENTER;
        }
        return text.startsWith("RUNNABLE")
                ? ThreadStatus.RUNNABLE
                : text.startsWith("NEW")
                        ? ThreadStatus.NEW
                        : text.startsWith("TERMINATED") ? ThreadStatus.TERMINATED : ThreadStatus.UNKNOWN;
    }
}
