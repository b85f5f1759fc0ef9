package dev.whyhung.knowledge;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a stack looks like in some known situation.
 *
 * @param id name of the situation
 * @param top one of these is among the first three frames below the plumbing of park and wait; empty: any stack
 * @param within one of these is among the first {@value #CONTEXT} frames; empty: not asked
 * @param unless none of these is among them
 * @param depth the stack has at most so many frames
 * @param name the thread's name matches; null: not asked
 */
record Signature(
        String id,
        List<FramePattern> top,
        List<FramePattern> within,
        List<FramePattern> unless,
        int depth,
        @Nullable Pattern name) {

    private static final int TOP = 3;
    private static final int CONTEXT = 24;

    /** Whether the frames match, given as {@code class.method} without plumbing. The thread's name is not looked at. */
    boolean matches(List<String> stack) {
        return stack.size() <= depth
                && (top.isEmpty() || contains(stack, TOP, top))
                && (within.isEmpty() || contains(stack, CONTEXT, within))
                && (unless.isEmpty() || !contains(stack, CONTEXT, unless));
    }

    /** Whether one of the context frames is anywhere on the stack: what a thread is for stands at its bottom. */
    boolean isWithin(List<String> stack) {
        return within.isEmpty() || contains(stack, stack.size(), within);
    }

    /** Whether context frames are on the stack, and none of those that forbid it, however deep. */
    boolean isWithinOnly(List<String> stack) {
        return isWithin(stack) && (unless.isEmpty() || !contains(stack, stack.size(), unless));
    }

    boolean matchesName(String threadName) {
        return name == null || name.matcher(threadName).matches();
    }

    private static boolean contains(List<String> stack, int depth, List<FramePattern> patterns) {
        int end = Math.min(depth, stack.size());
        for (int i = 0; i < end; i++) {
            if (FramePattern.anyMatches(patterns, stack.get(i))) {
                return true;
            }
        }
        return false;
    }
}
