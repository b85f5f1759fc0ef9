package dev.whyhung.graph.thread;

import dev.whyhung.model.ThreadId;
import org.jspecify.annotations.Nullable;

/** A thread as a node of the wait-for graph. */
public record ThreadNode(ThreadId id) implements Node {

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ThreadNode node && node.id.equals(id);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }
}
