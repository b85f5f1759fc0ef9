package dev.whyhung.rules;

import dev.whyhung.finding.Finding;
import dev.whyhung.finding.Fix;
import dev.whyhung.finding.Nature;
import dev.whyhung.finding.RuleInfo;
import dev.whyhung.finding.Tier;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.holder.ReadWriteLock;
import dev.whyhung.graph.thread.Persistence;
import dev.whyhung.graph.thread.Resource;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.graph.thread.ThreadNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A writer waits for a reader that does not leave, and all later readers wait behind the writer. */
final class RwlockWriterStarved implements Rule {

    private static final RuleInfo INFO =
            RuleInfo.of("rwlock-writer-starved", "A writer waits for a reader that does not leave", Nature.OPAQUE);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> examine(Facts facts) {
        Set<ThreadFacts> knotted = ResourceLockCycle.knotted(facts);
        List<Finding> findings = new ArrayList<>();
        for (Unowned lock : Unowned.readLocks(facts)) {
            List<ThreadFacts> readers = lock.blockedHolders();
            Optional<ReadAgain> again = ReadAgain.of(facts, lock);
            boolean passes = Handover.seen(facts, lock.resource(), lock.waiters());
            if (again.isPresent() && !passes) {
                findings.add(kept(facts, again.get()));
            } else if (!readers.isEmpty() && lock.matters() && !passes && !lock.isInKnot(knotted)) {
                findings.add(held(facts, lock, readers));
            }
        }
        leaks(facts).forEach(leak -> findings.add(leaked(facts, leak)));
        return findings;
    }

    /** Read locks that nobody seems to hold, the waiting writers included. */
    static List<Unowned> leaks(Facts facts) {
        return Unowned.readLocks(facts).stream()
                .filter(lock -> lock.isAbandoned() && lock.matters() && Account.ownersShown(facts))
                .filter(lock ->
                        LockUpgradeSelfDeadlock.Upgrade.of(lock).writers().isEmpty())
                .filter(lock -> !Handover.seen(facts, lock.resource(), lock.waiters()))
                .toList();
    }

    private static Finding held(Facts facts, Unowned lock, List<ThreadFacts> readers) {
        ThreadFacts first = readers.get(0);
        String doing = Account.doing(first) + Account.at(first.whereText());
        Persistence persistence = Facts.strongest(readers);
        Finding.Draft draft = draft(lock)
                .headline(waiting(lock) + " for " + Account.lock(lock.resource()) + " while " + Account.quoted(first)
                        + ", most likely a reader, " + Account.doing(first))
                .explanation(
                        "No dump records who holds a read lock. " + Account.quoted(first)
                                + " stands in the code that takes it, does not wait for it, and " + doing + '.',
                        "A waiting writer keeps later readers out, so one slow reader stops them all.")
                .confidence(
                        persistence.isMeasured() ? .75 : first.thread().status().isTimed() ? Tier.HINT_AT_MOST : .6)
                .persistence(persistence)
                .chain(Account.quoted(first) + ' ' + doing)
                .chain("meanwhile it keeps the read lock of " + Account.lock(lock.resource()))
                .chain(waiting(lock) + " for that lock");
        for (ThreadFacts reader : readers) {
            draft.culprit(Account.culprit(reader)).target(new ThreadNode(reader.id()));
        }
        Account.show(draft, facts, readers, 3);
        Account.show(draft, facts, lock.waiters(), 3);
        return draft.fix(
                        Fix.of(
                                "Do not keep a read lock across a call that blocks: copy what the call needs, release, then call."))
                .fix(Account.LOCK_WITH_TIMEOUT)
                .build();
    }

    private static Finding kept(Facts facts, ReadAgain again) {
        Unowned lock = again.lock();
        ThreadFacts reader = again.reader();
        Finding.Draft draft = draft(lock)
                .kind("leaked-read-lock")
                .headline(waiting(lock) + " for " + Account.lock(lock.resource()) + ", while " + Account.quoted(reader)
                        + " has come to read since")
                .explanation(
                        "A writer that waits keeps out all who come to read, but for those that have the read lock already: "
                                + Account.quoted(reader) + " did not give back an earlier one.",
                        "It goes on, and nobody else does.")
                .confidence(.75)
                .persistence(Handover.persistence(lock.waiters()))
                .culprit(Account.culprit(reader))
                .target(lock.resource())
                .chain(Account.quoted(reader) + " left without unlock(), and reads again")
                .chain(waiting(lock) + " for the lock");
        Account.show(draft, facts, List.of(reader), 1);
        Account.show(draft, facts, lock.waiters(), 3);
        return draft.fix(Account.unlockInFinally(Account.acquireSite(readers(lock))))
                .build();
    }

    private static Finding leaked(Facts facts, Unowned lock) {
        Persistence persistence = Handover.persistence(lock.waiters());
        Finding.Draft draft = draft(lock)
                .kind("leaked-read-lock")
                .headline(waiting(lock) + " for " + Account.lock(lock.resource())
                        + ", and no living thread seems to hold it")
                .explanation(
                        "No writer is printed as owner, so some reader has not unlocked; no dump records which.",
                        "No live thread stands in the code that takes the lock, but for those who wait for it: most likely a"
                                + " reader left without unlock(), or the waiting writer holds the read lock itself.")
                .confidence(Unowned.ofAbsence(facts, persistence.isMeasured() ? .5 : .35))
                .persistence(persistence)
                .target(lock.resource())
                .chain("a reader ended without unlock()")
                .chain(waiting(lock) + " for the lock");
        Account.showVanished(draft, facts);
        Account.show(draft, facts, lock.waiters(), 4);
        return draft.fix(Account.unlockInFinally(Account.acquireSite(readers(lock))))
                .captureNext(AskForHeapDump.COMMAND + "   # firstReader and cachedHoldCounter of the lock's Sync")
                .build();
    }

    private static Finding.Draft draft(Unowned lock) {
        Resource resource = lock.resource();
        return Finding.of(INFO).resource(resource).site(Account.acquireSite(lock.waiters()));
    }

    private static List<ThreadFacts> readers(Unowned lock) {
        return lock.waiters().stream().filter(ReadWriteLock::wantsToRead).toList();
    }

    /** {@code 1 writer and 6 readers wait}. */
    private static String waiting(Unowned lock) {
        int readers = readers(lock).size();
        int writers = lock.waiters().size() - readers;
        String text = writers + (writers == 1 ? " writer" : " writers");
        return readers == 0
                ? text + (writers == 1 ? " waits" : " wait")
                : text + " and " + readers + (readers == 1 ? " reader wait" : " readers wait");
    }
}
