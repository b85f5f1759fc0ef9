package dev.whyhung.rules;

import dev.whyhung.finding.Finding;
import dev.whyhung.finding.Fix;
import dev.whyhung.finding.Nature;
import dev.whyhung.finding.RuleInfo;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.Resource;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.model.Frame;
import java.util.ArrayList;
import java.util.List;

/** A thread waits for a stamped lock or semaphore that it holds itself: neither lets its holder in again. */
final class LockSelfDeadlockNonreentrant implements Rule {

    private static final RuleInfo INFO = RuleInfo.of(
            "lock-self-deadlock-nonreentrant", "A thread takes a lock that is not reentrant twice", Nature.OPAQUE);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> examine(Facts facts) {
        List<Finding> findings = new ArrayList<>();
        for (Unowned lock : Unowned.permits(facts)) {
            List<ThreadFacts> nested = lock.isAbandoned() && lock.matters() ? inside(lock) : List.of();
            if (!nested.isEmpty()) {
                findings.add(finding(facts, lock, nested));
            }
        }
        return findings;
    }

    /**
     * The waiters that are inside already. Their stacks show it by a method in which others acquire; or a single one stands in the
     * guarded class twice, and the others do not. A semaphore without others may as well count work that is to come.
     */
    private static List<ThreadFacts> nested(Unowned lock) {
        List<ThreadFacts> waiters = lock.waiters();
        List<ThreadFacts> past = Reentry.among(waiters, waiters);
        if (!past.isEmpty()) {
            return past;
        }
        List<ThreadFacts> twice = waiters.stream()
                .filter(waiter -> !Reentry.outerFrames(waiter).isEmpty())
                .toList();
        return twice.size() == 1 && (waiters.size() > 1 || isStamped(lock)) ? twice : List.of();
    }

    /**
     * Those that hold what they wait for; or, of a stamped lock that nobody else can hold, the first, unless others wait as well and none
     * of them is called by the guarded class: then a stamp was lost.
     */
    static List<ThreadFacts> inside(Unowned lock) {
        List<ThreadFacts> nested = nested(lock);
        return nested.isEmpty() && isStamped(lock) && mayBeNested(lock)
                ? lock.waiters().stream().limit(1).toList()
                : nested;
    }

    private static boolean mayBeNested(Unowned lock) {
        return lock.waiters().size() == 1
                || lock.waiters().stream()
                        .anyMatch(waiter -> !Reentry.outerFrames(waiter).isEmpty());
    }

    private static boolean isStamped(Unowned lock) {
        return lock.resource().className().equals("java.util.concurrent.locks.StampedLock");
    }

    private static Finding finding(Facts facts, Unowned lock, List<ThreadFacts> nested) {
        ThreadFacts first = nested.get(0);
        Resource resource = lock.resource();
        String outer =
                Reentry.outerFrames(first).stream().findFirst().map(Frame::text).orElse("");
        String site = Account.acquireSite(nested);
        boolean shown = !nested(lock).isEmpty();
        Finding.Draft draft = Finding.of(INFO)
                .headline(Account.quoted(first) + " waits for " + Account.lock(resource)
                        + (shown
                                ? ", which it most likely holds itself"
                                : ", which it holds itself or somebody never released"))
                .explanation(
                        Account.quoted(first) + " waits" + Account.at(site) + past(shown, outer),
                        "A StampedLock or Semaphore does not know its holder: a second acquire by the same thread waits like"
                                + " any other.",
                        "No other live thread stands in the code that could hold it.",
                        "No dump prints who holds it: that it is this thread is concluded from its stack.")
                .confidence(confidence(facts, nested) - (shown ? 0 : UNSHOWN))
                .persistence(Facts.weakest(nested))
                .resource(resource)
                .target(resource)
                .site(site)
                .chain(Account.quoted(first) + " takes " + Account.lock(resource) + Account.at(outer))
                .chain("inside, it asks for the same again" + Account.at(site))
                .chain(Account.threadsWait(lock.waiters().size()) + " for it");
        nested.forEach(thread -> draft.culprit(Account.culprit(thread)));
        Account.show(draft, facts, nested, 3);
        Account.show(
                draft,
                facts,
                lock.waiters().stream()
                        .filter(waiter -> !nested.contains(waiter))
                        .toList(),
                2);
        return draft.fix(PASS_ON)
                .fix(Fix.of("Or use a ReentrantLock, which lets its owner in again."))
                .captureNext(AskForHeapDump.COMMAND + "   # state of the lock, and what the frames of this thread hold")
                .build();
    }

    private static final double UNSHOWN = .1;

    private static String past(boolean shown, String outer) {
        if (!shown) {
            return ". Either it took the lock earlier in that method, or an earlier call left without unlocking.";
        }
        return outer.isEmpty() ? ", past the place where others acquire." : ", inside " + outer + '.';
    }

    private static final Fix PASS_ON = new Fix(
            "Split the inner method: one that locks, for callers outside, and one that expects the lock.", """
            long total() { long stamp = lock.readLock(); ... }
            void move() { long stamp = lock.writeLock(); ... total(); ... }   // waits for itself""", """
            long total() { long stamp = lock.readLock(); try { return sum(); } finally { lock.unlock(stamp); } }
            void move() { long stamp = lock.writeLock(); try { ... sum(); ... } finally { lock.unlock(stamp); } }""");

    private static double confidence(Facts facts, List<ThreadFacts> nested) {
        double base = Facts.weakest(nested).isMeasured() ? .65 : .5;
        return Unowned.ofAbsence(facts, nested.size() == 1 ? base + .1 : base);
    }
}
