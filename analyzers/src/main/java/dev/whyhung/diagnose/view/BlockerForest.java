package dev.whyhung.diagnose.view;

import dev.whyhung.diagnose.rank.RankedFinding;
import dev.whyhung.diagnose.rank.Severity;
import dev.whyhung.finding.Culprit;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.Holder;
import dev.whyhung.graph.thread.Resource;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.graph.waitfor.WaitForGraph;
import dev.whyhung.model.Frame;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Lays the wait-for graph out as trees, from what everything waits for down to the last waiter. A thread waits for one thing, so
 * the graph is a forest but for cycles, which close with a node of their own. Threads that hold nothing and share a stack are one
 * node; so are ownerless resources of one class that are awaited at one place.
 */
final class BlockerForest {

    private static final int DEEPEST = 40;

    private final WaitForGraph graph;
    private final Set<ThreadFacts> stuck;
    private final Set<ThreadFacts> culprits;
    private final Set<Resource> shown = new HashSet<>();
    private final Set<Resource> resources;
    /** The threads and resources from the one at hand up to the root. */
    private final Deque<Object> path = new ArrayDeque<>();

    BlockerForest(Facts facts, Set<ThreadFacts> stuck, List<RankedFinding> findings) {
        this.graph = facts.graph();
        this.stuck = stuck;
        culprits = facts.noThreads();
        findings.stream()
                .filter(finding -> finding.severity().atLeast(Severity.MEDIUM))
                .flatMap(finding -> finding.finding().culprits().stream())
                .map(Culprit::id)
                .flatMap(id -> facts.thread(id).stream())
                .forEach(culprits::add);
        resources = new LinkedHashSet<>();
        for (Resource resource : graph.resources()) {
            if (graph.waiters(resource).stream().anyMatch(stuck::contains)) {
                resources.add(resource);
            }
        }
    }

    List<BlockerTree> trees() {
        List<BlockerTree> trees = new ArrayList<>();
        ownerless().values().forEach(group -> trees.add(ownerlessTree(group)));
        for (Resource resource : resources) {
            for (ThreadFacts holder : graph.holder(resource).holders()) {
                if (!shown.contains(resource) && !waitsForShown(holder)) {
                    trees.add(threadTree(holder));
                }
            }
        }
        for (Resource resource : resources) {
            if (!shown.contains(resource)) {
                trees.add(threadTree(graph.holder(resource).holders().get(0)));
            }
        }
        trees.sort(Comparator.comparingInt(BlockerTree::waiting).reversed().thenComparing(BlockerTree::label));
        return trees;
    }

    private boolean waitsForShown(ThreadFacts holder) {
        return holder.waitsFor().resource().filter(resources::contains).isPresent();
    }

    private Map<String, List<Resource>> ownerless() {
        Map<String, List<Resource>> groups = new LinkedHashMap<>();
        for (Resource resource : resources) {
            if (graph.holder(resource).holders().isEmpty()) {
                String place = graph.waiters(resource).get(0).whereText();
                boolean single = resource.kind().isExclusive() || resource.kind() == Resource.Kind.PEER;
                String key = single ? resource.toString() : resource.kind() + resource.className() + place;
                groups.computeIfAbsent(key, unused -> new ArrayList<>()).add(resource);
            }
        }
        return groups;
    }

    private BlockerTree ownerlessTree(List<Resource> group) {
        List<BlockerTree> children = new ArrayList<>();
        List<ThreadFacts> waiters = new ArrayList<>();
        for (Resource resource : group) {
            shown.add(resource);
            waiters.addAll(graph.waiters(resource));
        }
        children.addAll(waiterTrees(waiters));
        Resource first = group.get(0);
        String label = group.size() == 1
                ? first.label()
                : group.size() + " × " + first.kind().title() + ' ' + first.className();
        return new BlockerTree(
                BlockerTree.Kind.RESOURCE, label, ownerText(first), 0, total(children), false, 0, children);
    }

    private String ownerText(Resource resource) {
        Holder holder = graph.holder(resource);
        if (holder instanceof Holder.Nobody) {
            return "nobody holds it";
        }
        if (holder instanceof Holder.NotShown notShown) {
            return "owner not shown: " + notShown.because();
        }
        if (holder instanceof Holder.NeedNotTell untold) {
            return untold.because();
        }
        return holder instanceof Holder.NotOwnable notOwnable ? notOwnable.because() : "";
    }

    /** A thread with everything that it holds and whoever waits for that. */
    private BlockerTree threadTree(ThreadFacts thread) {
        int up = distance(thread);
        if (up > 0) {
            return leaf(BlockerTree.Kind.CYCLE, thread.ref().title(), "stands above: the circle closes", up);
        }
        List<BlockerTree> children = new ArrayList<>();
        path.push(thread);
        for (Resource resource : graph.heldBy(thread)) {
            if (resources.contains(resource) && path.size() < DEEPEST) {
                children.add(heldTree(resource));
            }
        }
        path.pop();
        return new BlockerTree(
                BlockerTree.Kind.THREADS,
                thread.ref().title(),
                place(thread),
                1,
                total(children),
                culprits.contains(thread),
                0,
                children);
    }

    private BlockerTree heldTree(Resource resource) {
        int up = distance(resource);
        if (up > 0) {
            return leaf(BlockerTree.Kind.CYCLE, resource.label(), "stands above: the circle closes", up);
        }
        if (!shown.add(resource)) {
            return leaf(BlockerTree.Kind.ELSEWHERE, resource.label(), "see another of its holders", 0);
        }
        path.push(resource);
        List<BlockerTree> waiting = waiterTrees(graph.waiters(resource));
        path.pop();
        String detail =
                graph.holder(resource) instanceof Holder.Inferred inferred ? "probably: " + inferred.because() : "";
        return new BlockerTree(
                BlockerTree.Kind.RESOURCE, resource.label(), detail, 0, total(waiting), false, 0, waiting);
    }

    private static BlockerTree leaf(BlockerTree.Kind kind, String label, String detail, int up) {
        return new BlockerTree(kind, label, detail, 0, 0, false, up, List.of());
    }

    /** How many levels above the next node this one stands on the way down from the root; 0 if it does not. */
    private int distance(Object node) {
        int distance = 1;
        for (Object above : path) {
            if (above.equals(node)) {
                return distance;
            }
            distance++;
        }
        return 0;
    }

    private List<BlockerTree> waiterTrees(List<ThreadFacts> waiters) {
        List<BlockerTree> trees = new ArrayList<>();
        Map<Object, List<ThreadFacts>> alike = new LinkedHashMap<>();
        for (ThreadFacts waiter : waiters) {
            if (!stuck.contains(waiter)) {
                continue;
            }
            List<Resource> held = graph.heldBy(waiter);
            if (!held.isEmpty() && held.stream().anyMatch(resources::contains)) {
                trees.add(threadTree(waiter));
            } else {
                alike.computeIfAbsent(waiter.thread().stack(), key -> new ArrayList<>())
                        .add(waiter);
            }
        }
        alike.values()
                .forEach(group -> trees.add(new BlockerTree(
                        BlockerTree.Kind.THREADS,
                        Names.of(group),
                        place(group.get(0)),
                        group.size(),
                        0,
                        group.stream().anyMatch(culprits::contains),
                        0,
                        List.of())));
        trees.sort(Comparator.comparingInt((BlockerTree tree) -> tree.threads() + tree.waiting())
                .reversed()
                .thenComparing(BlockerTree::label));
        return trees;
    }

    private static String place(ThreadFacts thread) {
        String idle = thread.idle().map(id -> "idle (" + id + ")").orElse("");
        return idle.isEmpty() ? thread.where().map(Frame::text).orElse("") : idle;
    }

    private static int total(List<BlockerTree> children) {
        return children.stream()
                .mapToInt(child -> child.threads() + child.waiting())
                .sum();
    }
}
