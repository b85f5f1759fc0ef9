package dev.whyhung.graph.holder;

import dev.whyhung.graph.thread.Pool;
import dev.whyhung.graph.thread.StackGroups;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.knowledge.Call;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Processes that threads of this one have started. */
public final class Children {

    private final StackGroups stacks;
    private final Map<Pool, Boolean> heldUp = new HashMap<>();
    private @Nullable Boolean read;

    public Children(StackGroups stacks) {
        this.stacks = stacks;
    }

    /** Whether all workers of this pool wait for one of their own, none has ended since the dump before, and nobody reads what they print. */
    public boolean holdUp(Pool pool) {
        return heldUp.computeIfAbsent(pool, this::holdUpAll);
    }

    private boolean holdUpAll(Pool pool) {
        return pool.workers().size() > 1 && pool.workers().stream().allMatch(Children::waits) && !areRead();
    }

    private static boolean waits(ThreadFacts worker) {
        return worker.waitsFor().is(Call.Kind.PROCESS)
                && worker.persistence().isMeasured()
                && !worker.thread().status().isTimed();
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
