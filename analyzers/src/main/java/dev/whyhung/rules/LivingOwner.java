package dev.whyhung.rules;

import dev.whyhung.finding.Finding;
import dev.whyhung.finding.RuleInfo;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.Persistence;
import dev.whyhung.graph.thread.Resource;
import dev.whyhung.graph.thread.ThreadFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A lost lock whose owner no dump prints, while a recording has no end of a thread that may own it: the owner lives, and stands
 * nowhere in the code that the lock guards.
 *
 * @param suspects which threads, if anything tells
 */
record LivingOwner(Facts facts, Resource lock, List<ThreadFacts> waiters, Suspects suspects) {

    private static final double SEEN = .65;
    private static final double SOMEBODY = .6;

    static List<LivingOwner> all(Facts facts) {
        List<LivingOwner> all = new ArrayList<>();
        for (Map.Entry<Resource, List<ThreadFacts>> orphan :
                OrphanedLockDeadOwner.orphans(facts).entrySet()) {
            List<ThreadFacts> waiters = orphan.getValue();
            if (is(facts, orphan.getKey(), waiters)) {
                all.add(new LivingOwner(facts, orphan.getKey(), waiters, Suspects.of(facts, orphan.getKey(), waiters)));
            }
        }
        return all;
    }

    static boolean is(Facts facts, Resource lock, List<ThreadFacts> waiters) {
        return !Account.ownersShown(facts)
                && !facts.usesVirtualThreads()
                && !Unowned.needsNoOwner(facts, lock)
                && !facts.dump().truncated()
                && Handover.persistence(waiters).isMeasured()
                && !OrphanedLockDeadOwner.isSomebodyInside(facts, waiters)
                && !OrphanedLockDeadOwner.mayBeInTurn(facts, lock, waiters)
                && facts.recorded().hasOwnerLived(lock, waiters);
    }

    Finding finding(RuleInfo info) {
        String site = Account.acquireSite(waiters);
        Persistence persistence = Handover.persistence(waiters);
        Optional<String> seen =
                suspects.threads().stream().map(Account::quoted).reduce((one, other) -> one + " or " + other);
        String who = seen.orElse("a thread that went back to its pool");
        Finding.Draft draft = Finding.of(info)
                .headline("An orphaned lock: " + Account.threadsWait(waiters.size()) + " for " + Account.lock(lock)
                        + "; " + seen.orElse("some idle thread") + " most likely took it along")
                .explanation(
                        "This dump was taken without ownable synchronizers, so it does not say who owns the lock.",
                        "No live thread stands in the code that the lock guards, and the recording has no end of a thread that"
                                + " may own it: its owner lives, and has turned to something else.",
                        suspects.because(),
                        "An earlier task left between lock() and unlock(), most likely through an exception that nobody"
                                + " looked at.")
                .confidence(seen.isPresent() ? SEEN : SOMEBODY)
                .persistence(persistence)
                .target(lock)
                .resource(lock)
                .site(site)
                .chain(who + " took " + Account.lock(lock) + " and left without unlock()")
                .chain("no thread has ended since then")
                .chain(Account.threadsWait(waiters.size()) + " for ever" + Account.at(site));
        suspects.threads().forEach(owner -> {
            draft.culprit(Account.culprit(owner));
            draft.evidence(Account.exhibit(facts, owner, "is idle"));
        });
        Account.show(draft, facts, waiters, 3);
        return draft.fix(Account.unlockInFinally(site))
                .fix(Account.LOCK_WITH_TIMEOUT)
                .fix(Account.SURFACE_EXCEPTIONS)
                .captureNext(Account.DUMP_WITH_OWNERS + "   # prints owners of java.util.concurrent locks")
                .captureNext(Account.RECORD_EXCEPTIONS)
                .build();
    }
}
