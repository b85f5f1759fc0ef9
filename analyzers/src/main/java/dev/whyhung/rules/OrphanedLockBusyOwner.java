package dev.whyhung.rules;

import dev.whyhung.finding.Finding;
import dev.whyhung.finding.Nature;
import dev.whyhung.finding.RuleInfo;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.AcquireSite;
import dev.whyhung.graph.thread.Persistence;
import dev.whyhung.graph.thread.Resource;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.graph.thread.ThreadNode;
import dev.whyhung.graph.thread.Wait;
import dev.whyhung.model.Recording.Thrown;
import dev.whyhung.model.Visible;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A lock whose owner has long turned to other work: an earlier task on that thread leaked it. */
final class OrphanedLockBusyOwner implements Rule {

    private static final RuleInfo INFO = RuleInfo.of(
                    "orphaned-lock-busy-owner",
                    "A lock is held by a thread that is busy with something else",
                    Nature.OPAQUE,
                    Visible.SYNCHRONIZER_OWNERS)
            .withEvents("JavaExceptionThrow");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> examine(Facts facts) {
        List<Finding> findings = new ArrayList<>();
        for (HeldLock held : HeldLock.all(facts)) {
            if (hasComeBack(facts, held)) {
                findings.add(cancellation(facts, held)
                        .map(thrown -> cancelled(facts, held, thrown))
                        .orElseGet(() -> finding(facts, held, true)));
            } else if (isBusyElsewhere(facts, held)) {
                findings.add(finding(facts, held, false));
            }
        }
        return findings;
    }

    /** It has begun a task since it was seen with the lock and without one; and may take the lock again, since it owns it. */
    static boolean hasComeBack(Facts facts, HeldLock held) {
        return !held.owner().isIdle()
                && !held.isOfJdk()
                && !Handover.seen(facts, held.resource(), held.waiters())
                && (OrphanedLockIdleOwner.wasOwnerIdle(facts, held)
                        || cancellation(facts, held).isPresent());
    }

    /** It was cancelled in the code that the lock guards, while others waited for it; they still do, and it has come back. */
    private static Optional<Thrown> cancellation(Facts facts, HeldLock held) {
        return held.isSynchronizer()
                        && held.owner().reading().isWorker()
                        && !OrphanedLockIdleOwner.wasOwnerIdle(facts, held)
                ? InterruptedThenLeaked.cancellation(facts, held.resource(), held.waiters())
                        .filter(thrown ->
                                thrown.thread().id().equals(held.owner().id()))
                        .filter(thrown -> facts.recorded()
                                .history(held.resource(), held.waiters())
                                .wasWantedAt(thrown.at()))
                : Optional.empty();
    }

    private static boolean isBusyElsewhere(Facts facts, HeldLock held) {
        ThreadFacts owner = held.owner();
        boolean inCycle = facts.graph().cycles().stream().anyMatch(cycle -> cycle.contains(owner));
        boolean hasCode = owner.reading().appFrame().isPresent() || hasLeftTheApplication(held);
        return held.isSynchronizer()
                && held.isPrinted()
                && !held.isOfJdk()
                && !owner.isIdle()
                && !owner.isJvm()
                && hasCode
                && (owner.pool().isPresent()
                        || held.waiters().stream().allMatch(OrphanedLockBusyOwner::isOfApplication))
                && !inCycle
                && held.waiters().size() >= 2
                && !isPassing(facts, held)
                && held.waiters().stream().noneMatch(waiter -> AcquireSite.sharesSection(owner, waiter))
                && !LockHeldAcrossBlockingCall.tookItHere(facts, held);
    }

    /** A worker in code of its server or library alone, while it is the application that takes the lock. */
    private static boolean hasLeftTheApplication(HeldLock held) {
        return held.owner().pool().isPresent()
                && held.waiters().stream().allMatch(OrphanedLockBusyOwner::isOfApplication);
    }

    private static boolean isOfApplication(ThreadFacts waiter) {
        return waiter.reading()
                .appFrame()
                .equals(AcquireSite.of(waiter).stream().findFirst());
    }

    /** Waiters that move get the lock now and then, so nobody has leaked it; a running owner is only busy with it. */
    private static boolean isPassing(Facts facts, HeldLock held) {
        return Handover.seen(facts, held.resource(), held.waiters())
                || (held.owner().waitsFor().kind() == Wait.Kind.NONE
                        && held.waiters().stream()
                                .noneMatch(waiter -> waiter.persistence().isMeasured()));
    }

    private static Finding cancelled(Facts facts, HeldLock held, Thrown thrown) {
        ThreadFacts owner = held.owner();
        Resource lock = held.resource();
        List<ThreadFacts> waiters = held.waiters();
        String site = Account.acquireSite(waiters);
        Finding.Draft draft = Finding.of(INFO)
                .headline("A leaked lock: " + Account.quoted(owner) + " was cancelled while it had "
                        + Account.lock(lock) + ", and is in its code again")
                .explanation(
                        "An interrupt ended its task in the code that the lock guards, while others waited for the lock; they"
                                + " did not get it.",
                        "The lock is reentrant, so this thread itself passes through and hides the leak.",
                        "If the code catches the interrupt and goes on with the lock, the present call is to blame instead.")
                .confidence(CANCELLED)
                .persistence(Handover.persistence(waiters))
                .culprit(Account.culprit(owner))
                .target(new ThreadNode(owner.id()))
                .resource(lock)
                .site(site)
                .chain("a task on " + Account.quoted(owner) + " took " + Account.lock(lock)
                        + ", was cancelled and ended without unlock()")
                .chain("the thread now runs another task: it " + Account.doing(owner) + Account.at(owner.whereText()))
                .chain(Account.threadsWait(waiters.size()) + " for the lock" + Account.at(site))
                .evidence(Account.exhibit(facts, thrown));
        Account.show(draft, facts, waiters, 3);
        return draft.fix(Account.unlockInFinally(site))
                .fix(Account.LOCK_WITH_TIMEOUT)
                .captureNext(Account.DUMP_WITH_OWNERS)
                .build();
    }

    private static final double CANCELLED = .65;

    private static Finding finding(Facts facts, HeldLock held, boolean returned) {
        ThreadFacts owner = held.owner();
        Resource lock = held.resource();
        List<ThreadFacts> waiters = held.waiters();
        String site = Account.acquireSite(waiters);
        Persistence persistence = Handover.persistence(waiters);
        Finding.Draft draft = Finding.of(INFO)
                .headline("A leaked lock: " + Account.quoted(owner) + " holds " + Account.lock(lock)
                        + (returned
                                ? ", and held it when it was idle in its pool"
                                : " but is busy with something else"))
                .explanation(explanation(owner, site, returned))
                .confidence(returned ? .95 : persistence.isMeasured() ? .88 : .75)
                .printed()
                .persistence(persistence)
                .culprit(Account.culprit(owner))
                .target(new ThreadNode(owner.id()))
                .resource(lock)
                .site(site)
                .chain("an earlier task on " + Account.quoted(owner) + " took " + Account.lock(lock)
                        + " and ended without unlock()")
                .chain("the thread now runs another task: it " + Account.doing(owner) + Account.at(owner.whereText()))
                .chain(Account.threadsWait(waiters.size()) + " for the lock" + Account.at(site))
                .evidence(Account.exhibit(
                        facts, owner, "lists " + Account.lock(lock) + " and stands" + Account.at(owner.whereText())));
        Account.show(draft, facts, waiters, 3);
        return draft.fix(Account.unlockInFinally(site))
                .fix(Account.LOCK_WITH_TIMEOUT)
                .fix(Account.SURFACE_EXCEPTIONS)
                .captureNext(
                        "jcmd <pid> GC.heap_dump <file>   # state of the lock's Sync: more holds than the stack explains")
                .build();
    }

    private static String[] explanation(ThreadFacts owner, String site, boolean returned) {
        return new String[] {
            Account.quoted(owner)
                    + ' '
                    + Account.doing(owner)
                    + Account.at(owner.whereText())
                    + (returned
                            ? "; in the dump before it was idle in its pool, and held the lock already."
                            : ", and no frame of its stack belongs to the code that takes this lock" + Account.at(site)
                                    + '.'),
            "An earlier task on this thread most likely left without unlock().",
            "The lock is reentrant, so this thread itself passes through and hides the leak.",
            returned
                    ? ""
                    : "If lock and unlock are split over two components on purpose, the present call is to blame instead."
        };
    }
}
