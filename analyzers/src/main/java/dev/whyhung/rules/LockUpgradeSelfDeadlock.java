package dev.whyhung.rules;

import dev.whyhung.finding.Finding;
import dev.whyhung.finding.Fix;
import dev.whyhung.finding.Nature;
import dev.whyhung.finding.RuleInfo;
import dev.whyhung.finding.Tier;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.holder.ReadWriteLock;
import dev.whyhung.graph.thread.AcquireSite;
import dev.whyhung.graph.thread.Resource;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.model.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A thread that holds the read side of a read-write lock asks for the write side, and waits for itself. */
final class LockUpgradeSelfDeadlock implements Rule {

    private static final RuleInfo INFO = RuleInfo.of(
            "lock-upgrade-self-deadlock", "A thread that holds a read lock waits for its write lock", Nature.OPAQUE);

    /** Methods that usually read, and may turn to writing on the way. */
    private static final Pattern READING =
            Pattern.compile("(?:get|read|find|lookup|look[A-Z]|compute|contains|list).*", Pattern.CASE_INSENSITIVE);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> examine(Facts facts) {
        List<Finding> findings = new ArrayList<>();
        for (Unowned lock : Unowned.readLocks(facts)) {
            Upgrade upgrade = Upgrade.of(lock);
            if (!upgrade.writers().isEmpty() && lock.matters()) {
                findings.add(finding(facts, lock, upgrade));
            }
        }
        return findings;
    }

    /** The writers that seem to hold the read side, and whether readers show where it is taken. */
    record Upgrade(List<ThreadFacts> writers, boolean isShown) {

        static Upgrade of(Unowned lock) {
            List<ThreadFacts> writers =
                    lock.waiters().stream().filter(ReadWriteLock::wantsToWrite).toList();
            List<ThreadFacts> readers =
                    lock.waiters().stream().filter(ReadWriteLock::wantsToRead).toList();
            List<ThreadFacts> past = Reentry.among(writers, readers);
            return past.isEmpty()
                    ? new Upgrade(writers.stream().filter(Upgrade::reads).toList(), false)
                    : new Upgrade(past, true);
        }

        /** Stands in a method of the guarded class that reads, by its name. */
        private static boolean reads(ThreadFacts writer) {
            List<Frame> frames = new ArrayList<>(Reentry.outerFrames(writer));
            AcquireSite.section(writer.thread().stack()).ifPresent(frames::add);
            return frames.stream()
                    .anyMatch(frame -> READING.matcher(frame.method()).matches());
        }
    }

    private static Finding finding(Facts facts, Unowned lock, Upgrade upgrade) {
        ThreadFacts writer = upgrade.writers().get(0);
        Resource resource = lock.resource();
        String site = Account.acquireSite(upgrade.writers());
        Finding.Draft draft = Finding.of(INFO)
                .headline(Account.quoted(writer) + " waits for the write lock of " + Account.lock(resource)
                        + " and most likely holds its read lock")
                .explanation(
                        upgrade.isShown()
                                ? "It stands past the place where others take the read lock, and "
                                        + (Account.ownersShown(facts)
                                                ? "nobody is printed as owner."
                                                : "this dump prints no owners.")
                                : "It stands in a method that reads, and nobody is printed as owner.",
                        "A ReentrantReadWriteLock cannot be upgraded: the writer waits for all readers to leave, itself"
                                + " included. The JVM does not report this as a deadlock.",
                        lock.isAbandoned() ? "" : "Another thread in the same code may hold the read lock instead.")
                .confidence(confidence(facts, lock, upgrade))
                .persistence(Facts.strongest(upgrade.writers()))
                .resource(resource)
                .target(resource)
                .site(site)
                .chain(Account.quoted(writer) + " takes the read lock")
                .chain("still inside, it asks for the write lock" + Account.at(site))
                .chain(Account.threadsWait(lock.waiters().size()) + " for " + Account.lock(resource));
        upgrade.writers().forEach(thread -> draft.culprit(Account.culprit(thread)));
        Account.show(draft, facts, lock.waiters(), 4);
        return draft.fix(RELEASE_FIRST)
                .fix(Fix.of("Or StampedLock.tryConvertToWriteLock, or ConcurrentHashMap.computeIfAbsent."))
                .captureNext(AskForHeapDump.COMMAND + "   # firstReader and cachedHoldCounter of the lock's Sync")
                .build();
    }

    private static final Fix RELEASE_FIRST =
            new Fix("Release the read lock before taking the write lock, and look again under it.", """
            lock.readLock().lock();
            if (stale) {
                lock.writeLock().lock();   // waits for ever""", """
            lock.readLock().unlock();
            lock.writeLock().lock();
            try {
                if (stale) { reload(); }
            } finally {
                lock.writeLock().unlock();
            }""");

    /** Whoever has the write lock, a writer that stands past the place where others take the read lock waits for itself. */
    private static final double UNPRINTED = .55;

    private static double confidence(Facts facts, Unowned lock, Upgrade upgrade) {
        boolean measured = Facts.strongest(upgrade.writers()).isMeasured();
        if (!Account.ownersShown(facts)) {
            return upgrade.isShown() && measured && lock.isAbandoned()
                    ? Unowned.ofAbsence(facts, UNPRINTED)
                    : Tier.HINT_AT_MOST;
        }
        double base = upgrade.isShown() ? .55 : .45;
        base += measured ? .15 : 0;
        return Unowned.ofAbsence(facts, base + (lock.isAbandoned() ? .1 : -.25));
    }
}
