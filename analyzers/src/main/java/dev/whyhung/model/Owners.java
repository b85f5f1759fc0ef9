package dev.whyhung.model;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who holds what in one dump, as printed. Precedence: a monitor's {@code locked} line and the list of owned synchronizers, then
 * the JVM's deadlock section, which names threads only by name and therefore counts only where that name is unique.
 */
public final class Owners {

    private final Map<LockRef, ThreadId> byLock = new HashMap<>();
    private final Map<LockRef, ThreadRef> ended;

    private Owners(Map<LockRef, ThreadRef> ended) {
        this.ended = ended;
    }

    public static Owners of(ThreadDump dump) {
        Owners owners = new Owners(dump.endedOwners());
        for (ThreadSnapshot thread : dump.threads()) {
            for (LockMention mention : thread.locks()) {
                if (ThreadSnapshot.isOwned(mention.kind())) {
                    owners.byLock.putIfAbsent(mention.lock(), thread.id());
                }
            }
        }
        owners.addPrintedDeadlocks(dump);
        return owners;
    }

    private void addPrintedDeadlocks(ThreadDump dump) {
        if (dump.printedDeadlocks().isEmpty()) {
            return;
        }
        Map<String, ThreadId> byName = uniqueNames(dump);
        for (PrintedDeadlock entry : dump.printedDeadlocks()) {
            ThreadId holder = byName.get(entry.holder());
            if (holder != null && holder.value() != AMBIGUOUS.value()) {
                byLock.putIfAbsent(entry.lock(), holder);
            }
        }
    }

    private static final ThreadId AMBIGUOUS = new ThreadId(Long.MIN_VALUE);

    private static Map<String, ThreadId> uniqueNames(ThreadDump dump) {
        Map<String, ThreadId> names = new HashMap<>();
        for (ThreadSnapshot thread : dump.threads()) {
            names.merge(thread.name(), thread.id(), (one, other) -> AMBIGUOUS);
        }
        return names;
    }

    /** The thread that owned this lock to its end, or null if none is printed. */
    public @Nullable ThreadRef ended(LockRef lock) {
        return ended.get(lock);
    }

    /** The thread that holds this object, or null if none is printed. */
    public @Nullable ThreadId of(LockRef lock) {
        return lock.isIdentified() ? byLock.get(lock) : null;
    }
}
