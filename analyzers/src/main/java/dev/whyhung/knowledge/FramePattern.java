package dev.whyhung.knowledge;

import dev.whyhung.model.Frame;
import java.util.ArrayList;
import java.util.List;

/**
 * A pattern for {@code class.method}, in which {@code *} stands for any characters: {@code java.lang.Object.wait*},
 * {@code *.HikariPool.getConnection}.
 */
final class FramePattern {

    private final List<String> parts;
    private final boolean openStart;
    private final boolean openEnd;

    FramePattern(String pattern) {
        List<String> pieces = new ArrayList<>();
        for (String piece : pattern.split("\\*", -1)) {
            if (!piece.isEmpty()) {
                pieces.add(piece);
            }
        }
        parts = List.copyOf(pieces);
        openStart = pattern.startsWith("*");
        openEnd = pattern.endsWith("*");
    }

    /** Patterns separated by commas. */
    static List<FramePattern> list(String patterns) {
        List<FramePattern> list = new ArrayList<>();
        for (String pattern : patterns.split(",")) {
            if (!pattern.isEmpty()) {
                list.add(new FramePattern(pattern));
            }
        }
        return List.copyOf(list);
    }

    static boolean anyMatches(List<FramePattern> patterns, Frame frame) {
        String text = frame.qualifiedMethod();
        for (FramePattern pattern : patterns) {
            if (pattern.matches(text)) {
                return true;
            }
        }
        return false;
    }

    boolean matches(String text) {
        if (parts.isEmpty()) {
            return openStart || text.isEmpty();
        }
        int at = 0;
        int count = parts.size();
        for (int i = 0; i < count; i++) {
            String part = parts.get(i);
            boolean last = i == count - 1;
            int found = last && !openEnd ? text.length() - part.length() : text.indexOf(part, at);
            boolean anchored = i > 0 || openStart || found == 0;
            if (found < at || !anchored || !text.startsWith(part, found)) {
                return false;
            }
            at = found + part.length();
        }
        return true;
    }
}
