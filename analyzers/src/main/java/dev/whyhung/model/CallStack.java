package dev.whyhung.model;

import java.util.List;

/**
 * The frames of a stack, top first. Readers hand out one instance per distinct stack, so that facts about a stack can be kept by
 * identity and a hundred thousand threads share a few hundred of them; equality is identity for that reason.
 */
public final class CallStack {

    public static final CallStack EMPTY = new CallStack(List.of());

    private final List<Frame> frames;

    public CallStack(List<Frame> frames) {
        this.frames = List.copyOf(frames);
    }

    public List<Frame> frames() {
        return frames;
    }

    public boolean isEmpty() {
        return frames.isEmpty();
    }

    public int depth() {
        return frames.size();
    }

    /** Whether the first {@code count} frames are the same, line numbers included. */
    public boolean sameTop(CallStack other, int count) {
        if (this == other) {
            return true;
        }
        int mine = Math.min(count, depth());
        return mine == Math.min(count, other.depth()) && frames.subList(0, mine).equals(other.frames.subList(0, mine));
    }
}
