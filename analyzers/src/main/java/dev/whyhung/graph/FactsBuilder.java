package dev.whyhung.graph;

import dev.whyhung.graph.carrier.CarrierWork;
import dev.whyhung.graph.carrier.Carriers;
import dev.whyhung.graph.holder.Connections;
import dev.whyhung.graph.holder.Holders;
import dev.whyhung.graph.holder.Waits;
import dev.whyhung.graph.judgement.Arrival;
import dev.whyhung.graph.judgement.Gathering;
import dev.whyhung.graph.judgement.Judgement;
import dev.whyhung.graph.judgement.NewerWork;
import dev.whyhung.graph.judgement.Onset;
import dev.whyhung.graph.thread.Holder;
import dev.whyhung.graph.thread.NameStems;
import dev.whyhung.graph.thread.Persistence;
import dev.whyhung.graph.thread.Pool;
import dev.whyhung.graph.thread.Resource;
import dev.whyhung.graph.thread.StackGroups;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.graph.thread.Traits;
import dev.whyhung.graph.thread.Wait;
import dev.whyhung.graph.time.Before;
import dev.whyhung.graph.time.DumpClock;
import dev.whyhung.graph.time.Forsaken;
import dev.whyhung.graph.time.Habits;
import dev.whyhung.graph.time.Motion;
import dev.whyhung.graph.time.Passage;
import dev.whyhung.graph.time.Recorded;
import dev.whyhung.graph.time.RecordedThreads;
import dev.whyhung.graph.time.Silence;
import dev.whyhung.graph.time.Spins;
import dev.whyhung.graph.time.UnprintedInit;
import dev.whyhung.graph.waitfor.WaitForGraph;
import dev.whyhung.knowledge.Call;
import dev.whyhung.knowledge.Knowledge;
import dev.whyhung.knowledge.Role;
import dev.whyhung.knowledge.StackReading;
import dev.whyhung.model.CallStack;
import dev.whyhung.model.Evidence;
import dev.whyhung.model.Frame;
import dev.whyhung.model.LockMention;
import dev.whyhung.model.LockRef;
import dev.whyhung.model.Owners;
import dev.whyhung.model.ThreadContainer;
import dev.whyhung.model.ThreadSnapshot;
import dev.whyhung.model.ThreadStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Derives the facts in three steps: each thread by itself, then who holds what, then who is stuck. */
final class FactsBuilder {

    private static final Role VM = Role.JVM;

    private final Evidence evidence;
    private final Knowledge knowledge;
    private final Owners owners;
    private final Waits waits;
    private final Motion motion;
    private final Before before;
    private final UnprintedInit unprintedInit;
    private final DumpClock clock;
    private final Silence silence;
    private final Habits habits;
    private final Recorded recorded;
    private final Spins spins;
    private final Map<StackReading, Map<String, Named>> byName = new HashMap<>();
    private final Map<CallStack, Boolean> namedByTask = new HashMap<>();
    private final NameStems stems;
    private final List<ThreadFacts> threads = new ArrayList<>();
    private final Twins twins;
    private final Map<StackReading, Traits> latest = new HashMap<>();
    private final Connections connections;

    FactsBuilder(Evidence evidence, Knowledge knowledge, RecordedThreads recordedThreads) {
        this.evidence = evidence;
        this.knowledge = knowledge;
        owners = Owners.of(evidence.focus());
        waits = new Waits(knowledge, owners, evidence.focus());
        motion = new Motion(evidence);
        before = new Before(evidence);
        unprintedInit = new UnprintedInit(evidence, knowledge, motion);
        connections = new Connections(threads, knowledge);
        stems = new NameStems(evidence.focus().threads());
        twins = new Twins(evidence, knowledge);
        clock = new DumpClock(evidence);
        silence = new Silence(evidence, recordedThreads, clock, motion, knowledge);
        habits = new Habits(silence, knowledge);
        spins = new Spins(evidence, silence, recordedThreads.sampled(), knowledge);
        recorded = new Recorded(evidence, recordedThreads, clock, silence);
    }

    Facts build() {
        List<ThreadSnapshot> sorted = new ArrayList<>(evidence.focus().threads());
        sorted.sort(Comparator.comparing(ThreadSnapshot::id));
        sorted.forEach(this::addThread);
        StackGroups stacks = new StackGroups(threads);
        Forsaken forsaken = new Forsaken(recorded, silence, habits, knowledge);
        threads.stream()
                .filter(thread -> !thread.isIdle() && thread.waitsFor().kind() != Wait.Kind.NONE)
                .forEach(thread -> forsaken.by(thread).ifPresent(thread::markForsaken));
        List<Pool> pools = pools(stacks);
        new Passage(before, knowledge).judge(threads);
        new CarrierWork(evidence, before, clock, silence).judge(threads, stacks);
        pools.forEach(new Gathering(evidence, silence)::judge);
        Carriers carriers = Carriers.of(stacks, evidence, motion, recorded);
        WaitForGraph graph = graph(carriers, stacks);
        new NewerWork(graph, before, silence).judge(stacks);
        new Arrival(evidence, silence, graph).judge(threads);
        new Judgement(graph, threads, stacks, carriers, evidence.earlier(), recorded, knowledge).judge();
        List<ThreadFacts> seen = recorded.isDumpMissing() ? List.of() : threads;
        recorded.conclude(new Onset(evidence.recordings(), silence, knowledge).of(seen, carriers));
        return new Facts(evidence, knowledge, threads, stacks, pools, carriers, graph, connections, recorded);
    }

    private void addThread(ThreadSnapshot thread) {
        ThreadFacts twin = twins.of(thread);
        if (twin != null) {
            threads.add(new ThreadFacts(threads.size(), thread, twin));
            return;
        }
        StackReading reading = knowledge.read(thread.stack());
        Named named = named(thread, reading);
        Wait wait = wait(thread, reading);
        String idle = named.role.is("JVM") ? null : idle(thread, named.idle, wait);
        Traits traits = shared(new Traits(
                stems.of(thread.name()),
                reading,
                named.role,
                idle,
                wait,
                spins.of(thread).orElse(null),
                wait.kind() == Wait.Kind.NONE && idle == null && isFrozen(thread)));
        ThreadFacts facts = new ThreadFacts(threads.size(), thread, traits, persistence(thread, wait));
        if (worksBetweenSleeps(thread, wait)) {
            facts.markBusySleeper();
        }
        if (wait.kind() != Wait.Kind.NONE && idle == null && habits.isOverdue(thread, wait)) {
            facts.markOverdue();
        }
        if (motion.isAnew(thread) && !facts.persistence().isMeasured()) {
            facts.markPassing();
        }
        threads.add(facts);
        twins.add(facts);
    }

    /** Threads of one stack mostly have the same traits one after the other. */
    private Traits shared(Traits traits) {
        return latest.merge(traits.reading(), traits, (known, own) -> own.equals(known) ? known : own);
    }

    private Wait wait(ThreadSnapshot thread, StackReading reading) {
        Wait wait = waits.of(thread, reading);
        return wait.kind() == Wait.Kind.NONE || unprintedInit.mayAwaitNothingElse(thread)
                ? unprintedInit
                        .awaited(thread)
                        .map(awaited -> new Wait(Wait.Kind.CLASS_INIT, awaited, null))
                        .orElse(wait)
                : wait;
    }

    /** From the dumps, or, where these show less, from the signs of life in a recording. */
    private Persistence persistence(ThreadSnapshot thread, Wait wait) {
        boolean pauses = thread.status().isTimed() && isPause(wait);
        if (wait.isForScope() && waits.isScopeNew(thread.id(), before)) {
            return Persistence.PROGRESS;
        }
        Persistence byDumps = wait.polls() ? motion.ofPolling(thread) : motion.of(thread);
        if (pauses && thread.cpuNanos() < 0 && byDumps.isMeasured()) {
            byDumps = Persistence.SINGLE;
        }
        if (asksAgain(thread, wait) && motion.ofPolling(thread).isMeasured()) {
            byDumps = Persistence.SINGLE;
        }
        if (!wait.polls() && !thread.status().isTimed()) {
            byDumps = asRecorded(thread, byDumps);
        }
        Persistence bySigns = byDumps.isMeasured() ? byDumps : silence.of(thread);
        boolean movedAndPauses = pauses && byDumps.kind() == Persistence.Kind.PROGRESS;
        Persistence known = bySigns.kind() == Persistence.Kind.SINGLE || movedAndPauses ? byDumps : bySigns;
        return pauses && known.isMeasured() ? known.ofPause() : known;
    }

    /** Who sleeps between two attempts to get a lock uses CPU, whether others get it in turn or nobody does. */
    private static boolean asksAgain(ThreadSnapshot thread, Wait wait) {
        return thread.status() == ThreadStatus.SLEEPING && wait.is(Call.Kind.DATABASE_LOCK);
    }

    /**
     * Dumps without CPU times cannot tell a wait from the next one, nor can those with them if little is done between the two; a recording
     * that tells when the thread last ended one can.
     */
    private Persistence asRecorded(ThreadSnapshot thread, Persistence byDumps) {
        if (thread.kind() == ThreadSnapshot.Kind.CARRIER) {
            return byDumps; // events tell of those whom it carries
        }
        if ((thread.cpuNanos() < 0 && silence.hasGoneOn(thread)) || silence.isNotifiedInTime(thread)) {
            return Persistence.PROGRESS;
        }
        Optional<Duration> length = silence.length(thread);
        if (length.isEmpty() || byDumps.kind() == Persistence.Kind.PROGRESS) {
            return byDumps;
        }
        Duration since = length.get().plus(ROUNDING);
        if (motion.sinceSeen(thread).filter(seen -> since.compareTo(seen) < 0).isPresent()) {
            return Persistence.PROGRESS;
        }
        return since.compareTo(byDumps.span()) < 0 ? Persistence.SINGLE : byDumps;
    }

    /** Dumps tell their time in whole seconds. */
    private static final Duration ROUNDING = Duration.ofSeconds(1);

    /** Waits that end by themselves if they have a limit; without CPU figures nobody knows how often they did. */
    private static boolean isPause(Wait wait) {
        return PAUSES.contains(wait.kind()) || wait.isOf(PAUSING_CALLS);
    }

    private static final Set<Wait.Kind> PAUSES = EnumSet.of(Wait.Kind.SLEEP, Wait.Kind.SIGNAL, Wait.Kind.PARK);
    private static final Set<Call.Kind> PAUSING_CALLS = EnumSet.of(Call.Kind.FUTURE, Call.Kind.LATCH, Call.Kind.PERMIT);

    /** Native code may wait for anything, unless it is known to compute; and so may a virtual thread, whose carrier is printed as running. */
    private boolean isFrozen(ThreadSnapshot thread) {
        if (thread.status() != ThreadStatus.RUNNABLE
                || thread.kind() == ThreadSnapshot.Kind.CARRIER
                || thread.stack().isEmpty()
                || thread.cpuNanos() < 0
                || motion.of(thread).span().compareTo(FREEZE) < 0) {
            return false;
        }
        Frame top = thread.stack().frames().get(0);
        return !top.location().equals("Native Method") || knowledge.isAmong("computing", top);
    }

    private static final Duration FREEZE = Duration.ofSeconds(5);

    private Named named(ThreadSnapshot thread, StackReading reading) {
        if (thread.kind() == ThreadSnapshot.Kind.VM) {
            return OF_VM;
        }
        Map<String, Named> known = byName.computeIfAbsent(reading, key -> new HashMap<>());
        return known.computeIfAbsent(
                knowledge.nameKey(thread.name()),
                key -> new Named(knowledge.role(thread.name(), reading), reading.idle(thread.name())));
    }

    private static final Named OF_VM = new Named(VM, Optional.empty());

    /** What the tables say of a stack together with a name. */
    private record Named(Role role, Optional<String> idle) {}

    /** A thread that waits for a lock or burns CPU is not idle, whatever stands on its stack. */
    private @Nullable String idle(ThreadSnapshot thread, Optional<String> idle, Wait wait) {
        boolean keepsAlive = idle.filter(id -> id.startsWith("keep-alive")).isPresent();
        boolean runs = wait.kind() == Wait.Kind.NONE && thread.status() == ThreadStatus.RUNNABLE;
        if (wait.isExclusive()
                || motion.isBusy(thread)
                || (keepsAlive
                        && (runs || asks(wait) || keepsMonitor(thread, wait) || worksBetweenSleeps(thread, wait)))) {
            return null;
        }
        return idle.orElse(null);
    }

    /** Another system, or a pool for one of its connections. */
    private static boolean asks(Wait wait) {
        return wait.is(Call.Kind.REMOTE) || wait.is(Call.Kind.BORROW);
    }

    /** It waits for more than the end of the process. */
    private boolean worksBetweenSleeps(ThreadSnapshot thread, Wait wait) {
        return wait.kind() == Wait.Kind.SLEEP && motion.worksBetweenSleeps(thread);
    }

    /** Nobody keeps a monitor while waiting for the end of the process. */
    private static boolean keepsMonitor(ThreadSnapshot thread, Wait wait) {
        LockRef awaited = wait.resource().map(Resource::lock).orElse(null);
        return thread.locks().stream()
                .anyMatch(mention -> mention.kind() == LockMention.Kind.LOCKED
                        && !mention.lock().equals(awaited));
    }

    private List<Pool> pools(StackGroups stacks) {
        Map<Object, List<ThreadFacts>> members = new LinkedHashMap<>();
        stacks.those(FactsBuilder::mayBeOfPool)
                .forEach(thread -> poolKey(thread)
                        .ifPresent(key -> members.computeIfAbsent(key, unused -> new ArrayList<>())
                                .add(thread)));
        Map<String, Pool> pools = new TreeMap<>();
        members.forEach((key, all) -> {
            List<ThreadFacts> workers = withoutSelectors(all);
            String name = workers.get(0).stem();
            boolean taken = pools.containsKey(name) && key instanceof ThreadContainer;
            String full = taken ? name + " of " + ((ThreadContainer) key).label() : name;
            pools.put(full, new Pool(full, workers.get(0).role(), workers));
        });
        pools.values().forEach(pool -> pool.workers().forEach(worker -> worker.markWorkerOf(pool)));
        return List.copyOf(pools.values());
    }

    private static boolean mayBeOfPool(ThreadFacts thread) {
        return !thread.isJvm()
                && (!thread.thread().isVirtual() || thread.reading().isWorker());
    }

    /** Without those of a server's workers that take their turn at its selector: they take no requests, and do not idle. */
    private static List<ThreadFacts> withoutSelectors(List<ThreadFacts> workers) {
        boolean serves = workers.stream().anyMatch(worker -> worker.role().is("REQUEST"));
        return serves
                ? workers.stream()
                        .filter(worker -> !worker.role().is("EVENT_LOOP"))
                        .toList()
                : workers;
    }

    /**
     * Its executor where the dump tells, since tasks rename their threads; else the name that it shares with others. Where every task
     * does, those with a name in common are never idle, and no pool.
     */
    private Optional<Object> poolKey(ThreadFacts thread) {
        ThreadContainer container = thread.thread().container();
        if (container != null && container.isPool()) {
            return Optional.of(container);
        }
        boolean works = thread.reading().isWorker() || isPoolRole(thread.role());
        return works && !isNamedByTask(thread) ? Optional.of(thread.stem()) : Optional.empty();
    }

    private boolean isNamedByTask(ThreadFacts thread) {
        return namedByTask.computeIfAbsent(
                thread.thread().stack(),
                stack -> stack.frames().stream().anyMatch(frame -> knowledge.isAmong("named-by-task", frame)));
    }

    private static boolean isPoolRole(Role role) {
        return role.is("REQUEST")
                || role.is("WORKER")
                || role.is("COMMON_POOL")
                || role.is("REACTIVE")
                || role.is("EVENT_LOOP")
                || role.is("COROUTINE")
                || role.is("ACTOR")
                || role.is("SCHEDULER");
    }

    private WaitForGraph graph(Carriers carriers, StackGroups stacks) {
        Map<Resource, List<ThreadFacts>> waiters = new LinkedHashMap<>();
        for (ThreadFacts thread : threads) {
            thread.blockedOn()
                    .ifPresent(resource -> waiters.computeIfAbsent(resource, key -> new ArrayList<>())
                            .add(thread));
        }
        Holders holding = new Holders(
                threads,
                stacks,
                owners,
                knowledge,
                evidence.focus().info(),
                connections,
                carriers,
                recorded,
                before,
                waiters.values());
        Map<Resource, Holder> holders = new LinkedHashMap<>();
        waiters.forEach((resource, waiting) -> holders.put(resource, holding.of(resource, waiting)));
        return new WaitForGraph(threads, waiters, holders);
    }
}
