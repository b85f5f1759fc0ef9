package dev.whyhung.rules;

import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.AcquireSite;
import dev.whyhung.graph.thread.Holder;
import dev.whyhung.graph.thread.Persistence;
import dev.whyhung.graph.thread.Resource;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.graph.time.LockHistory;
import dev.whyhung.model.Frame;
import dev.whyhung.model.Sighting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A monitor or lock with one known holder and somebody stuck behind it.
 *
 * @param waiters the threads that wait for it directly and are stuck, by id
 * @param isPrinted whether the JVM printed the holder
 * @param unchanged for how long nobody got it, as a recording tells; zero if none does
 * @param isPassedOn whether somebody got it just before the dump, or after turns of this length, as a recording tells
 */
record HeldLock(
        Resource resource,
        ThreadFacts owner,
        List<ThreadFacts> waiters,
        boolean isPrinted,
        Duration unchanged,
        boolean isPassedOn) {

    private static final Duration LONG = Duration.ofSeconds(10);

    static List<HeldLock> all(Facts facts) {
        List<HeldLock> all = new ArrayList<>();
        for (Resource resource : facts.graph().resources()) {
            Holder holder = facts.graph().holder(resource);
            List<ThreadFacts> waiters = facts.graph().stuckWaiters(resource);
            if (holder.holders().size() == 1 && !waiters.isEmpty() && isLock(facts, resource)) {
                LockHistory history = facts.recorded().history(resource, waiters);
                HeldLock held = new HeldLock(
                        resource,
                        holder.holders().get(0),
                        waiters,
                        holder instanceof Holder.Known,
                        history.unchanged(),
                        !stood(facts, waiters) && changesHands(history));
                all.add(held.isRefuted(facts) ? held.notMeasured() : held);
            }
        }
        return all;
    }

    /** Whether one thread at a time has it, and it is not the monitor of the exit, which has a rule of its own. */
    private static boolean isLock(Facts facts, Resource resource) {
        boolean monitor = resource.kind() == Resource.Kind.MONITOR
                && facts.graph().waiters(resource).stream().noneMatch(ShutdownDeadlock::wantsToExit);
        return (monitor || resource.kind() == Resource.Kind.SYNCHRONIZER)
                && !facts.graph().isShared(resource);
    }

    /** The locks which another thread than today's holder had in the dump before. */
    static Set<Resource> passedOn(Facts facts) {
        return all(facts).stream()
                .filter(held -> held.formerHolder(facts) == FormerHolder.ANOTHER)
                .map(HeldLock::resource)
                .collect(Collectors.toSet());
    }

    private static boolean changesHands(LockHistory history) {
        return history.isPassedOn() || history.mayBeInTurn();
    }

    /** Whether several dumps show that one of them has stood there: then what a recording tells is of another lock of the class. */
    private static boolean stood(Facts facts, List<ThreadFacts> waiters) {
        return waiters.stream()
                .filter(waiter -> waiter.persistence().isMeasured())
                .anyMatch(waiter -> seenBefore(facts, waiter)
                        .filter(sighting -> !sighting.blockerClass().isEmpty())
                        .isPresent());
    }

    /** Whether the dump before, which is not as old as that, shows another holder. */
    private boolean isRefuted(Facts facts) {
        return formerHolder(facts) == FormerHolder.ANOTHER
                && facts.evidence().earlier().stream()
                        .findFirst()
                        .flatMap(trace -> trace.info().until(facts.dump()))
                        .filter(since -> since.compareTo(unchanged) > 0)
                        .isEmpty();
    }

    private HeldLock notMeasured() {
        return new HeldLock(resource, owner, waiters, isPrinted, Duration.ZERO, isPassedOn);
    }

    boolean isSynchronizer() {
        return resource.kind() == Resource.Kind.SYNCHRONIZER;
    }

    /** Whether the JDK takes it around a question to the system, such as a name lookup: what it waits for is to blame. */
    boolean isOfSystem(Facts facts) {
        return AcquireSite.of(waiters.get(0)).stream()
                .limit(1)
                .anyMatch(frame -> facts.knowledge().isAmong("system-lock", frame));
    }

    /** Whether code of the JDK takes it: that leaves none behind. */
    boolean isOfJdk() {
        return waiters.stream()
                .flatMap(waiter -> AcquireSite.of(waiter).stream().limit(1))
                .anyMatch(Frame::isOfJdk);
    }

    /**
     * That of the holder; or, where it sleeps and tries anew all the while, that of the lock; or, where none of those who wait has done
     * so for more than a moment, the lock changes hands.
     */
    Persistence persistence() {
        if (isPassedOn) {
            return Persistence.PROGRESS;
        }
        if (unchanged.compareTo(LONG) >= 0
                && !(owner.persistence().isMeasured() && !owner.persistence().mayEnd())) {
            return Persistence.measured(unchanged);
        }
        boolean all = waiters.stream().allMatch(waiter -> waiter.persistence().kind() == Persistence.Kind.PROGRESS);
        return all && !owner.persistence().isMeasured() ? Persistence.PROGRESS : owner.persistence();
    }

    /** Whom the dump before this one prints as the holder, for one of today's waiters. */
    enum FormerHolder {
        SAME,
        ANOTHER,
        UNKNOWN
    }

    FormerHolder formerHolder(Facts facts) {
        boolean other = false;
        for (ThreadFacts waiter : waiters) {
            Sighting sighting = seenBefore(facts, waiter).orElse(null);
            if (sighting != null
                    && sighting.holder() != null
                    && sighting.blockerClass().equals(resource.className())) {
                if (sighting.holder().equals(owner.id())) {
                    return FormerHolder.SAME;
                }
                other = true;
            }
        }
        return other ? FormerHolder.ANOTHER : FormerHolder.UNKNOWN;
    }

    /** The holder in the dump before this one, if it was printed as that already. */
    Optional<Sighting> holderBefore(Facts facts) {
        return formerHolder(facts) == FormerHolder.SAME ? seenBefore(facts, owner) : Optional.empty();
    }

    /** In the latest dump that has it: not all show virtual threads. */
    private static Optional<Sighting> seenBefore(Facts facts, ThreadFacts thread) {
        return facts.evidence().earlier().stream()
                .map(trace -> trace.of(thread.id()))
                .filter(Objects::nonNull)
                .findFirst();
    }

    /** How many of the waiters waited for a lock of this class in the dump before this one. */
    long waitedBefore(Facts facts) {
        return waiters.stream()
                .flatMap(waiter -> seenBefore(facts, waiter).stream())
                .filter(sighting -> sighting.blockerClass().equals(resource.className()))
                .count();
    }
}
