package dev.whyhung.rules;

import dev.whyhung.finding.Finding;
import dev.whyhung.finding.Fix;
import dev.whyhung.finding.Nature;
import dev.whyhung.finding.RuleInfo;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.Persistence;
import dev.whyhung.graph.thread.Pool;
import dev.whyhung.graph.thread.Resource;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.graph.thread.ThreadNode;
import dev.whyhung.graph.thread.Wait;
import dev.whyhung.knowledge.Call;
import dev.whyhung.model.Frame;
import dev.whyhung.model.Visible;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Nearly every worker of a pool is stuck and none is idle: whatever arrives waits in a queue that no dump shows. */
final class ThreadPoolExhausted implements Rule {

    private static final RuleInfo INFO =
            RuleInfo.of("thread-pool-exhausted", "All workers of a pool are stuck", Nature.TRANSPARENT);

    private static final double NEARLY_ALL = .9;
    private static final int REQUEST_WORKERS = 2;
    private static final int OTHER_WORKERS = 4;

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> examine(Facts facts) {
        List<Finding> findings = new ArrayList<>();
        Set<Resource> passedOn = HeldLock.passedOn(facts);
        for (Pool pool : facts.pools()) {
            if (isExhausted(pool) && isWanted(facts, pool)) {
                findings.add(finding(facts, pool, passedOn));
            }
        }
        return findings;
    }

    private static boolean isExhausted(Pool pool) {
        return !pool.hasIdleWorker()
                && pool.stuckWorkers() >= NEARLY_ALL * pool.workers().size()
                && pool.stuckWorkers() > 0;
    }

    /** Whether work arrives at this pool: requests always do; elsewhere somebody must wait for one of its tasks. */
    private static boolean isWanted(Facts facts, Pool pool) {
        int size = pool.workers().size();
        return facts.isAsked(pool) ? size >= REQUEST_WORKERS : size >= OTHER_WORKERS && hasDemand(facts, pool);
    }

    /** Whether somebody outside a pool waits for one of its tasks. */
    static boolean hasDemand(Facts facts, Pool pool) {
        return pool.workers().stream()
                .flatMap(worker -> facts.graph().heldBy(worker).stream())
                .filter(resource -> resource.kind() == Resource.Kind.FUTURE)
                .flatMap(resource -> facts.graph().waiters(resource).stream())
                .anyMatch(waiter -> waiter.pool().filter(pool::equals).isEmpty());
    }

    private static Finding finding(Facts facts, Pool pool, Set<Resource> passedOn) {
        List<ThreadFacts> stuck =
                pool.workers().stream().filter(ThreadFacts::isStuck).toList();
        Map<String, Integer> reasons = reasons(stuck);
        Map.Entry<String, Integer> main = reasons.entrySet().stream()
                .max(Map.Entry.<String, Integer>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                .orElseThrow();
        boolean oneReason = main.getValue() * 2 >= stuck.size();
        Finding.Draft draft = Finding.of(INFO)
                .headline(stuck.size() + " of " + pool.workers().size() + " workers of pool " + pool.name()
                        + " are stuck, none is idle")
                .explanation(
                        "New work waits in the pool's queue, which no dump shows.",
                        "The pool is the victim: look at what its workers wait for. Most often (" + main.getValue()
                                + " of " + stuck.size() + "): " + main.getKey() + '.')
                .confidence(confidence(facts, stuck, oneReason))
                .persistence(persistence(facts, stuck, passedOn))
                .resource(pool.resource())
                .site(pool.name())
                .chain(Account.threads(main.getValue()) + ": " + main.getKey())
                .chain("all workers of pool " + pool.name() + " are taken")
                .fix(Fix.of(
                        "Fix what the workers wait for. A larger pool only postpones the same end; a bounded queue that"
                                + " rejects, and timeouts on every wait, keep the rest of the service alive."));
        stuck.forEach(worker -> draft.target(new ThreadNode(worker.id())));
        Account.show(draft, facts, stuck, 3);
        return draft.build();
    }

    /** A lock that changes hands serves them one after another, however long each of them waits. */
    private static Persistence persistence(Facts facts, List<ThreadFacts> stuck, Set<Resource> passedOn) {
        boolean moves = isMost(
                        stuck,
                        worker -> worker.waitsFor()
                                .resource()
                                .filter(passedOn::contains)
                                .isPresent())
                || awaitWork(facts, stuck);
        return moves ? Persistence.PROGRESS : prevailing(stuck);
    }

    /** Most wait for what somebody works on who gets on with it, as while a server warms up; who gets on with a lock is for others to say. */
    private static boolean awaitWork(Facts facts, List<ThreadFacts> stuck) {
        Set<Resource> workedOn = stuck.stream()
                .filter(worker -> !worker.waitsFor().isExclusive())
                .flatMap(worker -> worker.waitsFor().resource().stream())
                .distinct()
                .filter(resource -> isWorkedOn(facts, resource))
                .collect(Collectors.toSet());
        return isMost(
                stuck,
                worker ->
                        worker.waitsFor().resource().filter(workedOn::contains).isPresent());
    }

    private static boolean isWorkedOn(Facts facts, Resource resource) {
        return facts.graph().holder(resource).holders().stream()
                .anyMatch(holder -> !holder.isIdle()
                        && !holder.isPassive()
                        && !holder.isStuck()
                        && holder.persistence().kind() == Persistence.Kind.PROGRESS);
    }

    /** Those who wait with a limit, as long polls do, take the pool and get free in a while. */
    private static double confidence(Facts facts, List<ThreadFacts> stuck, boolean oneReason) {
        if (isMereLoad(facts, stuck)
                || isForSleepers(facts, stuck)
                || isBehindSleeper(facts, stuck)
                || isOfLongPolls(stuck)
                || awaitWork(facts, stuck)
                || isForUnseen(facts, stuck)) {
            return Account.MERE_LOAD;
        }
        return oneReason && !isMost(stuck, ThreadPoolExhausted::pauses) ? .9 : .6;
    }

    private static final Set<Call.Kind> PAUSES = EnumSet.of(Call.Kind.FUTURE, Call.Kind.LATCH, Call.Kind.PERMIT);

    private static boolean pauses(ThreadFacts worker) {
        boolean forOthers =
                worker.waitsFor().kind() == Wait.Kind.SIGNAL || PAUSES.stream().anyMatch(worker.waitsFor()::is);
        return worker.persistence().mayEnd()
                || (forOthers && worker.thread().status().isTimed());
    }

    /** Long polls: signalled or not, each goes on in a while, and none was seen to wait for long. */
    private static boolean isOfLongPolls(List<ThreadFacts> stuck) {
        return !prevailing(stuck).isMeasured()
                && isMost(
                        stuck,
                        worker -> worker.waitsFor().kind() == Wait.Kind.SIGNAL
                                && worker.thread().status().isTimed());
    }

    /** Who has the permits or the lock, and is at work perhaps, may stand in the part of the dump that is missing. */
    private static boolean isForUnseen(Facts facts, List<ThreadFacts> stuck) {
        boolean locksTellOwners = facts.shows(Visible.SYNCHRONIZER_OWNERS);
        return facts.dump().truncated()
                && isMost(
                        stuck,
                        worker -> worker.waitsFor().is(Call.Kind.PERMIT)
                                || (worker.waitsFor().kind() == Wait.Kind.LOCK && !locksTellOwners));
    }

    /** Seen once, and most workers wait for something that others work on, or have been at work until now. */
    private static boolean isMereLoad(Facts facts, List<ThreadFacts> stuck) {
        return !prevailing(stuck).isMeasured()
                && isMost(
                        stuck,
                        worker -> worker.hasWorkedMuch()
                                || worker.waitsFor().kind() == Wait.Kind.SLEEP
                                || isServed(facts, worker));
    }

    /** Most wait for an answer that nobody is known to owe, and somebody sleeps in the same code who may be at work on it. */
    private static boolean isForSleepers(Facts facts, List<ThreadFacts> stuck) {
        List<ThreadFacts> unanswered = stuck.stream()
                .filter(worker -> worker.waitsFor().is(Call.Kind.LATCH) || Unanswered.isBareSignal(worker))
                .filter(worker -> Unanswered.isForsaken(facts, worker))
                .toList();
        return unanswered.size() * 2 > stuck.size() && Unanswered.mayComeBack(facts, unanswered);
    }

    /** Seen once, most wait for a lock whose owner is not printed, and somebody sleeps in the same code who may have it for a moment. */
    private static boolean isBehindSleeper(Facts facts, List<ThreadFacts> stuck) {
        if (prevailing(stuck).isMeasured() || facts.shows(Visible.SYNCHRONIZER_OWNERS)) {
            return false;
        }
        Set<String> code = stuck.stream()
                .filter(worker -> worker.waitsFor().kind() == Wait.Kind.LOCK)
                .flatMap(worker -> worker.reading().appFrame().stream())
                .map(Frame::outerClass)
                .collect(Collectors.toSet());
        return isMost(stuck, worker -> worker.waitsFor().kind() == Wait.Kind.LOCK)
                && facts.threads().stream()
                        .filter(thread -> thread.waitsFor().kind() == Wait.Kind.SLEEP)
                        .flatMap(thread -> thread.thread().stack().frames().stream())
                        .anyMatch(frame -> code.contains(frame.outerClass()));
    }

    private static boolean isMost(List<ThreadFacts> workers, Predicate<ThreadFacts> test) {
        return workers.stream().filter(test).count() * 2 > workers.size();
    }

    private static boolean isServed(Facts facts, ThreadFacts worker) {
        return worker.waitsFor().resource().filter(facts.graph()::isServed).isPresent();
    }

    private static Map<String, Integer> reasons(List<ThreadFacts> stuck) {
        Map<String, Integer> reasons = new TreeMap<>();
        for (ThreadFacts worker : stuck) {
            Optional<Resource> resource = worker.waitsFor().resource();
            boolean lock = resource.isPresent() && worker.waitsFor().isExclusive();
            String reason = lock ? Account.doing(worker) : Account.doing(worker) + Account.at(worker.whereText());
            reasons.merge(reason, 1, Integer::sum);
        }
        return reasons;
    }

    /**
     * The same of threads that wait for what others do. Without CPU figures a wait is not known to last longer than the work of those who
     * end it: who puts into a full queue all day is always seen to wait. One of them is enough.
     */
    static Persistence prevailing(List<ThreadFacts> waiters, List<ThreadFacts> servers) {
        boolean timed = waiters.stream()
                .anyMatch(waiter ->
                        waiter.thread().cpuNanos() >= 0 && !waiter.waitsFor().polls());
        Persistence nimblest = servers.stream()
                .map(ThreadFacts::persistence)
                .min(Comparator.comparingDouble(Persistence::permanence))
                .orElse(Persistence.SINGLE);
        return timed || servers.isEmpty() || nimblest.isMeasured() ? prevailing(waiters) : nimblest;
    }

    /** What at least half of these threads show. */
    static Persistence prevailing(List<ThreadFacts> threads) {
        List<Persistence> sorted = threads.stream()
                .map(ThreadFacts::persistence)
                .sorted(Comparator.comparingDouble(Persistence::permanence).reversed())
                .toList();
        return sorted.isEmpty() ? Persistence.SINGLE : sorted.get((sorted.size() - 1) / 2);
    }
}
