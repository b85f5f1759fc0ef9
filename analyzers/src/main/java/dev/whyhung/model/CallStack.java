package dev.whyhung.model;

import java.util.List;
import java.util.Optional;

/**
 * The frames of a stack, top first. Readers hand out one instance per distinct stack, so that facts about a stack can be kept by
 * identity and a hundred thousand threads share a few hundred of them; equality is identity for that reason.
 */
public final class CallStack {

    /** The frames by which a thread is known to stand where it stood: those below them change little. */
    public static final int TOP_FRAMES = 8;

    private static final int TOP_OF_PARK = 4;
    public static final CallStack EMPTY = new CallStack(List.of());

    private final List<Frame> frames;
    private final boolean parksOnCarrier;

    public CallStack(List<Frame> frames) {
        this.frames = List.copyOf(frames);
        parksOnCarrier = frames.stream()
                .limit(TOP_OF_PARK)
                .anyMatch(frame -> frame.method().equals("parkOnCarrierThread")
                        && frame.className().equals("java.lang.VirtualThread"));
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

    /** Whether a frame is of this method, as {@code java.lang.Thread.join}. */
    public boolean calls(String qualifiedMethod) {
        for (Frame frame : frames) {
            if (frame.qualifiedMethod().equals(qualifiedMethod)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a virtual thread parks there without leaving its carrier. */
    public boolean parksOnCarrier() {
        return parksOnCarrier;
    }

    /** Whether some frame is a class initialiser, which runs once. */
    public boolean runsClassInitializer() {
        return frames.stream().anyMatch(Frame::isClassInitializer);
    }

    /**
     * Whether a thread with this stack stands where one with the other does: at the same top frames, and called from the same place, if
     * all of them are the JDK's own. To read from a socket alone takes more of them than are compared.
     */
    public boolean isSamePlace(CallStack other) {
        return sameTop(other, TOP_FRAMES) && (this == other || isSameCaller(caller(), other.caller()));
    }

    private static boolean isSameCaller(Optional<Frame> one, Optional<Frame> other) {
        return one.isEmpty() || other.isEmpty() || one.get().isSameCall(other.get());
    }

    /** The first that is no code of the JDK; empty if it is not shown. */
    private Optional<Frame> caller() {
        return frames.stream()
                .filter(frame -> !frame.isOfJdk() && !frame.isHidden())
                .findFirst();
    }

    /**
     * Whether the first {@code count} frames are the same, line numbers included. Frames that some formats print and others hide do
     * not count.
     */
    public boolean sameTop(CallStack other, int count) {
        if (this == other) {
            return true;
        }
        int mine = 0;
        int theirs = 0;
        for (int seen = 0; seen < count; seen++, mine++, theirs++) {
            mine = nextShown(mine);
            theirs = other.nextShown(theirs);
            boolean ended = mine == depth();
            if (ended || theirs == other.depth()) {
                return ended && theirs == other.depth();
            }
            if (!frames.get(mine).isSameCall(other.frames.get(theirs))) {
                return false;
            }
        }
        return true;
    }

    private int nextShown(int from) {
        int at = from;
        while (at < depth() && frames.get(at).isHidden()) {
            at++;
        }
        return at;
    }
}
