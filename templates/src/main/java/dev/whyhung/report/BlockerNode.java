package dev.whyhung.report;

import dev.whyhung.diagnose.view.BlockerTree;
import java.util.ArrayList;
import java.util.List;

/**
 * A node of a blocker tree on the page.
 *
 * @param kind {@code resource}, {@code threads}, {@code cycle} or {@code elsewhere}
 * @param open whether its children are shown at first
 * @param more children that are not shown, with everything below them
 * @param moreWaiting threads among those
 */
record BlockerNode(
        String kind,
        String label,
        String detail,
        int threads,
        int waiting,
        boolean culprit,
        boolean open,
        List<BlockerNode> children,
        int more,
        int moreWaiting) {

    /** Deeper branches are cut: nobody reads them, and templates and browsers nest on a stack. */
    static final int DEEPEST = 40;

    private static final int OPEN_LEVELS = 10;

    static List<BlockerNode> of(List<BlockerTree> trees, Caps caps) {
        return Caps.head(trees, caps.stacks()).stream()
                .map(tree -> of(tree, 0, caps))
                .toList();
    }

    private static BlockerNode of(BlockerTree tree, int depth, Caps caps) {
        int shown = depth < DEEPEST ? caps.branches() : 0;
        List<BlockerNode> children = new ArrayList<>();
        for (BlockerTree child : Caps.head(tree.children(), shown)) {
            children.add(of(child, depth + 1, caps));
        }
        List<BlockerTree> left =
                tree.children().subList(children.size(), tree.children().size());
        return new BlockerNode(
                Wording.id(tree.kind()),
                tree.label(),
                tree.detail(),
                tree.threads(),
                tree.waiting(),
                tree.culprit(),
                depth < OPEN_LEVELS,
                children,
                left.size(),
                left.stream().mapToInt(node -> node.threads() + node.waiting()).sum());
    }
}
