package dev.whyhung.graph.holder;

import dev.whyhung.graph.thread.StackGroups;
import org.jspecify.annotations.Nullable;

/** Processes that threads of this one have started. */
public final class Children {

    private final StackGroups stacks;
    private @Nullable Boolean read;

    public Children(StackGroups stacks) {
        this.stacks = stacks;
    }

    /** Whether some thread may be reading what they print. */
    public boolean areRead() {
        if (read == null) {
            read = stacks.any(thread -> !thread.isJvm()
                    && thread.thread().stack().frames().stream()
                            .limit(3)
                            .anyMatch(frame -> frame.className().equals("java.io.FileInputStream")));
        }
        return read;
    }
}
