package dev.whyhung.diagnose;

import dev.whyhung.knowledge.Knowledge;
import dev.whyhung.model.Frame;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Merges stacks from the bottom up, and folds what belongs to libraries. */
final class MergedStacks {

    private static final int MOST_STACKS = 300;
    private static final int DEEPEST = 256;

    private final Knowledge knowledge;
    private final Node root = new Node();

    MergedStacks(Knowledge knowledge, List<StackGroup> groups) {
        this.knowledge = knowledge;
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
        return new CallTree(node.threads, folded(run), trees(end));
    }

    private List<String> folded(List<Frame> run) {
        List<String> lines = new ArrayList<>();
        List<Frame> library = new ArrayList<>();
        for (Frame frame : run) {
            if (knowledge.isApplication(frame.className())) {
                fold(library, lines);
                lines.add(frame.text());
            } else {
                library.add(frame);
            }
        }
        fold(library, lines);
        return lines;
    }

    private static void fold(List<Frame> library, List<String> lines) {
        if (library.size() == 1) {
            lines.add(library.get(0).text());
        } else if (!library.isEmpty()) {
            Set<String> packages = new LinkedHashSet<>();
            library.forEach(frame -> packages.add(packageOf(frame.className())));
            lines.add(CallTree.FOLDED + library.size() + " frames of " + String.join(", ", packages));
        }
        library.clear();
    }

    /** The first three parts of the package: who wrote it, and which of their libraries it is. */
    private static String packageOf(String className) {
        int end = className.lastIndexOf('.');
        int dot = -1;
        for (int i = 0; i < 3; i++) {
            dot = className.indexOf('.', dot + 1);
            if (dot < 0) {
                break;
            }
        }
        int cut = dot < 0 ? end : Math.min(dot, end);
        return cut < 0 ? className : className.substring(0, cut);
    }

    private static final class Node {
        private final Map<Frame, Node> next = new LinkedHashMap<>();
        private int threads;
    }
}
