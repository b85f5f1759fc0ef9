package dev.whyhung.diagnose.view;

import dev.whyhung.model.Frame;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Merges stacks from the bottom up, and folds what belongs to libraries. */
final class MergedStacks {

    private static final int MOST_STACKS = 300;
    private static final int DEEPEST = 256;

    private final Folding folding;
    private final Node root = new Node();

    MergedStacks(Folding folding, List<StackGroup> groups) {
        this.folding = folding;
        groups.stream()
                .filter(group -> !group.activity().isRest())
                .limit(MOST_STACKS)
                .forEach(this::add);
    }

    private void add(StackGroup group) {
        int threads = group.threads().size();
        Node at = root;
        List<Frame> frames = group.frames();
        for (int i = frames.size() - 1; i >= Math.max(0, frames.size() - DEEPEST); i--) {
            at = at.next.computeIfAbsent(frames.get(i), key -> new Node());
            at.threads += threads;
        }
    }

    List<CallTree> trees() {
        return trees(root);
    }

    private List<CallTree> trees(Node parent) {
        List<CallTree> trees = new ArrayList<>();
        parent.next.forEach((frame, node) -> trees.add(tree(frame, node)));
        trees.sort(Comparator.comparingInt(CallTree::threads).reversed());
        return trees;
    }

    private CallTree tree(Frame first, Node node) {
        List<Frame> run = new ArrayList<>(List.of(first));
        Node end = node;
        while (end.next.size() == 1 && end.next.values().iterator().next().threads == node.threads) {
            Map.Entry<Frame, Node> only = end.next.entrySet().iterator().next();
            run.add(only.getKey());
            end = only.getValue();
        }
        return new CallTree(node.threads, folding.of(run), trees(end));
    }

    private static final class Node {
        private final Map<Frame, Node> next = new LinkedHashMap<>();
        private int threads;
    }
}
