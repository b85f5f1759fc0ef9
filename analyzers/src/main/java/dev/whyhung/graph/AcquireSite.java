package dev.whyhung.graph;

import dev.whyhung.model.Frame;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The code that acquires a lock: the first frame of a waiter that is not part of the lock itself, and that frame's caller, in case
 * the first is a helper that only locks.
 */
public final class AcquireSite {

    private static final int MOST_WAITERS = 64;

    private AcquireSite() {}

    /** The frame of this waiter that called the lock or entered the monitor; null-free: empty for a stack without such. */
    public static List<Frame> of(ThreadFacts waiter) {
        List<Frame> site = new ArrayList<>(2);
        for (Frame frame : waiter.thread().stack().frames()) {
            if (site.size() == 2) {
                break;
            }
            if (!isLockCode(frame)) {
                site.add(frame);
            }
        }
        return site;
    }

    private static boolean isLockCode(Frame frame) {
        return frame.className().startsWith("java.util.concurrent.locks.")
                || frame.className().endsWith(".Unsafe")
                || frame.className().equals("java.lang.Object");
    }

    /**
     * Whether a thread stands in the component that these waiters lock: in the class that acquires, or in the method that calls
     * the acquiring one.
     */
    public static boolean isInside(ThreadFacts thread, Collection<ThreadFacts> waiters) {
        Set<String> classes = new HashSet<>();
        Set<String> callers = new HashSet<>();
        waiters.stream().limit(MOST_WAITERS).map(AcquireSite::of).forEach(site -> {
            if (!site.isEmpty()) {
                classes.add(site.get(0).className());
            }
            if (site.size() > 1) {
                callers.add(site.get(1).qualifiedMethod());
            }
        });
        callers.removeIf(AcquireSite::isCommonGround);
        return thread.thread().stack().frames().stream()
                .anyMatch(frame -> classes.contains(frame.className()) && !isCommonGround(frame.qualifiedMethod())
                        || callers.contains(frame.qualifiedMethod()));
    }

    /** Frames at the bottom of any stack say nothing about a component. */
    private static boolean isCommonGround(String method) {
        return method.startsWith("java.") || method.startsWith("jdk.") || method.startsWith("sun.");
    }
}
