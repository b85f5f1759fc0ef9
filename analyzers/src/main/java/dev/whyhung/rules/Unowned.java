package dev.whyhung.rules;

import dev.whyhung.graph.Facts;
import dev.whyhung.graph.holder.ReadWriteLock;
import dev.whyhung.graph.thread.Holder;
import dev.whyhung.graph.thread.Persistence;
import dev.whyhung.graph.thread.Resource;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.graph.thread.Wait;
import dev.whyhung.knowledge.SynchronizerKind;
import dev.whyhung.model.Visible;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Something whose holders no dump records, with threads stuck behind it.
 *
 * @param waiters the threads that wait for it and are stuck, by id
 * @param holders live threads that may hold it, by id; empty if nobody is left to give it back
 */
record Unowned(Resource resource, List<ThreadFacts> waiters, List<ThreadFacts> holders) {

    /** Semaphores and stamped locks. */
    static List<Unowned> permits(Facts facts) {
        return all(facts, resource -> resource.kind() == Resource.Kind.PERMITS);
    }

    /** Read-write locks that a writer waits for and no thread is printed as owning: somebody reads, or did. */
    static List<Unowned> readLocks(Facts facts) {
        return all(
                facts,
                resource -> isReadWrite(facts, resource)
                        && !isWritten(facts, resource)
                        && facts.graph().waiters(resource).stream().anyMatch(ReadWriteLock::wantsToWrite));
    }

    /** By a thread whose code tells that it took the write lock. */
    private static boolean isWritten(Facts facts, Resource resource) {
        return !facts.graph().holder(resource).holders().isEmpty()
                && !facts.graph().isShared(resource);
    }

    static boolean isReadWrite(Facts facts, Resource resource) {
        return resource.kind() == Resource.Kind.SYNCHRONIZER
                && facts.knowledge().kindOf(resource.className()) == SynchronizerKind.READ_WRITE;
    }

    static boolean needsNoOwner(Facts facts, Resource resource) {
        return facts.graph().holder(resource) instanceof Holder.NeedNotTell;
    }

    private static List<Unowned> all(Facts facts, Predicate<Resource> wanted) {
        return facts.graph().resources().stream()
                .filter(wanted)
                .flatMap(resource -> of(facts, resource).stream())
                .toList();
    }

    /** This thing, unless its holder is printed or nobody is stuck behind it. */
    static Optional<Unowned> of(Facts facts, Resource resource) {
        Holder holder = facts.graph().holder(resource);
        if (holder instanceof Holder.Known) {
            return Optional.empty();
        }
        List<ThreadFacts> waiters = facts.graph().stuckWaiters(resource);
        return waiters.isEmpty() ? Optional.empty() : Optional.of(new Unowned(resource, waiters, holder.holders()));
    }

    boolean isAbandoned() {
        return holders.isEmpty();
    }

    /** The holders that wait for something themselves and were not seen to move. */
    List<ThreadFacts> blockedHolders() {
        return holders.stream().filter(Unowned::isBlocked).toList();
    }

    private static boolean isBlocked(ThreadFacts thread) {
        return thread.waitsFor().kind() != Wait.Kind.NONE
                && thread.persistence().kind() != Persistence.Kind.PROGRESS;
    }

    /** Whether a holder waits for one of these waiters in turn: a knot, which is a fault of its own. */
    boolean isInKnot(Set<ThreadFacts> knotted) {
        return holders.stream().anyMatch(knotted::contains);
    }

    /** Enough to speak of: a crowd, a wait that lasts, or both. */
    boolean matters() {
        return waiters.size() >= 2 || Facts.strongest(waiters).isMeasured();
    }

    /**
     * Confidence in "nobody is left", which is a conclusion from absence: worth little where threads are missing from the dump.
     */
    static double ofAbsence(Facts facts, double confidence) {
        if (facts.dump().truncated()) {
            return Math.min(confidence, .35);
        }
        boolean hidden = facts.usesVirtualThreads() && !facts.shows(Visible.UNMOUNTED_VIRTUAL_THREADS);
        return hidden ? Math.min(confidence, .2) : confidence;
    }
}
