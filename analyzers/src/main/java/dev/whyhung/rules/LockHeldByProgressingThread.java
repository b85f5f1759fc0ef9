package dev.whyhung.rules;

import dev.whyhung.finding.Finding;
import dev.whyhung.finding.Fix;
import dev.whyhung.finding.Nature;
import dev.whyhung.finding.RuleInfo;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.Persistence;
import dev.whyhung.graph.thread.Resource;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.graph.thread.ThreadNode;
import dev.whyhung.graph.thread.Wait;
import java.util.ArrayList;
import java.util.List;

/** A lock that many want and that changes hands: slow, but not hung. */
final class LockHeldByProgressingThread implements Rule {

    private static final RuleInfo INFO = RuleInfo.of(
            "lock-held-by-progressing-thread",
            "Many threads want a lock whose holder makes progress",
            Nature.TRANSPARENT);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> examine(Facts facts) {
        List<Finding> findings = new ArrayList<>();
        for (HeldLock held : HeldLock.all(facts)) {
            if (held.waiters().size() >= 2 && !held.owner().isIdle() && progresses(facts, held)) {
                findings.add(finding(facts, held));
            }
        }
        HotLock.all(facts).forEach(lock -> findings.add(lock.finding(INFO)));
        return findings;
    }

    private static boolean progresses(Facts facts, HeldLock held) {
        ThreadFacts owner = held.owner();
        boolean runs = owner.waitsFor().kind() == Wait.Kind.NONE
                && !owner.thread().stack().isEmpty();
        return held.formerHolder(facts) == HeldLock.FormerHolder.ANOTHER
                || (held.persistence().kind() == Persistence.Kind.PROGRESS
                        && !owner.waitsFor().isExclusive())
                || (runs && !owner.isStuck() && LockHeldAcrossBlockingCall.tookItHere(facts, held));
    }

    private static final double CONCLUDED = .6;

    private static Finding finding(Facts facts, HeldLock held) {
        ThreadFacts owner = held.owner();
        Resource lock = held.resource();
        List<ThreadFacts> waiters = held.waiters();
        boolean lasts = held.waitedBefore(facts) * 2 >= waiters.size();
        Finding.Draft draft = Finding.of(INFO)
                .headline(Account.threadsWait(waiters.size()) + " for " + Account.lock(lock)
                        + ", which is busy but not stuck")
                .explanation(
                        lasts
                                ? "Between the dumps the lock changed hands or its holder went on, and yet most of these"
                                        + " threads waited for such a lock before."
                                : "Its holder runs; whether the others have to wait for long, these dumps do not show.",
                        "This slows the service down but does not hang it.")
                .confidence(lasts ? held.isPrinted() ? .8 : CONCLUDED : .35)
                .persistence(Persistence.PROGRESS)
                .culprit(Account.culprit(owner))
                .target(new ThreadNode(owner.id()))
                .resource(lock)
                .site(Account.acquireSite(waiters))
                .chain(Account.quoted(owner) + " holds " + Account.lock(lock) + " and " + Account.doing(owner)
                        + Account.at(owner.whereText()))
                .chain(Account.threadsWait(waiters.size()) + " for it")
                .evidence(Account.exhibit(facts, owner, "holds " + Account.lock(lock)))
                .fix(Fix.of(
                        "Shorten the section under the lock, split the lock, or replace it: ConcurrentHashMap, LongAdder,"
                                + " an immutable snapshot."))
                .captureNext(Account.THREE_DUMPS);
        if (held.isPrinted()) {
            draft.printed();
        }
        Account.show(draft, facts, waiters, 3);
        return draft.build();
    }
}
