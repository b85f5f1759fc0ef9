package dev.whyhung.graph.thread;

import dev.whyhung.knowledge.Call;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a thread waits for; a thread waits for one thing at a time. */
public final class Wait {

    /** How it waits. */
    public enum Kind {
        /** It does not: it runs, or could. */
        NONE,
        MONITOR_ENTER,
        /** Parked on a lock with at most one owner. */
        LOCK,
        CLASS_INIT,
        /** In {@code Object.wait}, or awaiting a condition: somebody must signal. */
        SIGNAL,
        SLEEP,
        /** In a call that blocks: input and output, a future, a queue, permits. */
        CALL,
        /** A virtual thread that could run and has no carrier. */
        CARRIER,
        /** Parked, and the tables do not know on what. */
        PARK
    }

    public static final Wait NONE = new Wait(Kind.NONE, null, null);
    public static final Wait FOR_CARRIER = new Wait(Kind.CARRIER, Resource.CARRIERS, null);

    private final Kind kind;
    private final @Nullable Resource resource;
    private final @Nullable Call call;

    public Wait(Kind kind, @Nullable Resource resource, @Nullable Call call) {
        this.kind = kind;
        this.resource = resource;
        this.call = call;
    }

    public Kind kind() {
        return kind;
    }

    /** The node of the graph that it waits for, if it has one. */
    public Optional<Resource> resource() {
        return Optional.ofNullable(resource);
    }

    /** The blocking call on top of its stack, if the tables know it. */
    public Optional<Call> call() {
        return Optional.ofNullable(call);
    }

    public boolean is(Call.Kind wanted) {
        return call != null && kind == Kind.CALL && call.kind() == wanted;
    }

    public boolean isOf(Set<Call.Kind> wanted) {
        return call != null && wanted.contains(call.kind());
    }

    /** Whether it ends by an answer from outside the process. */
    public boolean isExternal() {
        return call != null && call.kind().isExternal();
    }

    /** Whether it is for the tasks of a scope, which not every dump names. */
    public boolean isForScope() {
        return call != null && call.isScopeJoin();
    }

    /** Whether it is for something that happens to a network channel, which no task in a pool's queue tells. */
    public boolean isForChannel() {
        return call != null && call.id().equals("netty-channel");
    }

    /** Whether it asks again and again instead of waiting to be woken: the CPU time that this takes tells of no progress. */
    public boolean polls() {
        return call != null && call.id().equals("ring");
    }

    /** Whether what it waits for can be held by one thread only. */
    public boolean isExclusive() {
        return kind == Kind.MONITOR_ENTER || kind == Kind.LOCK || kind == Kind.CLASS_INIT;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Wait wait
                && kind == wait.kind
                && Objects.equals(call, wait.call)
                && Objects.equals(resource, wait.resource);
    }

    @Override
    public int hashCode() {
        return (kind.hashCode() * 31 + Objects.hashCode(call)) * 31 + Objects.hashCode(resource);
    }
}
