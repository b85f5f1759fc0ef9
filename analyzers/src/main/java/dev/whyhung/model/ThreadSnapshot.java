package dev.whyhung.model;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A thread as one dump shows it.
 *
 * @param id the thread's id in its process
 * @param name its name as printed, hostile until a renderer has cleaned it; names repeat
 * @param kind platform, virtual, or a thread of the JVM itself without Java frames
 * @param daemon whether the header says so
 * @param status what it is doing
 * @param stack its frames
 * @param locks lock lines, top of stack first, owned synchronizers last
 * @param cpuNanos CPU time used since its start, or -1 where the format prints none
 * @param elapsedNanos time since its start, or -1
 * @param source the input that its line counts in, where that is not the dump's own: two dumps taken together make one
 * @param line line of its header in the source, from 1
 * @param container the executor or scope that it belongs to, where the format tells
 * @param address where the JVM keeps the thread, the same all its life and hardly ever the same in another process; 0 if not printed
 * @param mount for a carrier the virtual thread that it carries, for a mounted virtual thread its carrier; else null
 */
public record ThreadSnapshot(
        ThreadId id,
        String name,
        Kind kind,
        boolean daemon,
        ThreadStatus status,
        CallStack stack,
        List<LockMention> locks,
        long cpuNanos,
        long elapsedNanos,
        @Nullable String source,
        int line,
        long address,
        @Nullable ThreadContainer container,
        @Nullable ThreadId mount) {

    /** What sort of thread it is. */
    public enum Kind {
        PLATFORM,
        /** A platform thread that carries a mounted virtual thread. */
        CARRIER,
        VIRTUAL,
        VM
    }

    public ThreadSnapshot {
        locks = List.copyOf(locks);
    }

    /** Whether it is a task of a scope that this thread has opened. */
    public boolean isOfScopeOf(ThreadId owner) {
        return container != null && owner.equals(container.owner());
    }

    public boolean isVirtual() {
        return kind == Kind.VIRTUAL;
    }

    /** The one thing that this thread waits for, if a line names it. */
    public Optional<LockMention> blocker() {
        return locks.stream().filter(mention -> isWait(mention.kind())).findFirst();
    }

    /** The identity hash code of the blocker, which it keeps for life, or 0 where the format prints none. */
    public int blockerHash() {
        return blocker()
                .map(LockMention::lock)
                .filter(LockRef::isLasting)
                .map(lock -> (int) lock.address())
                .orElse(0);
    }

    /** The address of the blocker, or 0 where the format prints none. */
    public long blockerAddress() {
        for (LockMention mention : locks) {
            if (isWait(mention.kind())) {
                return mention.lock().space() == LockRef.Space.ADDRESS
                        ? mention.lock().address()
                        : 0;
            }
        }
        return 0;
    }

    /** The monitors that it holds, where the format prints their identity hash codes. */
    public List<LockMention> lastingMonitors() {
        return locks.stream()
                .filter(mention -> mention.kind() == LockMention.Kind.LOCKED
                        && mention.lock().isLasting())
                .toList();
    }

    /** The monitors that it holds, by what tells them from others in the next dump: addresses do where no CPU times are printed. */
    public List<LockMention> comparableMonitors() {
        return cpuNanos >= 0
                ? lastingMonitors()
                : locks.stream()
                        .filter(mention -> mention.kind() == LockMention.Kind.LOCKED
                                && mention.lock().isIdentified())
                        .toList();
    }

    /** The class of the blocker, or empty: with the stack, what tells "still the same wait" across dumps. */
    public String blockerClass() {
        for (LockMention mention : locks) {
            if (isWait(mention.kind())) {
                return mention.lock().className();
            }
        }
        return "";
    }

    /** Monitors and synchronizers that the dump prints as held by this thread. */
    public Stream<LockMention> owned() {
        return locks.stream().filter(mention -> isOwned(mention.kind()));
    }

    public static boolean isOwned(LockMention.Kind kind) {
        return kind == LockMention.Kind.LOCKED || kind == LockMention.Kind.OWNED_SYNCHRONIZER;
    }

    private static boolean isWait(LockMention.Kind kind) {
        return !isOwned(kind);
    }
}
