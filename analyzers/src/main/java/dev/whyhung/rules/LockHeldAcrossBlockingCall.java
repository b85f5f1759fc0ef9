package dev.whyhung.rules;

import dev.whyhung.finding.Finding;
import dev.whyhung.finding.Fix;
import dev.whyhung.finding.Nature;
import dev.whyhung.finding.RuleInfo;
import dev.whyhung.finding.Tier;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.AcquireSite;
import dev.whyhung.graph.thread.Persistence;
import dev.whyhung.graph.thread.Resource;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.graph.thread.ThreadNode;
import dev.whyhung.graph.thread.Wait;
import dev.whyhung.knowledge.Call;
import dev.whyhung.model.Frame;
import dev.whyhung.model.LockMention;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A lock is kept while its holder waits for something slow; everyone else waits for the holder. */
final class LockHeldAcrossBlockingCall implements Rule {

    private static final RuleInfo INFO =
            RuleInfo.of("lock-held-across-blocking-call", "A lock is held across a call that blocks", Nature.OPAQUE);

    /** Calls that usually end at once: seen in a single dump they prove little. */
    private static final Set<Call.Kind> SHORT = Set.of(Call.Kind.LOG, Call.Kind.FILE, Call.Kind.WRITE);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> examine(Facts facts) {
        List<Finding> findings = new ArrayList<>();
        for (HeldLock held : HeldLock.all(facts)) {
            if (blocks(held.owner())
                    && isWanted(held)
                    && !isForLog(facts, held)
                    && tookItHere(facts, held)
                    && !OrphanedLockBusyOwner.hasComeBack(facts, held)
                    && !held.isOfSystem(facts)) {
                findings.add(finding(facts, held));
            }
        }
        return findings;
    }

    /** In a call that blocks, but not behind another lock, where the chain goes on, nor in the exit of the JVM, and not idle. */
    private static boolean blocks(ThreadFacts owner) {
        return owner.waitsFor().kind() != Wait.Kind.NONE
                && !owner.waitsFor().isExclusive()
                && !owner.isIdle()
                && !owner.isJvm()
                && !ShutdownDeadlock.exits(owner.thread().stack())
                && !NestedMonitorLockout.waitsWithoutEnd(owner);
    }

    /** The locks of a log and of a print stream are there to be held across a write. */
    private static boolean isForLog(Facts facts, HeldLock held) {
        return LogLock.isLogging(facts, held.owner()) && LogLock.is(facts, held.resource());
    }

    private static boolean isWanted(HeldLock held) {
        return held.waiters().size() >= 2
                || held.waiters().get(0).role().is("EVENT_LOOP")
                || held.owner().persistence().isMeasured();
    }

    /**
     * A monitor names its frame; a lock is the present call's only if its holder stands in the code that acquires it, or waits for
     * something that needs the lock.
     */
    static boolean tookItHere(Facts facts, HeldLock held) {
        return !held.isSynchronizer()
                || AcquireSite.isInside(held.owner(), held.waiters())
                || facts.graph().reaching(List.of(held.resource()), true).contains(held.owner());
    }

    private static Finding finding(Facts facts, HeldLock held) {
        ThreadFacts owner = held.owner();
        Resource lock = held.resource();
        List<ThreadFacts> waiters = held.waiters();
        String across =
                owner.waitsFor().call().map(call -> call.kind().across()).orElse("wait");
        String doing = Account.doing(owner) + Account.at(owner.whereText());
        boolean circle = facts.graph().isInCircle(owner);
        Persistence persistence = persistence(facts, held);
        Finding.Draft draft = Finding.of(INFO)
                .kind("across-" + across)
                .headline(Account.quoted(owner) + " holds " + Account.lock(lock) + " while it " + Account.doing(owner)
                        + "; " + Account.threadsWait(waiters.size()) + " for it")
                .explanation(explanation(held, persistence, circle))
                .confidence(confidence(facts, held, persistence))
                .persistence(persistence)
                .culprit(Account.culprit(owner))
                .target(new ThreadNode(owner.id()))
                .resource(lock)
                .site(Account.acquireSite(waiters))
                .chain(Account.quoted(owner) + ' ' + doing)
                .chain("it holds " + Account.lock(lock) + lockedAt(owner, lock))
                .chain(Account.threadsWait(waiters.size()) + " for that lock"
                        + Account.at(Account.acquireSite(waiters)))
                .evidence(Account.exhibit(facts, owner, doing + " and holds " + Account.lock(lock)));
        Account.show(draft, facts, waiters, 3);
        if (held.isPrinted() && !mayTakeTurns(facts, held)) {
            draft.printed();
        }
        if (circle && held.isPrinted() && persistence.isMeasured()) {
            draft.background();
        }
        return draft.fix(outside(owner, lock))
                .fix(TIMEOUT)
                .fix(held.isSynchronizer() ? Account.LOCK_WITH_TIMEOUT : MONITOR_WITH_TIMEOUT)
                .build();
    }

    private static String[] explanation(HeldLock held, Persistence persistence, boolean circle) {
        ThreadFacts owner = held.owner();
        return new String[] {
            Account.quoted(owner) + ' ' + Account.doing(owner) + Account.at(owner.whereText())
                    + " and keeps the lock meanwhile" + lockedAt(owner, held.resource()) + '.',
            held.isPrinted() ? "The JVM prints it as owner." : "That it is the owner is concluded from the code.",
            circle ? "By its code, what it waits for needs this very lock: if so, it never ends." : "",
            persistence.kind() == Persistence.Kind.PROGRESS
                    ? "It or those who wait have moved: this may be contention rather than a hang."
                    : "The slow call is the trigger; holding a lock across it makes one stall everybody's."
        };
    }

    /** The same change for a monitor and a lock, told at the frames of this one. */
    private static Fix outside(ThreadFacts owner, Resource lock) {
        String taken = takenAt(owner, lock);
        String call = taken.equals(owner.whereText()) ? "" : Account.at(owner.whereText());
        return new Fix(
                (taken.isEmpty() ? "Take" : "In " + taken + ", take")
                        + " what the call needs under the lock, make the call" + call
                        + " without it, then store the result under the lock.",
                """
            synchronized (lock) { prices = client.fetch(symbols); }""",
                """
            List<String> wanted;
            synchronized (lock) { wanted = List.copyOf(symbols); }
            Prices fetched = client.fetch(wanted);
            synchronized (lock) { prices = fetched; }""");
    }

    private static final Fix MONITOR_WITH_TIMEOUT = new Fix(
            "Let waiting end: nobody can wait for a monitor with a timeout, but for a ReentrantLock.", """
            synchronized (lock) { ... }""", """
            if (!lock.tryLock(2, TimeUnit.SECONDS)) {
                throw new IllegalStateException("no lock within 2 s: " + lock);   // names the owner
            }
            try { ... } finally { lock.unlock(); }""");
    private static final Fix TIMEOUT = Fix.of("Give every remote call a connect and a read timeout.");

    /**
     * Of a sleep in a dump that walks from thread to thread, under a lock that is concluded, not printed; and of the writes of a thread that
     * works.
     */
    private static final double MAY_BE_OVER = Tier.HINT_AT_MOST;

    /** Another had it in the dump before, and this one has not been at its call since: it passes from hand to hand. */
    private static Persistence persistence(Facts facts, HeldLock held) {
        boolean passes = held.formerHolder(facts) == HeldLock.FormerHolder.ANOTHER
                && !held.persistence().isMeasured();
        if (passes) {
            return Persistence.PROGRESS;
        }
        return mayTakeTurns(facts, held) ? held.persistence().ofPause() : held.persistence();
    }

    /** Seen once to sleep where the others wait: each of them may have been there a moment ago, and be there in another. */
    private static boolean mayTakeTurns(Facts facts, HeldLock held) {
        ThreadFacts owner = held.owner();
        return (held.formerHolder(facts) != HeldLock.FormerHolder.SAME || mayLead(held))
                && owner.persistence().kind() == Persistence.Kind.SINGLE
                && owner.waitsFor().kind() == Wait.Kind.SLEEP
                && held.waiters().stream()
                        .allMatch(waiter ->
                                waiter.stem().equals(owner.stem()) && AcquireSite.sharesSection(owner, waiter));
    }

    /** Between two of its beats, as far as a dump without CPU times tells, while no task or request waits for it. */
    private static boolean mayLead(HeldLock held) {
        return held.owner().thread().cpuNanos() < 0
                && Stream.concat(Stream.of(held.owner()), held.waiters().stream())
                        .noneMatch(thread -> thread.serves()
                                || thread.pool().isPresent()
                                || thread.thread().isVirtual());
    }

    private static final double TURNS = .6;

    private static double confidence(Facts facts, HeldLock held, Persistence persistence) {
        return held.isPrinted() ? ofPrintedOwner(facts, held, persistence) : ofConcludedOwner(facts, held, persistence);
    }

    private static double ofConcludedOwner(Facts facts, HeldLock held, Persistence persistence) {
        if (persistence.isMeasured()) {
            return .65;
        }
        boolean sleeps = held.owner().waitsFor().kind() == Wait.Kind.SLEEP;
        return sleeps && !facts.dump().isOfOneInstant() ? MAY_BE_OVER : .55;
    }

    private static double ofPrintedOwner(Facts facts, HeldLock held, Persistence persistence) {
        if (persistence.kind() == Persistence.Kind.PROGRESS) {
            return .67;
        }
        if (persistence.isMeasured() && held.formerHolder(facts) != HeldLock.FormerHolder.ANOTHER) {
            return .97;
        }
        if (persistence.mayEnd() && !persistence.isMeasured()) {
            return TURNS;
        }
        if (held.owner().waitsFor().isOf(SHORT)) {
            return mayBeOver(held.owner()) ? MAY_BE_OVER : .55;
        }
        return .92;
    }

    private static String lockedAt(ThreadFacts owner, Resource lock) {
        String taken = takenAt(owner, lock);
        return taken.isEmpty() ? "" : ", taken at " + taken;
    }

    /** One who has worked all its life writes to its files all the time, too, and forces them to the disk under a lock. */
    private static boolean mayBeOver(ThreadFacts owner) {
        return owner.waitsFor().is(Call.Kind.FILE) && owner.hasWorked();
    }

    /** Where a monitor was locked; empty for a lock, which names no frame, and where only those who wait name the owner. */
    private static String takenAt(ThreadFacts owner, Resource lock) {
        List<Frame> frames = owner.thread().stack().frames();
        for (LockMention mention : owner.thread().locks()) {
            boolean isTaken =
                    mention.kind() == LockMention.Kind.LOCKED && mention.lock().equals(lock.lock());
            if (isTaken && mention.depth() >= 0 && !frames.isEmpty()) {
                return frames.get(Math.min(mention.depth(), frames.size() - 1)).text();
            }
        }
        return "";
    }
}
