package dev.whyhung.graph.judgement;

import dev.whyhung.graph.carrier.Carriers;
import dev.whyhung.graph.holder.Children;
import dev.whyhung.graph.holder.JoinedThreads;
import dev.whyhung.graph.thread.Acceptors;
import dev.whyhung.graph.thread.Holder;
import dev.whyhung.graph.thread.Persistence;
import dev.whyhung.graph.thread.Pool;
import dev.whyhung.graph.thread.Resource;
import dev.whyhung.graph.thread.StackGroups;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.graph.thread.ThreadSet;
import dev.whyhung.graph.thread.Wait;
import dev.whyhung.graph.time.Recorded;
import dev.whyhung.graph.waitfor.WaitForGraph;
import dev.whyhung.knowledge.Call;
import dev.whyhung.knowledge.Knowledge;
import dev.whyhung.model.CallStack;
import dev.whyhung.model.DumpTrace;
import dev.whyhung.model.Frame;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who is stuck and who is only at rest.
 *
 * <p>A request thread that waits is stuck unless it is idle; a sleep that was seen once ends by itself. Elsewhere a consumer that takes
 * from a queue, a ticker that sleeps, a reader at its socket wait by design; they count only if somebody waits for them, that is, if
 * they hold a lock that others want or run a task whose result others await. Threads that could run and get no CPU are stuck if there
 * are several; one that burns CPU at one place is if it keeps others waiting. A thread that was seen to move is not stuck, except
 * behind a lock: that is for the rules about locks to tell.
 */
public final class Judgement {

    private static final int LONERS = 2;
    /** One frozen thread may be an oddity of the JVM. */
    private static final int CROWD = 3;

    private final Knowledge knowledge;
    private final Recorded recorded;
    private final WaitForGraph graph;
    private final boolean starved;
    private final List<ThreadFacts> threads;
    private final long frozen;
    private final Standstill standstill;
    private final Spinning spinning;
    private final Acceptors acceptors;
    private final Set<CallStack> arrivals = new HashSet<>();
    private final StackGroups stacks;
    private final Set<Resource> standoffs = new HashSet<>();
    private final Turns turns;
    private final Children children;
    private final Map<Pool, Boolean> stalled = new HashMap<>();

    public Judgement(
            WaitForGraph graph,
            List<ThreadFacts> threads,
            StackGroups stacks,
            Carriers carriers,
            List<DumpTrace> earlier,
            Recorded recorded,
            Knowledge knowledge) {
        this.knowledge = knowledge;
        this.recorded = recorded;
        this.graph = graph;
        starved = carriers.areExhausted() || isQueueOfNoCarrier(carriers);
        this.threads = threads;
        graph.resources().stream().filter(graph::isStandoff).forEach(standoffs::add);
        spinning = new Spinning(graph, threads, earlier, recorded);
        acceptors = new Acceptors(threads, knowledge);
        turns = new Turns(graph, stacks);
        children = new Children(stacks);
        frozen = stacks.those(ThreadFacts::isFrozen).size();
        stacks.those(thread -> thread.persistence().kind() == Persistence.Kind.PROGRESS)
                .forEach(thread -> arrivals.add(thread.thread().stack()));
        this.stacks = stacks;
        standstill = new Standstill(stacks, graph);
    }

    /** Whether virtual threads are ready to run from dump to dump, and none is seen that runs them: they have a scheduler of their own. */
    private static boolean isQueueOfNoCarrier(Carriers carriers) {
        return carriers.all().isEmpty()
                && carriers.queued().stream()
                                .filter(thread -> thread.persistence().isMeasured())
                                .limit(CROWD)
                                .count()
                        == CROWD;
    }

    public void judge() {
        ThreadSet waiting = stacks.those(Judgement::waits);
        ThreadSet resting = stacks.those(thread -> waits(thread) && isAtRest(thread));
        ThreadSet awaited = awaited(waiting, resting);
        for (ThreadFacts thread : threads) {
            boolean waits = waiting.contains(thread);
            boolean passive = resting.contains(thread)
                    && !awaited.contains(thread)
                    && thread.forsakenBy().isEmpty();
            boolean moved = thread.persistence().kind() == Persistence.Kind.PROGRESS
                    && !thread.waitsFor().isExclusive();
            boolean still = thread.isFrozen() && frozen >= CROWD;
            thread.judge(passive, (waits && !passive && !moved) || still || spinning.isStuck(thread));
        }
    }

    static boolean waits(ThreadFacts thread) {
        return thread.waitsFor().kind() != Wait.Kind.NONE
                && !thread.isJvm()
                && !thread.isIdle()
                && !hasLostStack(thread);
    }

    /** Whoever waits has frames, so they were lost; and with them what tells rest from trouble. */
    private static boolean hasLostStack(ThreadFacts thread) {
        return thread.thread().stack().isEmpty()
                && thread.waitsFor().resource().isEmpty()
                && thread.waitsFor().kind() != Wait.Kind.MONITOR_ENTER;
    }

    /** Every thread that somebody who is not at rest waits for, directly or by way of others. */
    private ThreadSet awaited(ThreadSet waiting, ThreadSet resting) {
        ThreadSet awaited = new ThreadSet(threads);
        Deque<Resource> open = new ArrayDeque<>();
        ThreadSet first = waiting.copy();
        first.removeAll(resting);
        graph.resources().stream()
                .filter(resource ->
                        isWanted(resource) && graph.waiters(resource).stream().anyMatch(first::contains))
                .forEach(open::add);
        Set<Resource> seen = new HashSet<>(open);
        while (!open.isEmpty()) {
            graph.holder(open.remove()).holders().stream()
                    .filter(awaited::add)
                    .flatMap(holder -> holder.waitsFor().resource().stream())
                    .filter(resource -> isWanted(resource) && seen.add(resource))
                    .forEach(open::add);
        }
        return awaited;
    }

    /**
     * Who might signal a condition is a guess too weak to make a ticker look stuck; and whoever waits for the end of a thread does not ask
     * it for anything.
     */
    private static boolean isWanted(Resource resource) {
        return resource.kind() != Resource.Kind.CONDITION && resource.kind() != Resource.Kind.THREAD;
    }

    private boolean isAtRest(ThreadFacts thread) {
        Call.Kind call = thread.reading().call().map(Call::kind).orElse(Call.Kind.SLEEP);
        if (call == Call.Kind.BORROW || call == Call.Kind.REMOTE) {
            return false;
        }
        if (thread.reading().passive(thread.name()).isPresent() && !isRequestAtQueue(thread) && !asksInVain(thread)) {
            return !isOfStalledPool(thread);
        }
        if (thread.waitsFor().kind() == Wait.Kind.CARRIER) {
            return !starved;
        }
        if (servesOrCleansUp(thread)) {
            boolean pause = !thread.role().is("EVENT_LOOP")
                    || thread.reading().appFrame().isEmpty();
            return thread.waitsFor().kind() == Wait.Kind.SLEEP
                    && pause
                    && !(thread.persistence().isMeasured() && showsCpu(thread));
        }
        if (sleepsOnDispatcher(thread)) {
            return false;
        }
        if (runsJob(thread)) {
            return thread.waitsFor().kind() == Wait.Kind.SLEEP
                    || (!thread.persistence().isMeasured() && !isAmongTakenActors(thread));
        }
        if (isOfStalledPool(thread)) {
            return false;
        }
        return switch (thread.waitsFor().kind()) {
            case NONE, CLASS_INIT, CARRIER -> false;
            case MONITOR_ENTER, LOCK -> Leader.isFollowedBy(thread, graph) || turns.isOfAnother(thread);
            case SIGNAL ->
                thread.waitsFor().resource().filter(standoffs::contains).isEmpty() && !asksInVain(thread);
            case SLEEP -> true;
            case PARK -> !asksInVain(thread);
            case CALL -> isCallAtRest(thread) || ConsumerScope.isOpenedBy(thread, graph, knowledge);
        };
    }

    /** A loop takes its work from a queue; a request that takes from one, deep in its code and without a limit, lacks something. */
    private boolean isRequestAtQueue(ThreadFacts thread) {
        return thread.role().is("REQUEST")
                && !thread.thread().status().isTimed()
                && (!thread.reading().isEntry() || isServedNoMore(thread))
                && thread.reading()
                        .passive(thread.name())
                        .filter("queue-consumer"::equals)
                        .isPresent();
    }

    /** Who subscribes to a stream has the thread for good; a worker that used to serve others has not, and here all of them wait. */
    private boolean isServedNoMore(ThreadFacts thread) {
        return thread.pool().filter(pool -> !pool.hasIdleWorker()).isPresent()
                && recorded.hasServed(thread)
                && thread.thread().stack().frames().stream().anyMatch(frame -> knowledge.isAmong("http-server", frame));
    }

    /**
     * Tasks of the pool used to end, and none of those that its workers run now does. A consumer that was given to a pool leaves it
     * workers for other tasks, or was its first.
     */
    private boolean isOfStalledPool(ThreadFacts thread) {
        return thread.isOverdue()
                && thread.waitsFor().kind() != Wait.Kind.SLEEP
                && thread.pool()
                        .filter(pool -> stalled.computeIfAbsent(pool, this::isStalled))
                        .isPresent();
    }

    /** The last of its workers may have had its hands full, and no rest that tells how long its tasks used to last. */
    private boolean isStalled(Pool pool) {
        List<ThreadFacts> workers = pool.workers();
        return workers.stream().filter(ThreadFacts::isOverdue).count() >= Math.max(2, workers.size() - 1)
                && !pool.hasIdleWorker()
                && workers.stream().allMatch(recorded::isSilentForLong);
    }

    /**
     * A dispatcher has few threads and many tasks, which are not to wait: where all its threads sleep, and did so in the dump before, no
     * task gets on. Of those for work that blocks it is no more than a pause.
     */
    private boolean sleepsOnDispatcher(ThreadFacts thread) {
        return (thread.role().is("ACTOR") || thread.role().is("COROUTINE"))
                && thread.waitsFor().kind() == Wait.Kind.SLEEP
                && thread.persistence().isMeasured()
                && showsCpu(thread)
                && isComputing(thread)
                && thread.pool()
                        .filter(pool -> pool.workers().size() > 1 && !pool.hasIdleWorker())
                        .isPresent();
    }

    private boolean isComputing(ThreadFacts thread) {
        List<Frame> frames = thread.thread().stack().frames();
        return frames.stream().anyMatch(frame -> knowledge.isAmong("dispatcher", frame))
                && frames.stream().noneMatch(frame -> knowledge.isAmong("blocking-dispatcher", frame));
    }

    /** One actor that waits may be in the middle of its message; a dispatcher of some size that has no thread left is not. */
    private static boolean isAmongTakenActors(ThreadFacts thread) {
        return thread.role().is("ACTOR")
                && thread.persistence().kind() == Persistence.Kind.SINGLE
                && (thread.waitsFor().is(Call.Kind.FUTURE) || thread.waitsFor().isExternal())
                && thread.pool()
                        .filter(pool -> pool.workers().size() >= CROWD && !pool.hasIdleWorker())
                        .isPresent();
    }

    /** A job of a scheduler or the message of an actor, unlike a loop in a thread of its own, is expected to end. */
    private static boolean runsJob(ThreadFacts thread) {
        return (thread.role().is("SCHEDULER") || thread.role().is("ACTOR"))
                && thread.reading().appFrame().isPresent()
                && !thread.waitsFor().isExclusive();
    }

    /** Without CPU figures, a loop that sleeps again and again looks like one long sleep. */
    private static boolean showsCpu(ThreadFacts thread) {
        return thread.thread().cpuNanos() >= 0 || !thread.thread().isVirtual();
    }

    private static boolean servesOrCleansUp(ThreadFacts thread) {
        return thread.serves() || thread.role().is("CLEANUP");
    }

    private boolean isCallAtRest(ThreadFacts thread) {
        Call.Kind kind = thread.waitsFor().call().map(Call::kind).orElse(Call.Kind.SLEEP);
        return switch (kind) {
            case SLEEP, FILE -> true;
            case PROCESS -> thread.pool().filter(children::holdUp).isEmpty();
            case LATCH -> keepsTheProcessAlive(thread) && !isAmongOverdue(thread) && !standstill.lacksParty(thread);
            case FUTURE, CLOSE ->
                keepsTheProcessAlive(thread) && !thread.isOverdue() && hasNoHolder(thread) && !joinsItself(thread);
            case PERMIT -> (takesSignals(thread) && hasNoHolder(thread)) || Leader.isFollowedBy(thread, graph);
            case READ -> thread.reading().client().isEmpty() && !isAmongCallers(thread) && !isHeldUpInJob(thread);
            case CONNECT, WRITE, REMOTE, DNS, ENTROPY, BORROW, DATABASE_LOCK, DISTRIBUTED_LOCK, PUT, LOG -> false;
        };
    }

    /** Several that have something to put in, or need what others were lent, and have not got on since the dump before. */
    private boolean asksInVain(ThreadFacts thread) {
        return !thread.thread().status().isTimed()
                && thread.persistence().isMeasured()
                && !thread.reading().isEntry()
                && thread.reading()
                        .appFrame()
                        .filter(frame -> delivers(thread, frame) || borrows(frame))
                        .isPresent()
                && stacks.of(thread.thread().stack()).size() >= CROWD;
    }

    /** Whoever stands where it takes from a queue, as senders do inside a {@code push}, has nothing to put in. */
    private boolean delivers(ThreadFacts thread, Frame frame) {
        return knowledge.isNamedAmong("delivers", thread.thread().stack(), thread.reading())
                && !knowledge.isNamedAmong("takes", frame)
                && thread.reading().passive(thread.name()).isEmpty();
    }

    private boolean borrows(Frame frame) {
        boolean ofPool = frame.className().endsWith("Pool") && knowledge.isNamedAmong("lends", frame);
        return (ofPool || knowledge.isNamedAmong("borrows", frame)) && !knowledge.isNamedAmong("awaits-work", frame);
    }

    /** A loop reads from its socket for good; a task or a message has asked somebody, and waits for the answer. */
    private static boolean isHeldUpInJob(ThreadFacts thread) {
        return thread.reading().isJob() && thread.persistence().isMeasured();
    }

    /**
     * A virtual thread is made for one task: at its socket it serves a connection at rest, or waits for an answer. A crowd of them of whom
     * none has moved, where nobody accepts connections, makes calls.
     */
    private boolean isAmongCallers(ThreadFacts thread) {
        return thread.thread().isVirtual()
                && thread.persistence().isMeasured()
                && stacks.of(thread.thread().stack()).size() >= MANY
                && !arrivals.contains(thread.thread().stack())
                && acceptors.areElsewhere(thread);
    }

    private static final int MANY = 16;

    /** It, or another that waits for the same: all of them meet there. */
    private boolean isAmongOverdue(ThreadFacts thread) {
        return thread.isOverdue()
                || thread.waitsFor()
                        .resource()
                        .filter(resource -> graph.waiters(resource).stream().anyMatch(ThreadFacts::isOverdue))
                        .isPresent();
    }

    /**
     * A thread of its own that waits in its own main method, or alone, and no daemon: usually for the end of the process. No virtual thread
     * keeps a process alive, and one of a crowd is a task; but for one whose latch is its own, as the end of the session that it serves.
     */
    private boolean keepsTheProcessAlive(ThreadFacts thread) {
        boolean alone = isAlone(thread) && !thread.thread().daemon();
        boolean task = thread.thread().isVirtual() && !isAlone(thread) && !hasOwnLatch(thread);
        boolean entry = thread.reading().isEntry() && hasNoHolder(thread) && !task;
        return thread.pool().isEmpty() && (alone || entry);
    }

    /** As long as no result of it is expected. */
    private boolean hasOwnLatch(ThreadFacts thread) {
        return thread.reading().taskIndex() < 0
                && thread.waitsFor().is(Call.Kind.LATCH)
                && thread.thread().blockerClass().startsWith("java.util.concurrent.CountDownLatch")
                && thread.waitsFor()
                        .resource()
                        .filter(latch -> graph.waiters(latch).size() == 1)
                        .isPresent();
    }

    private boolean hasNoHolder(ThreadFacts thread) {
        return thread.waitsFor()
                .resource()
                .filter(resource -> resource.kind() != Resource.Kind.THREAD)
                .map(graph::holder)
                .map(holder -> holder.holders().isEmpty())
                .orElse(true);
    }

    /** Called back by others: one that waits for its own end by itself keeps the process alive. */
    private boolean joinsItself(ThreadFacts thread) {
        return JoinedThreads.isCalledBack(thread, knowledge)
                && thread.waitsFor()
                        .resource()
                        .filter(resource -> graph.holder(resource) instanceof Holder.Inferred inferred
                                && inferred.holders().equals(List.of(thread)))
                        .isPresent();
    }

    /** A semaphore may count work instead of limiting it: then the loop of a consumer acquires, or a method that takes. */
    private static boolean takesSignals(ThreadFacts thread) {
        return thread.thread().blockerClass().startsWith("java.util.concurrent.Semaphore")
                && (thread.reading().isEntry() || thread.reading().takes());
    }

    private boolean isAlone(ThreadFacts thread) {
        return stacks.of(thread.thread().stack()).size() <= LONERS;
    }
}
