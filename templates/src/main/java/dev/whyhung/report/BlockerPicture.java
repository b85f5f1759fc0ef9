package dev.whyhung.report;

import dev.whyhung.diagnose.view.BlockerTree;
import dev.whyhung.finding.Quantity;
import dev.whyhung.report.TemplateValues.Markup;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Draws the blocker trees from left to right: who blocks, what it holds, who waits for that. A parent stands in the row of its
 * first child, so that the way from the cause to the largest crowd is a straight line. A circle is an arrow back to the box on
 * which it closes, in a row of its own. However many threads there are, some dozens of boxes are drawn and the rest is counted.
 */
final class BlockerPicture {

    private static final int WIDTH = 232;
    private static final int HEIGHT = 48;
    private static final int GAP = 44;
    private static final int ROW = HEIGHT + 12;
    private static final int RETURN_ROW = 22;
    private static final int MARGIN = 4;
    private static final int MOST_TREES = 6;
    private static final int MOST_CHILDREN = 8;
    private static final int MOST_BOXES = 80;
    private static final int DEEPEST = 12;
    /** That fit into a box, in the small type of its second line. */
    private static final int SUB_LETTERS = 34;

    private final List<Box> boxes = new ArrayList<>();
    private final List<String> arrows = new ArrayList<>();
    private final List<String> returns = new ArrayList<>();
    private int bottom = MARGIN;
    private int right;

    private record Box(BlockerTree node, int x, int y) {}

    private BlockerPicture() {}

    /** The picture, or null if there is nothing to draw. */
    static @Nullable Markup of(List<BlockerTree> trees) {
        if (trees.isEmpty()) {
            return null;
        }
        BlockerPicture picture = new BlockerPicture();
        for (BlockerTree tree : Caps.head(trees, MOST_TREES)) {
            if (picture.boxes.size() < MOST_BOXES) {
                picture.place(tree, new ArrayList<>());
                picture.bottom += 10;
            }
        }
        return picture.draw();
    }

    /** Places a node and everything below it. */
    private Box place(BlockerTree node, List<Box> above) {
        Box box = new Box(node, MARGIN + above.size() * (WIDTH + GAP), bottom);
        boxes.add(box);
        right = Math.max(right, box.x() + WIDTH);
        above.add(box);
        int shown = 0;
        for (BlockerTree child : node.children()) {
            boolean fits = shown < MOST_CHILDREN && boxes.size() < MOST_BOXES && above.size() < DEEPEST;
            if (!fits) {
                break;
            }
            bottom = shown++ == 0 ? box.y() : bottom;
            placeChild(child, above);
        }
        bottom = Math.max(bottom, box.y() + ROW);
        List<BlockerTree> left = node.children().subList(shown, node.children().size());
        if (!left.isEmpty()) {
            placeRest(box, left);
        }
        above.remove(above.size() - 1);
        return box;
    }

    private void placeChild(BlockerTree child, List<Box> above) {
        Box parent = above.get(above.size() - 1);
        if (child.kind() == BlockerTree.Kind.CYCLE && child.up() <= above.size()) {
            placeReturn(parent, above.get(above.size() - child.up()));
            return;
        }
        Box box = place(child, above);
        int fromY = box.y() + HEIGHT / 2;
        int toY = parent.y() + HEIGHT / 2;
        int middle = box.x() - GAP / 2;
        String line = fromY == toY ? "" : "H" + middle + "V" + toY;
        arrows.add("M" + box.x() + ' ' + fromY + line + "H" + (parent.x() + WIDTH + 2));
    }

    /** The arrow of a circle, below everything that stands between its ends. */
    private void placeReturn(Box from, Box to) {
        bottom = Math.max(bottom, from.y() + ROW) + RETURN_ROW;
        int y = bottom - RETURN_ROW / 2 - 6;
        int out = from.x() + WIDTH / 2;
        int in = to.x() + WIDTH / 2;
        returns.add("M" + out + ' ' + (from.y() + HEIGHT) + "V" + y + "H" + in + "V" + (to.y() + HEIGHT + 2));
    }

    private void placeRest(Box parent, List<BlockerTree> left) {
        int threads =
                left.stream().mapToInt(node -> node.threads() + node.waiting()).sum();
        String label = "+ " + left.size() + " more, with " + Quantity.count(threads, "thread");
        BlockerTree rest = new BlockerTree(BlockerTree.Kind.ELSEWHERE, label, "", 0, 0, false, 0, List.of());
        boxes.add(new Box(rest, parent.x() + WIDTH + GAP, bottom));
        right = Math.max(right, parent.x() + 2 * WIDTH + GAP);
        bottom += ROW;
    }

    private Markup draw() {
        Svg svg = new Svg(right + MARGIN, bottom, "Who waits for whom, as a picture; the list below says the same");
        arrows.forEach(arrow -> svg.path("edge", arrow).path("tip", tip(arrow, false)));
        returns.forEach(arrow -> svg.path("edge closing", arrow).path("tip closing", tip(arrow, true)));
        boxes.forEach(box -> draw(svg, box));
        return svg.end();
    }

    /** A triangle at the end of a path that ends to the left, or upwards. */
    private static String tip(String path, boolean up) {
        int last = Math.max(path.lastIndexOf('H'), path.lastIndexOf('V'));
        int end = Integer.parseInt(path.substring(last + 1));
        if (up) {
            int x = Integer.parseInt(path.substring(path.lastIndexOf('H') + 1, last));
            return "M" + x + ' ' + end + "l-4 7h8z";
        }
        int from = Math.max(path.lastIndexOf('V'), path.indexOf(' '));
        int y = Integer.parseInt(path.substring(from + 1, path.indexOf('H', from)));
        return "M" + end + ' ' + y + "l7 -4v8z";
    }

    private static void draw(Svg svg, Box box) {
        BlockerTree node = box.node();
        String kind = node.culprit() ? "culprit" : Wording.id(node.kind());
        svg.box("box " + kind, box.x(), box.y(), WIDTH, HEIGHT, node.kind() == BlockerTree.Kind.RESOURCE ? 4 : 14);
        String below = below(node);
        int y = box.y() + (below.isEmpty() ? 29 : 21);
        svg.text("name " + kind, box.x() + 12, y, node.label(), 25);
        if (!below.isEmpty()) {
            svg.text("sub", box.x() + 12, box.y() + 38, below, SUB_LETTERS);
        }
    }

    private static String below(BlockerTree node) {
        if (node.culprit()) {
            return node.waiting() == 0 ? "culprit" : "culprit, " + behind(node);
        }
        if (node.kind() == BlockerTree.Kind.RESOURCE) {
            boolean fits = !node.detail().isEmpty() && node.detail().length() <= SUB_LETTERS;
            return fits ? node.detail() : behind(node);
        }
        return node.threads() > 1 ? Quantity.count(node.threads(), "thread") + ' ' + node.detail() : node.detail();
    }

    private static String behind(BlockerTree node) {
        return Quantity.count(node.waiting(), "thread") + " behind";
    }
}
