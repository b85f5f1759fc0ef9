package dev.whyhung.graph;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Who waits for whom. Edges point from a thread to the one resource that it waits for, and from a resource to the threads that
 * hold it. Every edge from a resource carries a certainty: 1 printed by the JVM, .9 structural, .6 inferred, .3 guessed; a path is
 * as certain as the product of its edges, and below {@value #LEAST_CERTAINTY} it counts as none.
 *
 * <p>Several holders of a resource mean "any of these"; whether all of them are stuck is for the rules to ask.
 */
public final class WaitForGraph {

    private static final double LEAST_CERTAINTY = .2;

    private final List<ThreadFacts> threads;
    private final Map<Resource, List<ThreadFacts>> waiters;
    private final Map<Resource, Holder> holders;
    /** By thread index: the resources that the thread holds. */
    private final List<List<Resource>> held;

    WaitForGraph(List<ThreadFacts> threads, Map<Resource, List<ThreadFacts>> waiters, Map<Resource, Holder> holders) {
        this.threads = threads;
        this.waiters = waiters;
        this.holders = holders;
        this.held = new ArrayList<>(Collections.nCopies(threads.size(), List.of()));
        holders.forEach((resource, holder) -> holder.holders().forEach(thread -> addHeld(thread, resource)));
    }

    private void addHeld(ThreadFacts thread, Resource resource) {
        List<Resource> list = held.get(thread.index());
        List<Resource> longer = list.isEmpty() ? new ArrayList<>(2) : list;
        longer.add(resource);
        held.set(thread.index(), longer);
    }

    /** Everything that somebody waits for, in order of the first waiter. */
    public Collection<Resource> resources() {
        return waiters.keySet();
    }

    /** The threads that wait for a resource, by id. */
    public List<ThreadFacts> waiters(Resource resource) {
        return waiters.getOrDefault(resource, List.of());
    }

    public Holder holder(Resource resource) {
        return holders.getOrDefault(resource, new Holder.NotShown("not examined"));
    }

    /** Whether somebody who holds it gets on, so that in a single dump waiting for it is nothing but load. */
    public boolean isServed(Resource resource) {
        return holder(resource).holders().stream().anyMatch(holder -> getsOn(holder, resource));
    }

    /** Who holds a lock must be running; an idle owner has leaked it. */
    private static boolean getsOn(ThreadFacts holder, Resource resource) {
        return resource.kind().isExclusive()
                ? holder.waitsFor().kind() == Wait.Kind.NONE && !holder.isIdle() && !holder.isJvm()
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
     * Every thread from which a path leads to one of the targets, the target threads included, with the certainty of its best
     * path.
     *
     * @param throughLocks false for a cause outside the process: blame does not pass through a lock that a thread holds while it
     *     waits, since holding it is a defect of its own
     */
    public Map<ThreadFacts, Double> reaching(Collection<? extends Node> targets, boolean throughLocks) {
        double[] best = new double[threads.size()];
        Deque<ThreadFacts> open = new ArrayDeque<>();
        for (Node target : targets) {
            if (target instanceof Resource resource) {
                arrive(waiters(resource), 1, best, open);
                arrive(resource.kind().includesHolders() ? holder(resource).holders() : List.of(), 1, best, open);
            } else if (target instanceof ThreadNode node) {
                ThreadFacts thread = ThreadSet.find(threads, node.id()).orElse(null);
                arrive(thread == null ? List.of() : List.of(thread), 1, best, open);
            }
        }
        while (!open.isEmpty()) {
            ThreadFacts thread = open.remove();
            for (Resource resource : heldBy(thread)) {
                if (throughLocks || resource.kind().isTransparent()) {
                    double certainty = best[thread.index()] * holder(resource).edgeCertainty();
                    arrive(waiters(resource), certainty, best, open);
                }
            }
        }
        return collect(best);
    }

    private static void arrive(List<ThreadFacts> at, double certainty, double[] best, Deque<ThreadFacts> open) {
        if (certainty < LEAST_CERTAINTY) {
            return;
        }
        for (ThreadFacts thread : at) {
            if (certainty > best[thread.index()]) {
                best[thread.index()] = certainty;
                open.add(thread);
            }
        }
    }

    private Map<ThreadFacts, Double> collect(double[] best) {
        ThreadSet reached = new ThreadSet(threads);
        for (int i = 0; i < best.length; i++) {
            if (best[i] > 0) {
                reached.add(threads.get(i));
            }
        }
        return new Reached(reached, best);
    }

    /** Certainties by the index of the thread: a map with an entry for each of a million threads would not fit. */
    private static final class Reached extends AbstractMap<ThreadFacts, Double> {
        private final ThreadSet threads;
        private final double[] certainty;

        Reached(ThreadSet threads, double[] certainty) {
            this.threads = threads;
            this.certainty = certainty;
        }

        @Override
        public Set<ThreadFacts> keySet() {
            return threads;
        }

        @Override
        public boolean containsKey(Object thread) {
            return threads.contains(thread);
        }

        @Override
        public @Nullable Double get(Object thread) {
            return containsKey(thread) ? certainty[((ThreadFacts) thread).index()] : null;
        }

        @Override
        public Set<Map.Entry<ThreadFacts, Double>> entrySet() {
            return new AbstractSet<>() {
                @Override
                public Iterator<Map.Entry<ThreadFacts, Double>> iterator() {
                    Iterator<ThreadFacts> keys = threads.iterator();
                    return new Iterator<>() {
                        @Override
                        public boolean hasNext() {
                            return keys.hasNext();
                        }

                        @Override
                        public Map.Entry<ThreadFacts, Double> next() {
                            ThreadFacts thread = keys.next();
                            return Map.entry(thread, certainty[thread.index()]);
                        }
                    };
                }

                @Override
                public int size() {
                    return threads.size();
                }
            };
        }
    }

    /**
     * The strongly connected components of two threads or more over resources that one thread at a time can hold: deadlocks. Each
     * is in waiting order, beginning with the smallest id: every member waits for something that the next one holds, where a
     * single order exists.
     */
    public List<List<ThreadFacts>> cycles() {
        return components(this::successors);
    }

    private List<List<ThreadFacts>> components(IntFunction<List<ThreadFacts>> successors) {
        List<List<ThreadFacts>> components = new ArrayList<>();
        new StrongComponents(threads, successors)
                .find()
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
        Set<ThreadFacts> closed = closed();
        return components(index -> closed.contains(threads.get(index)) ? heldUpBy(threads.get(index)) : List.of());
    }

    /** The threads that nobody outside their own number can help: the greatest such set. */
    private Set<ThreadFacts> closed() {
        Set<ThreadFacts> closed = new HashSet<>();
        Deque<ThreadFacts> helped = new ArrayDeque<>();
        for (ThreadFacts thread : threads) {
            (heldUpBy(thread).isEmpty() ? helped : closed).add(thread);
        }
        while (!helped.isEmpty()) {
            heldBy(helped.remove()).stream()
                    .flatMap(resource -> waiters(resource).stream())
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
        boolean readers = resource.kind() == Resource.Kind.SYNCHRONIZER
                && holder(resource) instanceof Holder.Inferred
                && waiters(resource).stream().anyMatch(ReadWriteLock::wantsToWrite);
        return readers || resource.kind() == Resource.Kind.PERMITS || resource.kind() == Resource.Kind.CONNECTIONS;
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
