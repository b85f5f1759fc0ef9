package dev.whyhung.diagnose;

import dev.whyhung.graph.Facts;
import dev.whyhung.graph.Holder;
import dev.whyhung.graph.Resource;
import dev.whyhung.graph.ThreadFacts;
import dev.whyhung.graph.WaitForGraph;
import dev.whyhung.model.Frame;
import dev.whyhung.model.ThreadId;
import dev.whyhung.rules.Culprit;
import java.util.ArrayList;
import java.util.Comparator;
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
    private final Set<ThreadId> culprits = new HashSet<>();
    private final Set<Resource> shown = new HashSet<>();
    private final Set<Resource> resources;

    BlockerForest(Facts facts, Set<ThreadFacts> stuck, List<RankedFinding> findings) {
        this.graph = facts.graph();
        this.stuck = stuck;
        findings.stream()
                .filter(finding -> finding.severity().atLeast(Severity.MEDIUM))
                .flatMap(finding -> finding.finding().culprits().stream())
                .map(Culprit::id)
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
                    trees.add(threadTree(holder, 0));
                }
            }
        }
        for (Resource resource : resources) {
            if (!shown.contains(resource)) {
                trees.add(threadTree(graph.holder(resource).holders().get(0), 0));
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
        children.addAll(waiterTrees(waiters, 1));
        Resource first = group.get(0);
        String label = group.size() == 1
                ? first.label()
                : group.size() + " × " + first.kind().title() + ' ' + first.className();
        return new BlockerTree(BlockerTree.Kind.RESOURCE, label, ownerText(first), 0, total(children), false, children);
    }

    private String ownerText(Resource resource) {
        Holder holder = graph.holder(resource);
        if (holder instanceof Holder.Nobody) {
            return "nobody holds it";
        }
        if (holder instanceof Holder.NotShown notShown) {
            return "owner not shown: " + notShown.because();
        }
        return holder instanceof Holder.NotOwnable notOwnable ? notOwnable.because() : "";
    }

    /** A thread with everything that it holds and whoever waits for that. */
    private BlockerTree threadTree(ThreadFacts thread, int depth) {
        List<BlockerTree> children = new ArrayList<>();
        for (Resource resource : graph.heldBy(thread)) {
            if (!resources.contains(resource)) {
                continue;
            }
            if (!shown.add(resource) || depth > DEEPEST) {
                children.add(new BlockerTree(
                        BlockerTree.Kind.CYCLE,
                        resource.label(),
                        "stands above: the circle closes",
                        0,
                        0,
                        false,
                        List.of()));
                continue;
            }
            List<BlockerTree> waiting = waiterTrees(graph.waiters(resource), depth + 1);
            String detail =
                    graph.holder(resource) instanceof Holder.Inferred inferred ? "probably: " + inferred.because() : "";
            children.add(new BlockerTree(
                    BlockerTree.Kind.RESOURCE, resource.label(), detail, 0, total(waiting), false, waiting));
        }
        return new BlockerTree(
                BlockerTree.Kind.THREADS,
                thread.name(),
                place(thread),
                1,
                total(children),
                culprits.contains(thread.id()),
                children);
    }

    private List<BlockerTree> waiterTrees(List<ThreadFacts> waiters, int depth) {
        List<BlockerTree> trees = new ArrayList<>();
        Map<Object, List<ThreadFacts>> alike = new LinkedHashMap<>();
        for (ThreadFacts waiter : waiters) {
            if (!stuck.contains(waiter)) {
                continue;
            }
            if (graph.heldBy(waiter).stream().anyMatch(resources::contains)) {
                trees.add(threadTree(waiter, depth));
            } else {
                alike.computeIfAbsent(waiter.thread().stack(), key -> new ArrayList<>())
                        .add(waiter);
            }
        }
        alike.values()
                .forEach(group -> trees.add(new BlockerTree(
                        BlockerTree.Kind.THREADS,
                        Views.names(group),
                        place(group.get(0)),
                        group.size(),
                        0,
                        group.stream().anyMatch(thread -> culprits.contains(thread.id())),
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
