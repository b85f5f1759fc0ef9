package dev.whyhung.report;

import dev.whyhung.diagnose.view.BlockerTree;
import dev.whyhung.finding.Quantity;
import java.util.ArrayList;
import java.util.List;

/** The largest blocker tree as lines of text, drawn with box characters; what does not fit is counted. */
final class BlockerLines {

    private static final int LONGEST_LABEL = 60;

    private final List<String> lines = new ArrayList<>();
    private final int most;
    private boolean cut;

    private BlockerLines(int most) {
        this.most = most;
    }

    /** At most so many lines; none if there is no tree, or no room to show who waits for what. */
    static List<String> of(List<BlockerTree> trees, int most) {
        if (trees.isEmpty() || most < 2) {
            return List.of();
        }
        BlockerLines text = new BlockerLines(most);
        text.lines.add(text(trees.get(0)));
        text.addChildren(trees.get(0), "");
        if (text.cut) {
            text.lines.set(most - 1, text.lines.get(most - 1) + " ...");
        }
        return text.lines;
    }

    private void addChildren(BlockerTree node, String indent) {
        List<BlockerTree> children = node.children();
        for (int i = 0; i < children.size(); i++) {
            int room = most - lines.size();
            boolean last = i == children.size() - 1;
            if (room <= 0) {
                cut = true;
                return;
            }
            if (room == 1 && !last) {
                addRest(children.subList(i, children.size()), indent);
                return;
            }
            lines.add(indent + (last ? "└─ " : "├─ ") + text(children.get(i)));
            addChildren(children.get(i), indent + (last ? "   " : "│  "));
        }
    }

    private void addRest(List<BlockerTree> left, String indent) {
        int threads =
                left.stream().mapToInt(node -> node.threads() + node.waiting()).sum();
        lines.add(indent + "└─ " + left.size() + " more, with " + Quantity.count(threads, "thread"));
    }

    private static String text(BlockerTree node) {
        StringBuilder text = new StringBuilder(Legible.shortened(node.label(), LONGEST_LABEL));
        if (node.culprit()) {
            text.append(" (culprit)");
        }
        if (node.kind() == BlockerTree.Kind.RESOURCE) {
            text.append(", ").append(Quantity.count(node.waiting(), "thread")).append(" behind it");
        }
        if (!node.detail().isEmpty()) {
            text.append(", ").append(Legible.shortened(node.detail(), LONGEST_LABEL));
        }
        return text.toString();
    }
}
