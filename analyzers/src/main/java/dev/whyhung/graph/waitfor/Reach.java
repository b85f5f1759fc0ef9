package dev.whyhung.graph.waitfor;

import dev.whyhung.graph.thread.Node;
import dev.whyhung.graph.thread.Resource;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.graph.thread.ThreadNode;
import dev.whyhung.graph.thread.ThreadSet;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Every thread from which a path leads to one of some targets, the target threads included, with the certainty of its best path.
 *
 * <p>A thread waits for one thing, so the search goes from thing to thing by way of the few threads that hold one while they wait for
 * another, and all other waiters are never touched.
 */
public final class Reach {

    /** A less certain path counts as none. */
    private static final double LEAST_CERTAINTY = .2;

    private final WaitForGraph graph;
    private final boolean throughLocks;
    private final Set<ThreadFacts> targets = new LinkedHashSet<>();
    private final Map<Resource, Double> best = new LinkedHashMap<>();
    private final Deque<Resource> open = new ArrayDeque<>();

    Reach(WaitForGraph graph, Collection<? extends Node> nodes, boolean throughLocks) {
        this.graph = graph;
        this.throughLocks = throughLocks;
        nodes.forEach(this::start);
        targets.forEach(thread -> passThrough(thread, 1));
        while (!open.isEmpty()) {
            Resource resource = open.remove();
            double certainty = best.getOrDefault(resource, 0.);
            graph.holdingWaiters(resource).forEach(waiter -> passThrough(waiter, certainty));
        }
    }

    private void start(Node node) {
        if (node instanceof Resource resource) {
            arrive(resource, 1);
            if (resource.kind().includesHolders()) {
                targets.addAll(graph.holder(resource).holders());
            }
        } else if (node instanceof ThreadNode thread) {
            graph.thread(thread.id()).ifPresent(targets::add);
        }
    }

    private void passThrough(ThreadFacts thread, double certainty) {
        for (Resource resource : graph.heldBy(thread)) {
            if (throughLocks || resource.kind().isTransparent()) {
                arrive(resource, certainty * graph.holder(resource).edgeCertainty());
            }
        }
    }

    private void arrive(Resource resource, double certainty) {
        if (certainty >= LEAST_CERTAINTY && certainty > best.getOrDefault(resource, 0.)) {
            best.put(resource, certainty);
            open.add(resource);
        }
    }

    public boolean contains(ThreadFacts thread) {
        return targets.contains(thread)
                || thread.blockedOn().filter(best::containsKey).isPresent();
    }

    public boolean containsAll(Collection<ThreadFacts> threads) {
        return threads.stream().allMatch(this::contains);
    }

    /** All of them but idle ones and those of the JVM, by id. */
    public ThreadSet live() {
        return live(1);
    }

    /** Those of them whose best path has no more than this certainty. */
    public ThreadSet live(double most) {
        ThreadSet live = graph.noThreads();
        resources(most).forEach(resource -> live.addAll(graph.waiters(resource)));
        addTargets(live, most, thread -> !thread.isIdle() && !thread.isJvm());
        return live;
    }

    /** Those that are stuck, by id. */
    public ThreadSet stuck() {
        return stuck(1);
    }

    /** Those of them whose best path has no more than this certainty. */
    public ThreadSet stuck(double most) {
        ThreadSet stuck = graph.noThreads();
        resources(most).forEach(resource -> graph.addStuckWaiters(resource, stuck));
        addTargets(stuck, most, ThreadFacts::isStuck);
        return stuck;
    }

    private List<Resource> resources(double most) {
        return best.keySet().stream()
                .filter(resource -> best.getOrDefault(resource, 0.) <= most)
                .toList();
    }

    /** A target is reached for certain, whatever it waits for. */
    private void addTargets(ThreadSet to, double most, Predicate<ThreadFacts> wanted) {
        for (ThreadFacts target : targets) {
            if (most < 1) {
                to.remove(target);
            } else if (wanted.test(target)) {
                to.add(target);
            }
        }
    }
}
