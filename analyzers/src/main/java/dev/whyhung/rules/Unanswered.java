package dev.whyhung.rules;

import dev.whyhung.finding.Finding;
import dev.whyhung.finding.RuleInfo;
import dev.whyhung.finding.Tier;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.Persistence;
import dev.whyhung.graph.thread.Resource;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.graph.thread.ThreadNode;
import dev.whyhung.graph.thread.Wait;
import dev.whyhung.knowledge.Call;
import dev.whyhung.model.Frame;
import dev.whyhung.model.Recording.Thrown;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Threads of the application that wait at one place for another thread to do something (complete, count down, arrive, signal), where no
 * live thread is seen that might.
 *
 * @param isWorkGoingOn whether some thread is at work elsewhere, which may be about to answer
 */
record Unanswered(List<ThreadFacts> waiters, boolean isWorkGoingOn) {

    private static final int CROWD = 3;
    private static final double FAILED = .8;

    /** The stuck threads that wait in this manner without anybody to end it, by the place where they wait. */
    static List<Unanswered> all(Facts facts, Predicate<ThreadFacts> manner) {
        return all(facts, manner, thread -> true);
    }

    /** Those of them who are such as this; it is asked of each, while their manner is that of many. */
    static List<Unanswered> all(Facts facts, Predicate<ThreadFacts> manner, Predicate<ThreadFacts> who) {
        Map<String, List<ThreadFacts>> byPlace = new LinkedHashMap<>();
        facts
                .stuck(thread ->
                        thread.reading().appFrame().isPresent() && manner.test(thread) && isForsaken(facts, thread))
                .stream()
                .filter(who)
                .forEach(thread -> byPlace.computeIfAbsent(thread.whereText(), key -> new ArrayList<>())
                        .add(thread));
        boolean work = !byPlace.isEmpty() && isSomebodyAtWork(facts);
        return byPlace.values().stream()
                .map(waiters -> new Unanswered(waiters, work || mayComeBack(facts, waiters)))
                .toList();
    }

    static boolean isForsaken(Facts facts, ThreadFacts thread) {
        return thread.waitsFor()
                .resource()
                .map(resource -> hasNobody(facts, resource))
                .orElse(true);
    }

    /** Of those who put in and those who take out at one condition one had to go on: who else might signal, and is stuck, did not. */
    private static boolean hasNobody(Facts facts, Resource resource) {
        List<ThreadFacts> holders = facts.graph().holder(resource).holders();
        return holders.isEmpty()
                || (holders.stream().allMatch(ThreadFacts::isStuck)
                        && facts.graph().isStandoff(resource));
    }

    ThreadFacts first() {
        return waiters.get(0);
    }

    /** What they wait for, each thing once. */
    List<Resource> resources() {
        return waiters.stream()
                .flatMap(waiter -> waiter.waitsFor().resource().stream())
                .distinct()
                .toList();
    }

    Persistence persistence() {
        return ThreadPoolExhausted.prevailing(waiters);
    }

    /**
     * Confidence that nobody will answer. A wait with a timeout ends by itself; a few background threads may wait by design; and whoever is
     * is at work may be about to answer.
     */
    double confidence(Facts facts, double single, double measured) {
        return confidence(
                facts,
                persistence().isMeasured() ? measured : single,
                isWorkGoingOn || isSeenAtWork() || isDone(facts));
    }

    /** The same for an answer that one thread owes: that it failed, as a recording tells, says more than that nobody is at work. */
    double confidenceOrFailure(Facts facts, double single, double measured) {
        return failure(facts).isPresent() ? confidence(facts, FAILED, false) : confidence(facts, single, measured);
    }

    private double confidence(Facts facts, double base, boolean mayBeAnswered) {
        boolean timed =
                waiters.stream().allMatch(waiter -> waiter.thread().status().isTimed());
        boolean doubtful = timed || mayBeAnswered || !isMissed(facts);
        return Unowned.ofAbsence(facts, doubtful ? Math.min(base, Tier.HINT_AT_MOST) : base);
    }

    /** An exception where the answer should have come from, as a recording tells. */
    private Optional<Thrown> failure(Facts facts) {
        return facts.recorded()
                .failureBehind(
                        waiters, id -> facts.thread(id).map(ThreadFacts::isIdle).orElse(true));
    }

    /** In a single dump, of threads that are hardly stuck for long. */
    private boolean isSeenAtWork() {
        return !persistence().isMeasured() && waiters.stream().allMatch(ThreadFacts::hasWorkedMuch);
    }

    /**
     * Whether each of them may wait for a task whose thread has just ended: a dump that walks from executor to executor shows the waiter
     * before, and the executor without a thread after that.
     */
    private boolean isDone(Facts facts) {
        return facts.evidence().focus().spentExecutors() >= waiters.size()
                && waiters.stream()
                        .allMatch(waiter -> waiter.waitsFor()
                                .call()
                                .filter(call -> call.id().equals("task"))
                                .isPresent());
    }

    /**
     * Whether a caller misses the answer: a request, a crowd that something called or whose threads are made for a task each, or who waits
     * for one of these threads.
     */
    private boolean isMissed(Facts facts) {
        boolean loops = first().reading().isEntry() && !first().thread().isVirtual();
        boolean consumers = (loops && !isAtBarrier()) || (first().reading().takes() && !OwnPool.asks(facts, first()));
        return (waiters.size() >= CROWD && !consumers && (isAtBarrier() || !Standby.isBesideServer(facts, waiters)))
                || waiters.stream()
                        .anyMatch(waiter -> waiter.serves() || waiter.reading().isJob() || waiter.isOverdue())
                || waiters.stream()
                        .flatMap(waiter -> facts.graph().heldBy(waiter).stream())
                        .flatMap(held -> facts.graph().waiters(held).stream())
                        .anyMatch(ThreadFacts::isStuck);
    }

    /** Threads come to a barrier to meet others: nobody rests there. */
    private boolean isAtBarrier() {
        return first().waitsFor().is(Call.Kind.LATCH) && !Rendezvous.isLatch(first());
    }

    static boolean isSomebodyAtWork(Facts facts) {
        return atWork(facts).findAny().isPresent();
    }

    /** Whether it is more than a loop that lets time pass between two rounds. */
    static boolean isTaskAtWork(Facts facts) {
        return atWork(facts)
                .anyMatch(thread -> thread.waitsFor().kind() != Wait.Kind.SLEEP
                        || thread.reading().isWorker()
                        || isInsideTask(facts, thread));
    }

    private static Stream<ThreadFacts> atWork(Facts facts) {
        return facts.threads().stream()
                .filter(thread -> !thread.isIdle() && !thread.isJvm() && (!thread.serves() || isLoopAtWork(thread)))
                .filter(thread -> thread.reading().appFrame().isPresent())
                .filter(thread -> thread.isPassive()
                        ? mayBeAtWork(facts, thread) || hasAskedPeer(thread)
                        : !waitsForOthers(thread));
    }

    /**
     * Whether somebody sleeps in the class that they wait in, who may do between two sleeps what they wait for; if they have stood there
     * since the dump before, and CPU times are printed, it must not have rested since. Who only lets time pass sleeps in the first method of
     * a thread; who keeps the process alive does so in main, or in a method that main calls.
     */
    static boolean mayComeBack(Facts facts, List<ThreadFacts> waiters) {
        Set<String> code = waiters.stream()
                .flatMap(waiter -> waiter.reading().appFrame().stream())
                .map(Frame::outerClass)
                .collect(Collectors.toSet());
        boolean isMeasured = ThreadPoolExhausted.prevailing(waiters).isMeasured();
        return facts.threads().stream()
                .filter(thread -> thread.waitsFor().kind() == Wait.Kind.SLEEP && !thread.isJvm() && !thread.serves())
                .filter(thread -> isInsideTask(facts, thread))
                .filter(thread -> !isMeasured || !isSeenAtRest(facts, thread))
                .anyMatch(thread ->
                        ownFrames(facts, thread).map(Frame::outerClass).anyMatch(code::contains));
    }

    /** Since the dump before. */
    private static boolean isSeenAtRest(Facts facts, ThreadFacts sleeper) {
        return sleeper.thread().cpuNanos() >= 0
                && sleeper.persistence().kind() != Persistence.Kind.SINGLE
                && !isBusySleeper(facts, sleeper);
    }

    private static boolean isInsideTask(Facts facts, ThreadFacts sleeper) {
        long methods = ownFrames(facts, sleeper)
                .filter(frame -> !facts.knowledge().isNamedAmong("rests", frame))
                .map(Frame::method)
                .filter(name -> !name.startsWith("lambda$") && !BEGINNINGS.contains(name))
                .count();
        return methods > (sleeper.isIdle() ? 1 : 0);
    }

    private static final Set<String> BEGINNINGS = Set.of("main", "run", "call");

    private static Stream<Frame> ownFrames(Facts facts, ThreadFacts thread) {
        return thread.thread().stack().frames().stream()
                .filter(frame -> !frame.isHidden() && facts.knowledge().isApplication(frame.className()));
    }

    private static boolean isLoopAtWork(ThreadFacts thread) {
        return thread.role().is("EVENT_LOOP") && thread.waitsFor().kind() == Wait.Kind.NONE;
    }

    /** Sleeps inside a task, or between pieces of work that cost something. */
    private static boolean mayBeAtWork(Facts facts, ThreadFacts thread) {
        return thread.waitsFor().kind() == Wait.Kind.SLEEP
                && (thread.reading().isWorker() || isBusySleeper(facts, thread));
    }

    private static boolean isBusySleeper(Facts facts, ThreadFacts thread) {
        return thread.isBusySleeper() || facts.recorded().wasAtWork(thread.id());
    }

    /** Reads in a job what another system answers, and goes on when it has it. */
    private static boolean hasAskedPeer(ThreadFacts thread) {
        return thread.reading().isJob() && thread.waitsFor().is(Call.Kind.READ);
    }

    /** Waits itself for a thread to do something, so it does nothing for others. */
    static boolean waitsForOthers(ThreadFacts thread) {
        return switch (thread.waitsFor().kind()) {
            case SIGNAL, PARK -> true;
            case NONE, MONITOR_ENTER, LOCK, CLASS_INIT, SLEEP, CARRIER -> false;
            case CALL ->
                thread.waitsFor().is(Call.Kind.FUTURE)
                        || thread.waitsFor().is(Call.Kind.LATCH)
                        || thread.waitsFor().is(Call.Kind.PERMIT)
                        || thread.waitsFor().is(Call.Kind.PUT);
        };
    }

    /** The parts of a finding that are the same whatever they wait for. */
    Finding.Draft draft(RuleInfo info, Facts facts) {
        Finding.Draft draft = Finding.of(info).persistence(persistence()).site(first().whereText());
        waiters.forEach(waiter -> draft.target(new ThreadNode(waiter.id())));
        resources().stream().limit(3).forEach(draft::resource);
        Account.showVanished(draft, facts);
        failure(facts).ifPresent(thrown -> draft.evidence(Account.exhibit(facts, thrown)));
        Account.show(draft, facts, waiters, 3);
        return draft;
    }

    /** A parked thread that shows nothing to be parked on, called by the application itself. */
    static boolean isBareSignal(ThreadFacts thread) {
        return thread.waitsFor().kind() == Wait.Kind.SIGNAL
                || (thread.waitsFor().kind() == Wait.Kind.PARK
                        && thread.waitsFor().resource().isEmpty());
    }
}
