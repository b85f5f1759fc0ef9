package dev.whyhung.diagnose.view;

import dev.whyhung.knowledge.Knowledge;
import dev.whyhung.model.Frame;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Folds the frames of libraries, so that those of the application can be seen. */
final class Folding {

    private final Knowledge knowledge;

    Folding(Knowledge knowledge) {
        this.knowledge = knowledge;
    }

    /** The frames in their order, with one line for each run of two library frames or more. */
    List<String> of(List<Frame> run) {
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
}
