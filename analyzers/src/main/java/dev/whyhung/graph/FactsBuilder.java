package dev.whyhung.graph;

import dev.whyhung.knowledge.Knowledge;
import dev.whyhung.knowledge.Role;
import dev.whyhung.knowledge.StackReading;
import dev.whyhung.knowledge.SynchronizerKind;
import dev.whyhung.model.CallStack;
import dev.whyhung.model.Evidence;
import dev.whyhung.model.Owners;
import dev.whyhung.model.ThreadId;
import dev.whyhung.model.ThreadSnapshot;
import dev.whyhung.model.ThreadStatus;
import dev.whyhung.model.Visible;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private final Map<CallStack, StackReading> readings = new HashMap<>();
    private final Map<StackReading, Map<String, Named>> byName = new HashMap<>();
    private final List<ThreadFacts> threads = new ArrayList<>();
    private final Map<ThreadId, ThreadFacts> byId = new HashMap<>();

    FactsBuilder(Evidence evidence, Knowledge knowledge) {
        this.evidence = evidence;
        this.knowledge = knowledge;
        owners = Owners.of(evidence.focus());
        waits = new Waits(knowledge, owners);
        motion = new Motion(evidence);
    }

    Facts build() {
        List<ThreadSnapshot> sorted = new ArrayList<>(evidence.focus().threads());
        sorted.sort(Comparator.comparing(ThreadSnapshot::id));
        sorted.forEach(this::addThread);
        List<Pool> pools = pools();
        pools.forEach(new Gathering(evidence)::judge);
        WaitForGraph graph = graph();
        new Judgement(graph, threads).judge();
        return new Facts(evidence, knowledge, threads, pools, graph);
    }

    private void addThread(ThreadSnapshot thread) {
        StackReading reading = readings.computeIfAbsent(thread.stack(), knowledge::read);
        Named named = named(thread, reading);
        Wait wait = waits.of(thread, reading);
        String idle = named.role.is("JVM") ? null : idle(thread, named.idle, wait);
        ThreadFacts facts = new ThreadFacts(threads.size(), thread, reading, named.role, idle, wait, motion.of(thread));
        threads.add(facts);
        byId.put(thread.id(), facts);
    }

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
        if (wait.isExclusive() || motion.isBusy(thread) || (keepsAlive && runs)) {
            return null;
        }
        return idle.orElse(null);
    }

    private List<Pool> pools() {
        Map<String, List<ThreadFacts>> members = new TreeMap<>();
        for (ThreadFacts thread : threads) {
            if (!thread.isJvm() && (thread.reading().isWorker() || isPoolRole(thread.role()))) {
                members.computeIfAbsent(Pool.nameOf(thread.name()), key -> new ArrayList<>())
                        .add(thread);
            }
        }
        List<Pool> pools = new ArrayList<>();
        members.forEach(
                (name, workers) -> pools.add(new Pool(name, workers.get(0).role(), workers)));
        pools.forEach(pool -> pool.workers().forEach(worker -> worker.joins(pool)));
        return pools;
    }

    private static boolean isPoolRole(Role role) {
        return role.is("REQUEST") || role.is("WORKER") || role.is("COMMON_POOL") || role.is("REACTIVE");
    }

    private WaitForGraph graph() {
        Map<Resource, List<ThreadFacts>> waiters = new LinkedHashMap<>();
        for (ThreadFacts thread : threads) {
            if (!thread.isIdle() && !thread.isJvm()) {
                thread.waitsFor()
                        .resource()
                        .ifPresent(resource -> waiters.computeIfAbsent(resource, key -> new ArrayList<>())
                                .add(thread));
            }
        }
        ClassInitializers initializers = new ClassInitializers(threads);
        Producers producers = new Producers(threads, knowledge);
        Map<Resource, Holder> holders = new LinkedHashMap<>();
        waiters.forEach(
                (resource, waiting) -> holders.put(resource, holder(resource, waiting, initializers, producers)));
        return new WaitForGraph(threads, waiters, holders);
    }

    private Holder holder(
            Resource resource, List<ThreadFacts> waiting, ClassInitializers initializers, Producers producers) {
        return switch (resource.kind()) {
            case MONITOR ->
                printedOwner(resource).orElse(new Holder.NotShown("no thread is printed as holding this monitor"));
            case SYNCHRONIZER -> printedOwner(resource).orElseGet(() -> unprintedOwner(resource, waiting));
            case CLASS_INIT -> initializers.holder(resource);
            case FUTURE -> producers.holder(waiting.get(0));
            case THREAD -> new Holder.NotShown("a dump does not print which thread is joined");
            case PEER -> new Holder.NotOwnable("outside the process");
            case CONDITION, LATCH, PERMITS, QUEUE, POOL, CONNECTIONS, OTHER ->
                new Holder.NotOwnable("a " + resource.kind().title() + " has no owner");
        };
    }

    private Optional<Holder> printedOwner(Resource resource) {
        ThreadId owner = owners.of(resource.lock());
        return Optional.ofNullable(owner).map(byId::get).map(thread -> new Holder.Known(List.of(thread)));
    }

    private Holder unprintedOwner(Resource resource, List<ThreadFacts> waiting) {
        if (knowledge.kindOf(resource.className()) == SynchronizerKind.READ_WRITE) {
            return new Holder.NotOwnable("the JVM does not record who reads under a read-write lock");
        }
        if (!evidence.focus().info().shows(Visible.SYNCHRONIZER_OWNERS)) {
            return insideItsCode(waiting);
        }
        return VirtualThreads.areUsed(threads)
                ? new Holder.NotShown("locks of virtual threads are not printed")
                : new Holder.Nobody();
    }

    /** Without the list of owned synchronizers: the one thread that is blocked inside the code that takes this lock. */
    private Holder insideItsCode(List<ThreadFacts> waiting) {
        List<ThreadFacts> inside = threads.stream()
                .filter(thread -> !thread.isIdle() && !thread.isJvm() && !waiting.contains(thread))
                .filter(thread -> thread.waitsFor().kind() != Wait.Kind.NONE)
                .filter(thread -> AcquireSite.isInside(thread, waiting))
                .toList();
        return inside.size() == 1
                ? new Holder.Inferred(inside, "is the only thread inside the code that takes this lock", .6)
                : new Holder.NotShown("the dump was taken without ownable synchronizers");
    }
}
