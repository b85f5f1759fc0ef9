package dev.whyhung.graph.holder;

import dev.whyhung.graph.thread.Holder;
import dev.whyhung.graph.thread.Resource;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.model.Frame;
import dev.whyhung.model.LockMention;
import dev.whyhung.model.ThreadSnapshot;
import java.util.List;

/**
 * The monitor of a class loader that is not parallel capable. The JVM itself takes it, and prints the waiters as blocked without a line
 * about the lock; who owns the monitor of a loader while it loads a class is printed.
 */
final class ClassLoaderLocks {

    static final Resource UNNAMED = Resource.named(Resource.Kind.MONITOR, "of a class loader");

    private static final double INFERRED = .6;
    private static final int TOP = 3;

    private final List<ThreadFacts> loading;

    ClassLoaderLocks(List<ThreadFacts> threads) {
        loading = threads.stream()
                .filter(thread -> thread.thread().stack().frames().stream().anyMatch(ClassLoaderLocks::loads))
                .filter(thread -> thread.thread().owned().anyMatch(owned -> isOfLoader(owned, thread.thread())))
                .toList();
    }

    /** Whether a thread that is blocked without a lock line loads a class. */
    static boolean isAwaitedBy(ThreadSnapshot thread) {
        return thread.stack().frames().stream().limit(TOP).anyMatch(ClassLoaderLocks::loads);
    }

    private static boolean loads(Frame frame) {
        return frame.method().equals("loadClass")
                || frame.method().equals("loadClassInternal")
                || frame.qualifiedMethod().equals("java.lang.Class.forName0");
    }

    /** Named so, or locked where a class is loaded; there, loaders that are parallel capable lock a plain object for each class. */
    private static boolean isOfLoader(LockMention mention, ThreadSnapshot thread) {
        String lock = mention.lock().className();
        boolean isLockedByLoading = mention.depth() >= 0
                && mention.depth() < thread.stack().depth()
                && thread.stack().frames().get(mention.depth()).method().equals("loadClass")
                && !lock.equals("java.lang.Object");
        return mention.kind() == LockMention.Kind.LOCKED && (lock.endsWith("ClassLoader") || isLockedByLoading);
    }

    Holder holder() {
        return loading.size() == 1
                ? new Holder.Inferred(loading, "is the only thread that owns a class loader while it loads", INFERRED)
                : new Holder.NotShown("the JVM does not print which class loader is awaited");
    }
}
