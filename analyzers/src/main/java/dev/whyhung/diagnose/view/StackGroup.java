package dev.whyhung.diagnose.view;

import dev.whyhung.model.Frame;
import dev.whyhung.model.ThreadId;
import java.util.List;

/**
 * Threads with the same stack.
 *
 * @param frames the stack, top first
 * @param activity what the first of them is doing
 * @param threads their ids, ascending
 * @param names short form of their names: {@code http-nio-8080-exec-1 … 200 (200)}
 * @param logical the stack of the first of them with library frames folded, and whoever submitted its task above it; empty for rare
 *     stacks among very many
 */
public record StackGroup(
        List<Frame> frames, ThreadRow.Activity activity, List<ThreadId> threads, String names, List<String> logical) {

    public StackGroup {
        frames = List.copyOf(frames);
        logical = List.copyOf(logical);
    }
}
