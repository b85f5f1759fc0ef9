package dev.whyhung.graph.holder;

import dev.whyhung.graph.thread.ThreadFacts;
import java.util.List;

/** Processes that threads of this one have started. */
public final class Children {

    private final List<ThreadFacts> threads;

    public Children(List<ThreadFacts> threads) {
        this.threads = threads;
    }

    /** Whether some thread may be reading what they print. */
    public boolean areRead() {
        return threads.stream()
                .filter(thread -> !thread.isJvm())
                .flatMap(thread -> thread.thread().stack().frames().stream().limit(3))
                .anyMatch(frame -> frame.className().equals("java.io.FileInputStream"));
    }
}
