package dev.whyhung.graph.thread;

import dev.whyhung.model.CallStack;
import dev.whyhung.model.Frame;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The code that acquires a lock: the first frame of a waiter that is not part of the lock itself, and the caller, in case the first is
 * a helper that only locks.
 */
public final class AcquireSite {

    private static final Set<String> SYNCHRONIZERS = Set.of(
            "java.util.concurrent.Semaphore",
            "java.util.concurrent.CountDownLatch",
            "java.util.concurrent.CyclicBarrier",
            "java.util.concurrent.Phaser",
            "java.util.concurrent.Exchanger",
            "java.util.concurrent.CompletableFuture",
            "java.util.concurrent.FutureTask",
            "java.util.concurrent.ForkJoinPool");
    private static final Pattern LOCKING =
            Pattern.compile("lock|acquire|enter|guard|mutex|begin", Pattern.CASE_INSENSITIVE);

    private AcquireSite() {}

    /** The frame of this waiter that called the lock or entered the monitor, and its caller; empty for a stack without such. */
    public static List<Frame> of(ThreadFacts waiter) {
        return of(waiter.thread().stack());
    }

    private static List<Frame> of(CallStack stack) {
        List<Frame> site = new ArrayList<>(2);
        List<Frame> frames = stack.frames();
        for (int i = 0; i < frames.size(); i++) {
            Frame frame = frames.get(i);
            if (site.isEmpty() ? !isLockCode(frame) && !isQueueOfLoans(frames, i) : !isSameHelper(site.get(0), frame)) {
                site.add(frame);
            }
            if (site.size() == 2) {
                break;
            }
        }
        return site;
    }

    /** The method that holds what it acquires: the first of these frames, or the caller of one that only locks. */
    public static Optional<Frame> section(CallStack waiting) {
        List<Frame> site = of(waiting);
        boolean helper = site.size() == 2 && onlyLocks(site.get(0));
        return site.isEmpty() ? Optional.empty() : Optional.of(site.get(helper ? 1 : 0));
    }

    /** Whether a thread is in the very method in which this one waits for a lock, be it one of the JDK. */
    public static boolean sharesSection(ThreadFacts thread, ThreadFacts waiter) {
        return sections(waiter)
                .anyMatch(section -> thread.thread().stack().frames().stream()
                        .anyMatch(frame -> frame.qualifiedMethod().equals(section.qualifiedMethod())));
    }

    /** Beside the section, the caller of a method of the lock itself, whatever its name: of the class in which the lock's is nested. */
    private static Stream<Frame> sections(ThreadFacts waiter) {
        List<Frame> site = of(waiter);
        boolean own = site.size() == 2
                && waiter.thread().blockerClass().startsWith(site.get(0).className() + '$');
        return Stream.concat(section(waiter.thread().stack()).stream(), own ? Stream.of(site.get(1)) : Stream.empty());
    }

    private static boolean isLockCode(Frame frame) {
        return frame.className().startsWith("java.util.concurrent.locks.")
                || SYNCHRONIZERS.contains(frame.outerClass())
                || frame.className().endsWith(".Unsafe")
                || frame.className().equals("java.lang.VirtualThread")
                || frame.className().equals("jdk.internal.misc.VirtualThreads")
                || frame.className().startsWith("java.lang.System$")
                || frame.className().equals("java.lang.Object");
    }

    /** Things that a method of the application lends may lie in a queue, which belongs to it as a lock would. */
    private static boolean isQueueOfLoans(List<Frame> frames, int index) {
        int caller = index;
        while (caller < frames.size()
                && QUEUE.matcher(frames.get(caller).className()).matches()) {
            caller++;
        }
        return caller > index
                && caller < frames.size()
                && LENDING.matcher(frames.get(caller).method()).find();
    }

    private static final Pattern QUEUE = Pattern.compile("java\\.util\\.concurrent\\.\\w+(?:Queue|Deque)");
    private static final Pattern LENDING =
            Pattern.compile("borrow|checkout|acquire|lease|getConnection", Pattern.CASE_INSENSITIVE);

    private static boolean isSameHelper(Frame helper, Frame caller) {
        return onlyLocks(helper) && onlyLocks(caller) && caller.className().equals(helper.className());
    }

    /** Whether a method does nothing but lock, by its name. */
    static boolean onlyLocks(Frame frame) {
        return LOCKING.matcher(frame.method()).find();
    }

    /** Whether a thread stands in the component that these waiters lock. */
    public static boolean isInside(ThreadFacts thread, Collection<ThreadFacts> waiters) {
        return inside(waiters).test(thread);
    }

    /** The same for many threads. */
    public static Predicate<ThreadFacts> inside(Collection<ThreadFacts> waiters) {
        Component component = Component.of(waiters);
        return thread -> component.contains(thread.thread().stack());
    }
}
