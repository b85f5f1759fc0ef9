package dev.whyhung.knowledge;

import dev.whyhung.model.Frame;
import java.util.ArrayList;
import java.util.List;

/**
 * A pattern for {@code class.method}, in which {@code *} stands for any characters: {@code java.lang.Object.wait*},
 * {@code *.HikariPool.getConnection}.
 */
public final class FramePattern {

    private final List<String> parts;
    private final boolean openStart;
    private final boolean openEnd;

    FramePattern(String pattern) {
        List<String> pieces = new ArrayList<>();
        int from = 0;
        while (from < pattern.length()) {
            int star = pattern.indexOf('*', from);
            int end = star < 0 ? pattern.length() : star;
            if (end > from) {
                pieces.add(pattern.substring(from, end));
            }
            from = end + 1;
        }
        parts = List.copyOf(pieces);
        openStart = pattern.startsWith("*");
        openEnd = pattern.endsWith("*");
    }

    /** Patterns separated by commas. */
    static List<FramePattern> list(String patterns) {
        List<FramePattern> list = new ArrayList<>();
        int from = 0;
        while (from < patterns.length()) {
            int comma = patterns.indexOf(',', from);
            int end = comma < 0 ? patterns.length() : comma;
            if (end > from) {
                list.add(new FramePattern(patterns.substring(from, end)));
            }
            from = end + 1;
        }
        return List.copyOf(list);
    }

    /** Whether a pattern matches one of the frames. */
    static boolean anyMatches(List<FramePattern> patterns, List<Frame> frames) {
        return frames.stream().anyMatch(frame -> anyMatches(patterns, frame.qualifiedMethod()));
    }

    static boolean anyMatches(List<FramePattern> patterns, String method) {
        for (FramePattern pattern : patterns) {
            if (pattern.matches(method)) {
                return true;
            }
        }
        return false;
    }

    /** Whether {@code class.method} matches. Most patterns have one part; they are told without a search. */
    boolean matches(String text) {
        if (parts.isEmpty()) {
            return openStart || text.isEmpty();
        }
        if (parts.size() == 1) {
            String part = parts.get(0);
            return openStart
                    ? openEnd ? text.contains(part) : text.endsWith(part)
                    : openEnd ? text.startsWith(part) : text.equals(part);
        }
        return matchesInOrder(text);
    }

    private boolean matchesInOrder(String text) {
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
