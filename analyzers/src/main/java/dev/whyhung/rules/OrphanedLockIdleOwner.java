package dev.whyhung.rules;

import dev.whyhung.finding.Finding;
import dev.whyhung.finding.Nature;
import dev.whyhung.finding.RuleInfo;
import dev.whyhung.finding.Tier;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.AcquireSite;
import dev.whyhung.graph.thread.Persistence;
import dev.whyhung.graph.thread.Resource;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.graph.time.LastOwner;
import dev.whyhung.model.Frame;
import dev.whyhung.model.Recording.Thrown;
import dev.whyhung.model.Visible;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A lock whose owner is back in its pool: some earlier task left without releasing it. */
final class OrphanedLockIdleOwner implements Rule {

    private static final RuleInfo INFO = RuleInfo.of(
                    "orphaned-lock-idle-owner",
                    "A lock is held by a thread that is idle in its pool",
                    Nature.OPAQUE,
                    Visible.SYNCHRONIZER_OWNERS)
            .withEvents("ThreadEnd");

    /** Idle threads that have no task, and so no reason to hold anything. Loops may hold locks of their own library. */
    private static final Set<String> BETWEEN_TASKS = Set.of(
            "pool-take",
            "fj-await-work",
            "jetty-idle",
            "jetty-runner",
            "jboss-worker",
            "coroutine-worker",
            "timer",
            "quartz-worker",
            "c3p0-worker",
            "grizzly-worker",
            "camel-seda");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> examine(Facts facts) {
        List<Finding> findings = new ArrayList<>();
        for (HeldLock held : HeldLock.all(facts)) {
            if (held.owner().isIdle() && held.isSynchronizer() && isLeak(facts, held)) {
                findings.add(finding(facts, held));
            }
        }
        LivingOwner.all(facts).forEach(owner -> findings.add(owner.finding(INFO)));
        return findings;
    }

    /** Whether its holder had no task in the dump before, and held it already. */
    static boolean wasOwnerIdle(Facts facts, HeldLock held) {
        return held.isSynchronizer()
                && held.isPrinted()
                && held.holderBefore(facts)
                        .flatMap(owner -> facts.knowledge().read(owner.stack()).idle(owner.name()))
                        .filter(BETWEEN_TASKS::contains)
                        .isPresent();
    }

    private static boolean isLeak(Facts facts, HeldLock held) {
        return BETWEEN_TASKS.contains(held.owner().idle().orElse(""))
                || (held.waiters().stream().anyMatch(waiter -> isApplicationSite(facts, waiter))
                        && !AcquireSite.isInside(held.owner(), held.waiters()));
    }

    private static boolean isApplicationSite(Facts facts, ThreadFacts waiter) {
        List<Frame> site = AcquireSite.of(waiter);
        return !site.isEmpty() && facts.knowledge().isApplication(site.get(0).className());
    }

    private static Finding finding(Facts facts, HeldLock held) {
        ThreadFacts owner = held.owner();
        Resource lock = held.resource();
        List<ThreadFacts> waiters = held.waiters();
        String site = Account.acquireSite(waiters);
        boolean proven = held.isPrinted() && !mayHaveChanged(facts, held);
        Optional<Thrown> last = lastThrown(facts, held);
        Finding.Draft draft = Finding.of(INFO)
                .headline("An orphaned lock: " + Account.quoted(owner) + " holds " + Account.lock(lock)
                        + " but is idle in its pool")
                .explanation(explanation(held, last, proven))
                .confidence(held.isPrinted() && !proven ? Tier.HINT_AT_MOST : confidence(held, last))
                .permanent()
                .persistence(Handover.persistence(waiters))
                .culprit(Account.culprit(owner))
                .target(lock)
                .resource(lock)
                .site(site)
                .chain("a task on " + Account.quoted(owner) + " took " + Account.lock(lock)
                        + " and ended without unlock()")
                .chain(Account.quoted(owner) + " went back to its pool and still owns it")
                .chain(Account.threadsWait(waiters.size()) + " for ever" + Account.at(site))
                .evidence(Account.exhibit(
                        facts,
                        owner,
                        held.isPrinted()
                                ? "is idle and lists " + Account.lock(lock) + " among its owned synchronizers"
                                : "is idle"));
        last.ifPresent(thrown -> draft.evidence(Account.exhibit(facts, thrown)));
        if (proven) {
            draft.printed();
        }
        Account.show(draft, facts, waiters, 3);
        return draft.fix(Account.unlockInFinally(site))
                .fix(Account.LOCK_WITH_TIMEOUT)
                .fix(Account.SURFACE_EXCEPTIONS)
                .captureNext(
                        "java -XX:StartFlightRecording:maxsize=250m ...   # kept running; JDK 25 records the exception")
                .build();
    }

    /** What ended the task that took the lock along, as a recording tells. */
    private static Optional<Thrown> lastThrown(Facts facts, HeldLock held) {
        return facts.recorded()
                .lastOwner(held.resource(), held.waiters())
                .filter(left -> left.thread().id().equals(held.owner().id()))
                .flatMap(LastOwner::thrown);
    }

    private static String[] explanation(HeldLock held, Optional<Thrown> last, boolean proven) {
        return new String[] {
            "The owner is not running anything: it waits for its next task.",
            last.map(thrown -> "The recording shows that a task on this thread left the code which the lock guards by "
                            + thrown.text() + ".")
                    .orElse("An earlier task on this thread left between lock() and unlock(), most likely through an"
                            + " exception that nobody looked at."),
            "Every later lock() waits for ever; nothing is logged and no CPU is used.",
            last.isPresent() ? "" : "Which task it was, this dump cannot show.",
            held.isPrinted() ? "" : "The dump prints no owners of such locks; this rests on the recording.",
            held.isPrinted() && !proven
                    ? "This dump shows one thread after the other: it may have been idle, and have taken the lock before its"
                            + " waiters were written."
                    : ""
        };
    }

    /** Whether owner and waiters may have been seen at different moments; a dump before that names the same owner settles it. */
    private static boolean mayHaveChanged(Facts facts, HeldLock held) {
        return !facts.dump().isSnapshot() && held.formerHolder(facts) != HeldLock.FormerHolder.SAME;
    }

    private static double confidence(HeldLock held, Optional<Thrown> last) {
        if (!held.isPrinted()) {
            return .75;
        }
        double printed = held.owner().persistence().kind() == Persistence.Kind.PROGRESS ? .95 : .98;
        return last.isPresent() ? .99 : printed;
    }
}
