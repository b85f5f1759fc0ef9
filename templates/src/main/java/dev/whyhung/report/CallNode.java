package dev.whyhung.report;

import dev.whyhung.diagnose.view.CallTree;
import java.util.ArrayList;
import java.util.List;

/**
 * A node of the merged stacks on the page.
 *
 * @param percent its share of all threads in the tree, for the width of its bar
 * @param label the last call of the node
 * @param calls all its calls, caller first, where there are several
 * @param open whether its children are shown at first
 * @param more children that are not shown
 */
record CallNode(
        int threads, int percent, String label, List<String> calls, boolean open, List<CallNode> children, int more) {

    private static final int DEEPEST = 40;
    private static final int OPEN_LEVELS = 6;
    private static final int MOST_ROOTS = 20;

    static List<CallNode> of(List<CallTree> trees, Caps caps) {
        int all = trees.stream().mapToInt(CallTree::threads).sum();
        return Caps.head(trees, MOST_ROOTS).stream()
                .map(tree -> of(tree, all, 0, caps))
                .toList();
    }

    private static CallNode of(CallTree tree, int all, int depth, Caps caps) {
        int shown = depth < DEEPEST ? caps.branches() : 0;
        List<CallNode> children = new ArrayList<>();
        for (CallTree child : Caps.head(tree.children(), shown)) {
            children.add(of(child, all, depth + 1, caps));
        }
        return new CallNode(
                tree.threads(),
                all == 0 ? 0 : Math.max(1, (int) (100L * tree.threads() / all)),
                label(tree.frames()),
                tree.frames().size() < 2 ? List.of() : tree.frames(),
                depth < OPEN_LEVELS,
                children,
                tree.children().size() - children.size());
    }

    /** The last call that is named; a run of library frames only where there is nothing else. */
    private static String label(List<String> frames) {
        String label = "";
        for (String frame : frames) {
            label = label.isEmpty() || !frame.startsWith(CallTree.FOLDED) ? frame : label;
        }
        return label;
    }
}
