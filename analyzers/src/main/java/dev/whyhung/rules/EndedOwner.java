package dev.whyhung.rules;

import dev.whyhung.finding.Finding;
import dev.whyhung.finding.Fix;
import dev.whyhung.finding.RuleInfo;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.Holder;
import dev.whyhung.graph.thread.Resource;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.model.ThreadRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A lock whose owner has ended, as the JVM itself prints: javacores look the owner up in the lock. */
record EndedOwner(Facts facts, Resource lock, ThreadRef owner, List<ThreadFacts> waiters) {

    private static final double PRINTED = .97;

    static List<EndedOwner> all(Facts facts) {
        List<EndedOwner> all = new ArrayList<>();
        for (Resource resource : facts.graph().resources()) {
            if (facts.graph().holder(resource) instanceof Holder.Nobody nobody
                    && nobody.ended().isPresent()) {
                List<ThreadFacts> waiters = facts.graph().waiters(resource);
                all.add(new EndedOwner(facts, resource, nobody.ended().get(), waiters));
            }
        }
        return all;
    }

    static boolean isPrinted(Holder holder) {
        return holder instanceof Holder.Nobody nobody && nobody.ended().isPresent();
    }

    Finding finding(RuleInfo info) {
        String name = owner.quoted();
        String site = Account.acquireSite(waiters);
        Finding.Draft draft = Finding.of(info)
                .headline(Account.threadsWait(waiters.size()) + " for " + Account.lock(lock) + ", whose owner " + name
                        + " has ended")
                .explanation(
                        "The dump names the thread that owns the lock, and says that this thread has ended.",
                        "The JVM releases the monitors of a thread that dies, but not its java.util.concurrent locks.")
                .confidence(PRINTED)
                .printed()
                .permanent()
                .persistence(Handover.persistence(waiters))
                .culprit(Account.gone(owner, Optional.empty()))
                .target(lock)
                .resource(lock)
                .site(site)
                .chain(name + " ended without unlock()")
                .chain(Account.threadsWait(waiters.size()) + " for ever" + Account.at(site));
        Account.showVanished(draft, facts);
        Account.show(draft, facts, waiters, 3);
        return draft.fix(Account.unlockInFinally(site))
                .fix(Account.LOCK_WITH_TIMEOUT)
                .fix(Fix.of("Set an uncaught exception handler that logs, so that the death of a thread is seen."))
                .build();
    }
}
