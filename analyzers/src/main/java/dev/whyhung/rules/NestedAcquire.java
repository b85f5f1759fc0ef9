package dev.whyhung.rules;

import dev.whyhung.finding.Finding;
import dev.whyhung.finding.Fix;
import dev.whyhung.finding.RuleInfo;
import dev.whyhung.finding.Tier;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.AcquireSite;
import dev.whyhung.graph.thread.Resource;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.model.Frame;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Threads that wait further down in the method in which others wait for the first of its locks, where a dump does not tell one lock from
 * another, as those of JDK 21 don't: each has got a first lock and waits for a second. Nobody else is in the method, so that they have
 * what they wait for from one another.
 *
 * @param lock all locks that are taken in this method
 * @param inner those that have one
 * @param outer where the others wait
 */
record NestedAcquire(Resource lock, List<ThreadFacts> inner, Frame outer) {

    private static final double MEASURED = .6;
    private static final int MOST = 10;

    static List<NestedAcquire> all(Facts facts) {
        List<NestedAcquire> all = new ArrayList<>();
        OrphanedLockDeadOwner.orphans(facts)
                .forEach((lock, waiters) -> of(facts, lock, waiters).ifPresent(all::add));
        return all;
    }

    static Optional<NestedAcquire> of(Facts facts, Resource lock, List<ThreadFacts> waiters) {
        if (lock.lock().isIdentified()) {
            return Optional.empty();
        }
        Optional<Frame> outer = waiters.stream()
                .flatMap(waiter -> site(waiter).stream())
                .filter(frame -> frame.line() > 0)
                .min(Comparator.comparingInt(Frame::line));
        List<ThreadFacts> inner = waiters.stream()
                .filter(waiter -> site(waiter)
                        .filter(frame -> outer.isPresent() && isBeyond(frame, outer.get()))
                        .isPresent())
                .toList();
        return inner.size() < 2 || isSomebodyInside(facts, waiters)
                ? Optional.empty()
                : Optional.of(new NestedAcquire(lock, inner, outer.orElseThrow()));
    }

    private static Optional<Frame> site(ThreadFacts waiter) {
        return AcquireSite.section(waiter.thread().stack());
    }

    private static boolean isBeyond(Frame frame, Frame outer) {
        return frame.line() > outer.line() && frame.qualifiedMethod().equals(outer.qualifiedMethod());
    }

    private static boolean isSomebodyInside(Facts facts, List<ThreadFacts> waiters) {
        Set<ThreadFacts> waiting = new HashSet<>(waiters);
        return facts.any(thread -> !waiting.contains(thread) && AcquireSite.sharesSection(thread, waiters.get(0)));
    }

    /** Two of them, which is enough for a circle. */
    private boolean haveStayed() {
        return inner.stream()
                        .filter(thread -> thread.persistence().isMeasured())
                        .count()
                > 1;
    }

    Finding finding(RuleInfo info, Facts facts) {
        String site = inner.get(0).whereText();
        Finding.Draft draft = Finding.of(info)
                .knot()
                .headline(inner.size() + " threads seem to be deadlocked: each has a lock taken at " + outer.text()
                        + " and waits for another" + Account.at(site))
                .explanation(
                        "They have passed the place where others wait for the first lock, and wait for a second one.",
                        "Nobody else is in the method: who has what they wait for is one of them, so that some of them"
                                + " wait for each other.",
                        "This dump does not tell one lock from another, nor who owns it: that is concluded from the lines."
                                + " If the method has released the first lock by then, a lock was left locked instead.")
                .confidence(haveStayed() && !facts.dump().truncated() ? MEASURED : Tier.HINT_AT_MOST)
                .persistence(Handover.persistence(inner))
                .target(lock)
                .resource(lock)
                .site(site)
                .chain(inner.size() + " threads wait for a second lock" + Account.at(site))
                .chain("others wait for the first at " + outer.text());
        inner.stream().limit(MOST).map(Account::culprit).forEach(draft::culprit);
        Account.show(draft, facts, inner, 3);
        return draft.fix(DeadlockMonitorOrLock.ORDER)
                .fix(Fix.of("A dump of JDK 25 or later, or jstack -l of platform threads, tells the locks apart."))
                .build();
    }
}
