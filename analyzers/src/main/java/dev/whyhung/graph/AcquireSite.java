package dev.whyhung.graph;

import dev.whyhung.model.Frame;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The code that acquires a lock: the first frame of a waiter that is not part of the lock itself, and that frame's caller, in case
 * the first is a helper that only locks.
 */
public final class AcquireSite {

    private static final int MOST_WAITERS = 64;

    private AcquireSite() {}

    /** The frame of this waiter that called the lock or entered the monitor; empty for a stack without such. */
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
     * Whether a thread stands in the component that these waiters lock: in the class that acquires, in the method that calls the
     * acquiring one, or, where that is a helper that only locks, in the class which calls it.
     */
    public static boolean isInside(ThreadFacts thread, Collection<ThreadFacts> waiters) {
        Set<String> classes = new HashSet<>();
        Set<String> methods = new HashSet<>();
        waiters.stream().limit(MOST_WAITERS).map(AcquireSite::of).forEach(site -> {
            if (!site.isEmpty()) {
                classes.add(site.get(0).className());
            }
            if (site.size() > 1 && isTelling(site.get(1))) {
                methods.add(site.get(1).qualifiedMethod());
                if (LOCKING.matcher(site.get(0).method()).find()) {
                    classes.add(site.get(1).className());
                }
            }
        });
        return thread.thread().stack().frames().stream()
                .filter(AcquireSite::isTelling)
                .anyMatch(frame -> classes.contains(frame.className()) || methods.contains(frame.qualifiedMethod()));
    }

    private static final Pattern LOCKING =
            Pattern.compile("lock|acquire|enter|guard|mutex|begin", Pattern.CASE_INSENSITIVE);

    /** The JDK at the bottom of every stack, and lambdas of whoever started the threads, say nothing about a component. */
    private static boolean isTelling(Frame frame) {
        String name = frame.className();
        return !name.startsWith("java.")
                && !name.startsWith("jdk.")
                && !name.startsWith("sun.")
                && !name.endsWith("$$Lambda")
                && !frame.method().equals("main");
    }
}
