package dev.whyhung.rules;

import dev.whyhung.finding.Finding;
import dev.whyhung.finding.Fix;
import dev.whyhung.finding.Nature;
import dev.whyhung.finding.RuleInfo;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.AcquireSite;
import dev.whyhung.graph.thread.Resource;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.graph.thread.ThreadNode;
import dev.whyhung.graph.thread.Wait;
import dev.whyhung.model.Frame;
import dev.whyhung.model.ThreadStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A thread waits for a signal and holds a lock that whoever could signal needs. */
final class NestedMonitorLockout implements Rule {

    private static final RuleInfo INFO = RuleInfo.of(
            "nested-monitor-lockout",
            "A thread waits for a signal while it holds a lock that the signaller needs",
            Nature.OPAQUE);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> examine(Facts facts) {
        List<Finding> findings = new ArrayList<>();
        for (ThreadFacts waiter : facts.those(NestedMonitorLockout::waitsWithoutEnd)) {
            facts.graph().heldBy(waiter).stream()
                    .filter(outer -> keepsOnPurpose(facts, waiter, outer))
                    .max(Comparator.comparing(
                            outer -> facts.graph().waiters(outer).size()))
                    .ifPresent(outer -> findings.add(finding(facts, waiter, outer)));
        }
        return findings;
    }

    /** A monitor is kept by a frame of this stack; a lock that none of its frames could have taken was leaked before. */
    private static boolean keepsOnPurpose(Facts facts, ThreadFacts waiter, Resource outer) {
        return outer.kind() == Resource.Kind.MONITOR
                || (outer.kind() == Resource.Kind.SYNCHRONIZER
                        && AcquireSite.isInside(waiter, facts.graph().waiters(outer)));
    }

    static boolean waitsWithoutEnd(ThreadFacts thread) {
        ThreadStatus status = thread.thread().status();
        return thread.waitsFor().kind() == Wait.Kind.SIGNAL && !thread.isIdle() && !status.isTimed();
    }

    private static Finding finding(Facts facts, ThreadFacts waiter, Resource outer) {
        List<ThreadFacts> locked = facts.graph().waiters(outer);
        boolean allLockedOut = othersInside(facts, waiter).stream().allMatch(locked::contains);
        String inner = waiter.waitsFor().resource().map(Account::lock).orElse("a signal");
        Finding.Draft draft = Finding.of(INFO)
                .headline(Account.quoted(waiter) + " waits to be notified but still holds " + Account.lock(outer))
                .explanation(
                        "wait() and await() release only the lock that they are called on.",
                        Account.quoted(waiter) + " waits on " + inner + " and keeps " + Account.lock(outer)
                                + ", for which " + Account.threadsWait(locked.size())
                                + '.',
                        allLockedOut
                                ? "Every other thread in this code is among them, so nobody can send the signal."
                                : "Another thread in this code is not locked out and may still send the signal.")
                .confidence(allLockedOut ? .85 : .6)
                .printed()
                .persistence(waiter.persistence())
                .culprit(Account.culprit(waiter))
                .target(new ThreadNode(waiter.id()))
                .resource(outer)
                .site(waiter.whereText())
                .chain(Account.quoted(waiter) + " waits on " + inner + Account.at(waiter.whereText()))
                .chain("it still holds " + Account.lock(outer))
                .chain(Account.threadsWait(locked.size()) + " for that")
                .evidence(Account.exhibit(facts, waiter, "waits on " + inner + " and holds " + Account.lock(outer)))
                .fix(Fix.of(
                        "Wait on the outermost lock, or release it first; better, replace both by a BlockingQueue or"
                                + " another class of java.util.concurrent."));
        waiter.waitsFor().resource().ifPresent(draft::resource);
        Account.show(draft, facts, locked, 3);
        return draft.build();
    }

    private static List<ThreadFacts> othersInside(Facts facts, ThreadFacts waiter) {
        String className = waiter.where().map(Frame::className).orElse("");
        return facts.threads().stream()
                .filter(other -> other != waiter && !other.isIdle())
                .filter(other -> other.thread().stack().frames().stream()
                        .anyMatch(frame -> frame.className().equals(className)
                                && !frame.method().equals("main")))
                .toList();
    }
}
