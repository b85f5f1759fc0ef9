package dev.whyhung.rules;

import dev.whyhung.finding.Finding;
import dev.whyhung.finding.Fix;
import dev.whyhung.finding.Nature;
import dev.whyhung.finding.RuleInfo;
import dev.whyhung.finding.Tier;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.Persistence;
import dev.whyhung.graph.thread.Resource;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.model.Recording.Thrown;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Threads wait for permits, and no live thread can hold one. */
final class PermitsLeaked implements Rule {

    private static final RuleInfo INFO = RuleInfo.of(
            "permits-leaked", "Permits are waited for, and no thread is left that could return one", Nature.OPAQUE);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> examine(Facts facts) {
        List<Finding> findings = new ArrayList<>();
        leaks(facts).forEach(leak -> findings.add(finding(facts, leak)));
        findings.addAll(OwnPool.leaks(INFO, facts));
        return findings;
    }

    static List<Unowned> leaks(Facts facts) {
        return Unowned.permits(facts).stream()
                .filter(permits -> permits.isAbandoned() && permits.matters())
                .filter(permits -> !Handover.seen(facts, permits.resource(), permits.waiters()))
                .filter(permits -> permits.waiters().stream().noneMatch(waiter -> OwnPool.asks(facts, waiter)))
                .filter(permits -> LockSelfDeadlockNonreentrant.inside(permits).isEmpty())
                .toList();
    }

    private static Finding finding(Facts facts, Unowned leak) {
        Resource permits = leak.resource();
        List<ThreadFacts> waiters = leak.waiters();
        String site = Account.acquireSite(waiters);
        boolean stamped = isStamped(permits);
        String release = release(permits);
        boolean callbacks = !stamped && facts.any(thread -> thread.role().is("EVENT_LOOP"));
        Persistence persistence = Handover.persistence(waiters);
        Optional<Thrown> failure = facts.recorded().failureInside(waiters);
        double base = (persistence.isMeasured() ? .75 : .6) + (failure.isPresent() ? .1 : 0);
        Finding.Draft draft = Finding.of(INFO)
                .headline(Account.threadsWait(waiters.size()) + " for " + Account.lock(permits)
                        + ", and no living thread is left to release it")
                .explanation(explanation(permits, site, failure.isPresent(), callbacks))
                .confidence(Unowned.ofAbsence(
                        facts, confidence(facts, permits, waiters, persistence, base - (callbacks ? .2 : 0))))
                .persistence(persistence)
                .target(permits)
                .resource(permits)
                .site(site)
                .chain("earlier calls took " + Account.lock(permits) + " and ended without " + release)
                .chain(Account.threadsWait(waiters.size()) + " for ever" + Account.at(site))
                .fix(stamped ? UNLOCK_IN_FINALLY : RELEASE_IN_FINALLY)
                .fix(stamped ? LOCK_WITH_LIMIT : PermitsHeldAcrossBlockingCall.ACQUIRE_WITH_TIMEOUT)
                .fix(Account.SURFACE_EXCEPTIONS);
        failure.ifPresent(thrown -> draft.evidence(Account.exhibit(facts, thrown)));
        Account.showVanished(draft, facts);
        Account.show(draft, facts, waiters, 3);
        return draft.captureNext(AskForHeapDump.COMMAND + "   # state of the "
                        + (stamped ? "lock: taken" : "Sync: 0 permits") + ", and no thread that uses "
                        + (stamped ? "it" : "one"))
                .build();
    }

    private static String[] explanation(Resource permits, String site, boolean failed, boolean callbacks) {
        boolean stamped = isStamped(permits);
        return new String[] {
            "No dump records who holds " + (stamped ? "a stamp" : "permits")
                    + ", but whoever does usually stands in the code that acquired " + (stamped ? "it" : "them")
                    + Account.at(site) + ". Nobody does but those who wait.",
            failed
                    ? "The recording has an exception in that code: a call that it ended, without a finally,"
                            + " did not come to " + release(permits) + '.'
                    : "Most likely earlier calls left without " + release(permits)
                            + ", after an exception or a cancellation.",
            callbacks
                    ? "This process has event loops: if a callback releases the permits, an answer that never"
                            + " came explains it as well."
                    : ""
        };
    }

    private static String release(Resource permits) {
        return isStamped(permits) ? "unlock(stamp)" : "release()";
    }

    /**
     * A timer may hand permits out, and a callback may give them back: then nobody is seen to have them, and only waits that are known to
     * last speak for a leak. Without CPU figures, two dumps show who passes again and again at the same place; and a recording, what is
     * long for this place.
     */
    private static double confidence(
            Facts facts, Resource permits, List<ThreadFacts> waiters, Persistence persistence, double confidence) {
        if (facts.recorded().history(permits, waiters).mayBeInTurn()) {
            return Math.min(confidence, Tier.HINT_AT_MOST);
        }
        boolean lasts = persistence.isMeasured()
                && waiters.stream()
                        .anyMatch(waiter -> waiter.thread().cpuNanos() >= 0
                                || waiter.thread().isVirtual());
        boolean lent = !lasts
                && waiters.stream().noneMatch(PermitsLeaked::awaitsStamp)
                && facts.threads().stream().anyMatch(PermitsLeaked::mayRelease);
        return lent ? Math.min(confidence, Tier.HINT_AT_MOST) : confidence;
    }

    /** Whoever has a stamp gives it back itself. */
    private static boolean isStamped(Resource permits) {
        return permits.className().equals(STAMPED);
    }

    private static boolean awaitsStamp(ThreadFacts waiter) {
        return waiter.waitsFor().resource().filter(PermitsLeaked::isStamped).isPresent();
    }

    private static final String STAMPED = "java.util.concurrent.locks.StampedLock";
    private static final Set<String> TIMERS =
            Set.of("java.util.concurrent.ScheduledThreadPoolExecutor$DelayedWorkQueue", "java.util.TimerThread");

    private static boolean mayRelease(ThreadFacts thread) {
        return thread.role().is("EVENT_LOOP")
                || (!thread.isJvm()
                        && !thread.name().startsWith("VirtualThread-")
                        && thread.thread().stack().frames().stream()
                                .anyMatch(frame -> TIMERS.contains(frame.className())));
    }

    private static final Fix RELEASE_IN_FINALLY =
            new Fix("Release in a finally block that begins right after a successful acquire.", """
            permits.acquire();
            Answer answer = client.call(request);   // throws: the permit is gone
            permits.release();""", """
            permits.acquire();
            try {
                return client.call(request);
            } finally {
                permits.release();
            }""");

    private static final Fix LOCK_WITH_LIMIT =
            Fix.of("Wait with a limit, tryWriteLock or tryReadLock, and report when it is over.");

    private static final Fix UNLOCK_IN_FINALLY =
            new Fix("Unlock in a finally block that begins right after the stamp was got.", """
            long stamp = lock.writeLock();
            apply(change);   // throws: the stamp is lost, and nobody can unlock
            lock.unlockWrite(stamp);""", """
            long stamp = lock.writeLock();
            try {
                apply(change);
            } finally {
                lock.unlockWrite(stamp);
            }""");
}
