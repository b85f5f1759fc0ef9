package dev.whyhung.rules;

import dev.whyhung.finding.Finding;
import dev.whyhung.finding.Fix;
import dev.whyhung.finding.Nature;
import dev.whyhung.finding.RuleInfo;
import dev.whyhung.finding.Tier;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.AcquireSite;
import dev.whyhung.graph.thread.Holder;
import dev.whyhung.graph.thread.Persistence;
import dev.whyhung.graph.thread.Resource;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.graph.time.LastOwner;
import dev.whyhung.model.DumpTrace;
import dev.whyhung.model.Sighting;
import dev.whyhung.model.Visible;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A lock that many wait for and no living thread holds. */
final class OrphanedLockDeadOwner implements Rule {

    private static final RuleInfo INFO = RuleInfo.of(
            "orphaned-lock-dead-owner",
            "A lock is waited for, and no thread is left that could release it",
            Nature.OPAQUE);

    private static final int CROWD = 5;
    private static final double CORROBORATED = .1;

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> examine(Facts facts) {
        List<Finding> findings = new ArrayList<>();
        orphans(facts).forEach((lock, waiters) -> {
            if (!LivingOwner.is(facts, lock, waiters)
                    && NestedAcquire.of(facts, lock, waiters).isEmpty()) {
                findings.add(finding(facts, lock, waiters));
            }
        });
        EndedOwner.all(facts).forEach(owner -> findings.add(owner.finding(INFO)));
        return findings;
    }

    /** Locks that nobody is printed as owning, with the threads stuck behind them. */
    static Map<Resource, List<ThreadFacts>> orphans(Facts facts) {
        Map<Resource, List<ThreadFacts>> orphans = new LinkedHashMap<>();
        for (Resource resource : facts.graph().resources()) {
            if (isOwnerless(facts, resource)) {
                List<ThreadFacts> waiters = facts.graph().stuckWaiters(resource);
                boolean lasts = waiters.size() == 1
                        && !Unowned.needsNoOwner(facts, resource)
                        && isOwnerlessForLong(facts, waiters.get(0));
                if ((waiters.size() >= 2 || lasts) && !Handover.seen(facts, resource, waiters)) {
                    orphans.put(resource, waiters);
                }
            }
        }
        return orphans;
    }

    /**
     * A lock that is being handed over has no owner for an instant. One waiter is enough where two dumps with owners, seconds apart, show
     * it behind a lock that nobody owns, and it has not run in between; unless virtual threads, whose locks are not printed, may own it.
     */
    private static boolean isOwnerlessForLong(Facts facts, ThreadFacts waiter) {
        List<DumpTrace> earlier = facts.evidence().earlier();
        if (earlier.isEmpty()
                || !waiter.persistence().isMeasured()
                || waiter.thread().status().isTimed()
                || facts.usesVirtualThreads()
                || facts.mayHideVirtualThreads()
                || !Account.ownersShown(facts)) {
            return false;
        }
        DumpTrace before = earlier.get(0);
        Sighting sighting = before.of(waiter.id());
        return before.info().shows(Visible.SYNCHRONIZER_OWNERS)
                && !before.info().truncated()
                && sighting != null
                && sighting.holder() == null;
    }

    private static boolean isOwnerless(Facts facts, Resource resource) {
        Holder holder = facts.graph().holder(resource);
        if (resource.kind() != Resource.Kind.SYNCHRONIZER || EndedOwner.isPrinted(holder)) {
            return false;
        }
        return Unowned.isReadWrite(facts, resource)
                ? isLeftByWriterOrReader(facts, resource)
                : holder instanceof Holder.Nobody
                        || holder instanceof Holder.NotShown
                        || holder instanceof Holder.NeedNotTell;
    }

    /** Readers are never printed: where writers would be, a lock that nobody is printed to own is kept by a reader, if by anybody. */
    private static boolean isLeftByWriterOrReader(Facts facts, Resource lock) {
        return !Account.ownersShown(facts)
                && Unowned.of(facts, lock)
                        .filter(Unowned::isAbandoned)
                        .filter(unowned -> LockUpgradeSelfDeadlock.Upgrade.of(unowned)
                                .writers()
                                .isEmpty())
                        .isPresent();
    }

    private static Finding finding(Facts facts, Resource lock, List<ThreadFacts> waiters) {
        boolean shown = Account.ownersShown(facts);
        boolean nobody = shown && !Unowned.needsNoOwner(facts, lock);
        String site = Account.acquireSite(waiters);
        Persistence persistence = Handover.persistence(waiters);
        Optional<LastOwner> owner = facts.recorded()
                .lastOwner(lock, waiters)
                .filter(each -> each.death().isPresent()
                        && facts.thread(each.thread().id()).isEmpty());
        Finding.Draft draft = Finding.of(INFO)
                .headline(Account.threadsWait(waiters.size()) + " for " + Account.lock(lock)
                        + owner.map(OrphanedLockDeadOwner::died)
                                .orElse(nobody ? ", which no living thread holds" : "; its owner is not shown"))
                .explanation(explanation(facts, lock, shown, owner))
                .confidence(confidence(facts, lock, waiters, persistence, owner))
                .persistence(persistence)
                .target(lock)
                .resource(lock)
                .site(site)
                .chain(
                        nobody
                                ? "the owner of " + Account.lock(lock) + " ended without unlock()"
                                : "the owner of " + Account.lock(lock) + " is not in this dump, or not printed")
                .chain(Account.threadsWait(waiters.size()) + " for ever" + Account.at(site));
        owner.ifPresent(each -> tell(draft, each));
        Account.showVanished(draft, facts);
        Account.show(draft, facts, waiters, 3);
        if (!shown && waiters.stream().anyMatch(waiter -> !waiter.thread().isVirtual())) {
            draft.captureNext(Account.DUMP_WITH_OWNERS + "   # prints owners of java.util.concurrent locks");
        }
        return draft.fix(Account.unlockInFinally(site))
                .fix(Account.LOCK_WITH_TIMEOUT)
                .fix(Fix.of("Set an uncaught exception handler that logs, so that the death of a thread is seen."))
                .captureNext(
                        "jcmd <pid> GC.heap_dump <file>   # exclusiveOwnerThread of the lock: a terminated thread is the proof")
                .build();
    }

    private static String died(LastOwner owner) {
        String name = owner.thread().quoted();
        return owner.thrown()
                .map(thrown -> ", whose owner " + name + " died of " + thrown.text())
                .orElse("; " + name + " ended at that time, probably its owner");
    }

    /** The culprit with the marks it left: its last exception, its end, the last time that anybody got the lock. */
    private static void tell(Finding.Draft draft, LastOwner owner) {
        draft.culprit(Account.gone(owner.thread(), owner.thrown()));
        owner.death().ifPresent(death -> Account.show(draft, death));
        owner.handover()
                .ifPresent(last -> draft.chain("the last that got the lock after waiting was \""
                        + last.lastThread().name() + "\", at " + Account.time(last.lastEnd())));
        if (owner.isNearProof()) {
            draft.permanent();
        }
    }

    private static String[] explanation(Facts facts, Resource lock, boolean shown, Optional<LastOwner> owner) {
        if (owner.filter(LastOwner::isNearProof).isPresent()) {
            return new String[] {
                "The recording shows that it created this exception inside the code which the lock guards, and ended at once;"
                        + " since then nobody is known to have got the lock.",
                "The JVM releases the monitors of a thread that dies, but not its java.util.concurrent locks.",
                shown ? "No living thread lists the lock as its own." : ""
            };
        }
        if (Unowned.needsNoOwner(facts, lock)) {
            return new String[] {
                "It is taken as a lock is, but its class is no lock of the JDK, and need not tell who owns it.",
                "Its owner may have ended, or have gone back to its pool, without releasing it.",
                "A gate that is shut on purpose, or an office that one thread holds all its life, looks the same."
            };
        }
        if (!shown) {
            return new String[] {
                "This dump was taken without ownable synchronizers, so it does not say who owns the lock.",
                "No thread in it stands inside the code that the lock guards: the owner may have died, or have gone back to"
                        + " its pool, without unlock().",
                Unowned.isReadWrite(facts, lock)
                        ? "It is a read-write lock: either side of it may have been left locked."
                        : ""
            };
        }
        return new String[] {
            "This dump lists the owned synchronizers of every platform thread, and nobody lists this lock.",
            "Its owner most likely ended between lock() and unlock(): the JVM releases monitors of a thread that dies, but not"
                    + " java.util.concurrent locks.",
            facts.usesVirtualThreads()
                    ? "This process uses virtual threads, whose locks are not printed: one of them may own it."
                    : "A lock that is just being handed over looks the same for an instant."
        };
    }

    private static double confidence(
            Facts facts, Resource lock, List<ThreadFacts> waiters, Persistence persistence, Optional<LastOwner> owner) {
        if (owner.filter(LastOwner::isNearProof).isPresent()) {
            return Account.ownersShown(facts) ? .95 : .9;
        }
        if (Unowned.needsNoOwner(facts, lock) || mayBeInTurn(facts, lock, waiters)) {
            return Math.min(Tier.HINT_AT_MOST, confidence(facts, waiters, persistence));
        }
        double byDump = confidence(facts, waiters, persistence);
        return owner.isPresent() && !facts.usesVirtualThreads() ? byDump + CORROBORATED : byDump;
    }

    /** Whoever has it need not stand in this code, or be in the dump; and has had it for no longer than others before. */
    static boolean mayBeInTurn(Facts facts, Resource lock, List<ThreadFacts> waiters) {
        return !Account.ownersShown(facts)
                && facts.recorded().history(lock, waiters).mayBeInTurn();
    }

    /** Whether another thread stands in the code that takes the lock: as likely as not it has it, or just had. */
    static boolean isSomebodyInside(Facts facts, List<ThreadFacts> waiters) {
        Set<ThreadFacts> waiting = new HashSet<>(waiters);
        return facts.threads().stream()
                .filter(thread -> !thread.isIdle() && !thread.isJvm() && !waiting.contains(thread))
                .anyMatch(AcquireSite.inside(waiters));
    }

    /** Whether one of those whose locks are not printed has not left the method that takes it, where several may have. */
    private static boolean isSomebodyKept(Facts facts, List<ThreadFacts> waiters) {
        boolean platformShown = Account.ownersShown(facts);
        Set<ThreadFacts> waiting = new HashSet<>(waiters);
        return facts.threads().stream()
                .filter(thread -> !thread.isIdle() && !thread.isJvm() && !waiting.contains(thread))
                .filter(thread -> !platformShown || thread.thread().isVirtual())
                .filter(thread -> AcquireSite.sharesSection(thread, waiters.get(0)))
                .anyMatch(thread -> hasStayed(facts, thread));
    }

    private static boolean hasStayed(Facts facts, ThreadFacts thread) {
        return facts.evidence().earlier().stream()
                .map(trace -> trace.of(thread.id()))
                .anyMatch(before -> before != null
                        && before.stack().isSamePlace(thread.thread().stack()));
    }

    private static double confidence(Facts facts, List<ThreadFacts> waiters, Persistence persistence) {
        boolean measured = persistence.isMeasured();
        if (facts.dump().truncated()) {
            return .35;
        }
        boolean hidden = !facts.shows(Visible.UNMOUNTED_VIRTUAL_THREADS)
                || facts.carriers().areExhausted();
        if (facts.usesVirtualThreads() && hidden) {
            return .2;
        }
        boolean ownerMayBeHidden = !Account.ownersShown(facts) || facts.usesVirtualThreads();
        if (ownerMayBeHidden && (measured ? isSomebodyKept(facts, waiters) : isSomebodyInside(facts, waiters))) {
            return Tier.HINT_AT_MOST;
        }
        if (facts.usesVirtualThreads()) {
            return measured ? .6 : facts.shows(Visible.THREAD_STATES) ? .45 : Tier.HINT_AT_MOST;
        }
        if (!Account.ownersShown(facts)) {
            return measured ? .55 : .45;
        }
        return measured ? .82 : waiters.size() >= CROWD ? .7 : .45;
    }
}
