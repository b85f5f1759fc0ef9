package dev.whyhung.knowledge;

import dev.whyhung.model.CallStack;
import dev.whyhung.model.Frame;
import java.util.List;

/**
 * Values that one thread computes while others who want the same wait for it, as in a cache.
 *
 * @param id the library
 * @param waits frames of those who wait
 * @param loads frames of those who compute, below the code that does
 */
public record ValueLoad(String id, List<FramePattern> waits, List<FramePattern> loads) {

    public ValueLoad {
        waits = List.copyOf(waits);
        loads = List.copyOf(loads);
    }

    public boolean isLoading(CallStack stack) {
        return FramePattern.anyMatches(loads, stack.frames());
    }

    /** Whether it waits for a value now, be it in code that computes another one. */
    public boolean isWaiting(CallStack stack) {
        for (Frame frame : stack.frames()) {
            if (FramePattern.anyMatches(waits, frame.qualifiedMethod())) {
                return true;
            }
            if (FramePattern.anyMatches(loads, frame.qualifiedMethod())) {
                return false;
            }
        }
        return false;
    }
}
