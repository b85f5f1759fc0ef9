package dev.whyhung.graph.waitfor;

import dev.whyhung.graph.holder.ReadWriteLock;
import dev.whyhung.graph.thread.AcquireSite;
import dev.whyhung.graph.thread.Holder;
import dev.whyhung.graph.thread.Node;
import dev.whyhung.graph.thread.Persistence;
import dev.whyhung.graph.thread.Resource;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.graph.thread.ThreadSet;
import dev.whyhung.graph.thread.Wait;
import dev.whyhung.model.ThreadId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Who waits for whom. Edges point from a thread to the one resource that it waits for, and from a resource to the threads that
 * hold it. Every edge from a resource carries a certainty: 1 printed by the JVM, .9 structural, .6 inferred, .3 guessed; a path is
 * as certain as the product of its edges.
 *
 * <p>Several holders of a resource mean "any of these"; whether all of them are stuck is for the rules to ask.
 */
public final class WaitForGraph {

    /** From so many waiters on, a set of bits for them is worth its room. */
    private static final int MANY = 1000;

    private final List<ThreadFacts> threads;
    private final Map<Resource, List<ThreadFacts>> waiters;
    private final Map<Resource, Holder> holders;
    /** By thread index: the resources that the thread holds. */
    private final List<List<Resource>> held;
    /** Of all threads those who hold something: only they can be part of a circle. */
    private final ThreadSet holding;
    /** Of the waiters for a resource those who hold something, by id. */
    private final Map<Resource, List<ThreadFacts>> holdingWaiters = new LinkedHashMap<>();

    private final Map<Resource, List<ThreadFacts>> stuckWaiters = new HashMap<>();
    private final Map<Resource, ThreadSet> crowds = new HashMap<>();
    private final Map<Resource, Boolean> shared = new HashMap<>();
    private @Nullable List<List<ThreadFacts>> cycles;
    private @Nullable List<List<ThreadFacts>> knots;
    private @Nullable List<List<ThreadFacts>> circles;
    private @Nullable ThreadSet encircled;

    public WaitForGraph(
            List<ThreadFacts> threads, Map<Resource, List<ThreadFacts>> waiters, Map<Resource, Holder> holders) {
        this.threads = threads;
        this.waiters = waiters;
        this.holders = holders;
        this.held = new ArrayList<>(Collections.nCopies(threads.size(), List.of()));
        holding = noThreads();
        holders.forEach((resource, holder) -> holder.holders().forEach(thread -> addHeld(thread, resource)));
        for (ThreadFacts thread : holding) {
            thread.blockedOn()
                    .ifPresent(resource -> holdingWaiters
                            .computeIfAbsent(resource, key -> new ArrayList<>())
                            .add(thread));
        }
    }

    private void addHeld(ThreadFacts thread, Resource resource) {
        List<Resource> list = held.get(thread.index());
        List<Resource> longer = list.isEmpty() ? new ArrayList<>(2) : list;
        longer.add(resource);
        held.set(thread.index(), longer);
        holding.add(thread);
    }

    /** Everything that somebody waits for, in order of the first waiter. */
    public Collection<Resource> resources() {
        return waiters.keySet();
    }

    /** The threads that wait for a resource, by id. */
    public List<ThreadFacts> waiters(Resource resource) {
        return waiters.getOrDefault(resource, List.of());
    }

    /** Those of them that are stuck. */
    public List<ThreadFacts> stuckWaiters(Resource resource) {
        return stuckWaiters.computeIfAbsent(
                resource,
                key -> waiters(key).stream().filter(ThreadFacts::isStuck).toList());
    }

    /** Those of them that are stuck, as a set: kept for the few things that very many wait for. */
    void addStuckWaiters(Resource resource, ThreadSet to) {
        List<ThreadFacts> stuck = stuckWaiters(resource);
        boolean many = stuck.size() > MANY;
        to.addAll(many ? crowds.computeIfAbsent(resource, key -> noThreads().with(stuck)) : stuck);
    }

    /** Those of them that hold something themselves. */
    List<ThreadFacts> holdingWaiters(Resource resource) {
        return holdingWaiters.getOrDefault(resource, List.of());
    }

    Optional<ThreadFacts> thread(ThreadId id) {
        return ThreadSet.find(threads, id);
    }

    ThreadSet noThreads() {
        return new ThreadSet(threads);
    }

    public Holder holder(Resource resource) {
        return holders.getOrDefault(resource, new Holder.NotShown("not examined"));
    }

    /** Whether somebody who holds it gets on, so that in a single dump waiting for it is nothing but load. */
    public boolean isServed(Resource resource) {
        return holder(resource).holders().stream().anyMatch(holder -> getsOn(holder, resource));
    }

    /** Who holds a lock must be running, or pause, as far as one dump tells; an idle owner has leaked it. */
    private static boolean getsOn(ThreadFacts holder, Resource resource) {
        boolean pauses = holder.waitsFor().kind() == Wait.Kind.SLEEP
                && holder.persistence().kind() == Persistence.Kind.SINGLE;
        return resource.kind().isExclusive()
                ? (holder.waitsFor().kind() == Wait.Kind.NONE || pauses) && !holder.isIdle() && !holder.isJvm()
                : !holder.isStuck() || holder.waitsFor().kind() == Wait.Kind.SLEEP;
    }

    /** Whether both who puts in and who takes out wait on one condition without end: each needs the other to signal. */
    public boolean isStandoff(Resource resource) {
        List<ThreadFacts> waiting = waiters(resource);
        return resource.kind() == Resource.Kind.CONDITION
                && waiting.stream().noneMatch(waiter -> waiter.thread().status().isTimed())
                && waiting.stream().anyMatch(waiter -> waiter.reading().puts())
                && waiting.stream().anyMatch(waiter -> waiter.reading().takes());
    }

    /** What this thread holds of the things that others wait for. */
    public List<Resource> heldBy(ThreadFacts thread) {
        return held.get(thread.index());
    }

    /**
     * Every thread from which a path leads to one of the targets.
     *
     * @param throughLocks false for a cause outside the process: blame does not pass through a lock that a thread holds while it
     *     waits, since holding it is a defect of its own
     */
    public Reach reaching(Collection<? extends Node> targets, boolean throughLocks) {
        return new Reach(this, targets, throughLocks);
    }

    /**
     * The strongly connected components of two threads or more over resources that one thread at a time can hold: deadlocks. Each
     * is in waiting order, beginning with the smallest id: every member waits for something that the next one holds, where a
     * single order exists.
     */
    public List<List<ThreadFacts>> cycles() {
        if (cycles == null) {
            cycles = components(this::successors);
        }
        return cycles;
    }

    private List<List<ThreadFacts>> components(IntFunction<List<ThreadFacts>> successors) {
        List<List<ThreadFacts>> components = new ArrayList<>();
        new StrongComponents(threads, successors)
                .find(holding)
                .forEach(component -> components.add(inWaitingOrder(component, successors)));
        components.sort((one, other) -> one.get(0).id().compareTo(other.get(0).id()));
        return components;
    }

    /**
     * The knots: sets of threads, each of which waits for something that only others of them hold or may hold. Unlike in
     * {@link #cycles()}, things that several hold at a time count, permits and connections: they come back as soon as one holder
     * outside the knot gets on, so there must be none.
     */
    public List<List<ThreadFacts>> knots() {
        if (knots == null) {
            knots = knots(this::heldUpBy);
        }
        return knots;
    }

    /**
     * The knots in which some wait for a result or for the end of a thread, and only threads of the knot will give it. One thread is a
     * knot if it waits for what it is to give itself.
     */
    public List<List<ThreadFacts>> circles() {
        if (circles == null) {
            circles = new ArrayList<>(knots(this::heldUpByResult));
            circles.removeIf(circle -> circle.stream().noneMatch(WaitForGraph::awaitsResult));
            holding.stream()
                    .filter(thread ->
                            awaitsResult(thread) && heldUpByResult(thread).equals(List.of(thread)))
                    .map(List::of)
                    .forEach(circles::add);
        }
        return circles;
    }

    public boolean isInCircle(ThreadFacts thread) {
        if (encircled == null) {
            encircled = noThreads();
            circles().forEach(encircled::addAll);
        }
        return encircled.contains(thread);
    }

    private static boolean awaitsResult(ThreadFacts thread) {
        return !thread.thread().status().isTimed()
                && thread.blockedOn()
                        .filter(resource ->
                                resource.kind() == Resource.Kind.FUTURE || resource.kind() == Resource.Kind.THREAD)
                        .isPresent();
    }

    private List<ThreadFacts> heldUpByResult(ThreadFacts thread) {
        return awaitsResult(thread)
                ? thread.blockedOn()
                        .map(this::holder)
                        .filter(holder -> holder.edgeCertainty() >= FROM_CODE)
                        .map(Holder::holders)
                        .orElse(List.of())
                : heldUpBy(thread);
    }

    private static final double FROM_CODE = .6;

    private List<List<ThreadFacts>> knots(Function<ThreadFacts, List<ThreadFacts>> heldUpBy) {
        Set<ThreadFacts> closed = closed(heldUpBy);
        return components(
                index -> closed.contains(threads.get(index)) ? heldUpBy.apply(threads.get(index)) : List.of());
    }

    /** Of those who hold something, the threads that nobody outside their own number can help: the greatest such set. */
    private Set<ThreadFacts> closed(Function<ThreadFacts, List<ThreadFacts>> heldUpBy) {
        Set<ThreadFacts> closed = noThreads();
        Deque<ThreadFacts> helped = new ArrayDeque<>();
        for (ThreadFacts thread : holding) {
            if (thread.blockedOn().isPresent() && !heldUpBy.apply(thread).isEmpty()) {
                closed.add(thread);
            } else {
                helped.add(thread);
            }
        }
        Set<Resource> released = new HashSet<>();
        while (!helped.isEmpty()) {
            heldBy(helped.remove()).stream()
                    .filter(released::add)
                    .flatMap(resource -> holdingWaiters(resource).stream())
                    .filter(closed::remove)
                    .forEach(helped::add);
        }
        return closed;
    }

    private List<ThreadFacts> heldUpBy(ThreadFacts thread) {
        return thread.waitsFor()
                .resource()
                .filter(resource -> resource.kind().isExclusive() || isShared(resource))
                .map(this::holder)
                .map(Holder::holders)
                .orElse(List.of());
    }

    /** Whether several threads hold it at a time, and only their code tells who does. */
    public boolean isShared(Resource resource) {
        return shared.computeIfAbsent(resource, this::mayBeShared);
    }

    private boolean mayBeShared(Resource resource) {
        boolean readers = resource.kind() == Resource.Kind.SYNCHRONIZER
                && holder(resource) instanceof Holder.Inferred inferred
                && waiters(resource).stream().anyMatch(ReadWriteLock::wantsToWrite)
                && !isWritten(resource, inferred.holders());
        return readers || resource.kind() == Resource.Kind.PERMITS || resource.kind() == Resource.Kind.CONNECTIONS;
    }

    /** By one, as its code tells, or, if it is idle outside that code, a recording. */
    private boolean isWritten(Resource resource, List<ThreadFacts> holders) {
        if (holders.size() != 1) {
            return false;
        }
        ThreadFacts holder = holders.get(0);
        return ReadWriteLock.mayWrite(holder, waiters(resource))
                || (holder.isIdle()
                        && waiters(resource).stream().noneMatch(waiter -> AcquireSite.sharesSection(holder, waiter)));
    }

    private List<ThreadFacts> successors(int index) {
        Resource resource = threads.get(index).waitsFor().resource().orElse(null);
        return resource == null || !resource.kind().isExclusive()
                ? List.of()
                : holder(resource).holders();
    }

    private static List<ThreadFacts> inWaitingOrder(
            List<ThreadFacts> component, IntFunction<List<ThreadFacts>> successors) {
        component.sort((one, other) -> one.id().compareTo(other.id()));
        List<ThreadFacts> ordered = new ArrayList<>();
        ThreadFacts at = component.get(0);
        while (ordered.size() < component.size() && !ordered.contains(at)) {
            ordered.add(at);
            at = successors.apply(at.index()).stream()
                    .filter(component::contains)
                    .findFirst()
                    .orElse(at);
        }
        return ordered.size() == component.size() ? ordered : component;
    }
}
