package dev.whyhung.graph.holder;

import dev.whyhung.graph.thread.Holder;
import dev.whyhung.graph.thread.Resource;
import dev.whyhung.graph.thread.StackGroups;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.graph.thread.ThreadSet;
import dev.whyhung.knowledge.Call;
import dev.whyhung.model.Owners;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The threads behind the scenes, of whom some are to blame for a wait that nothing in the code ties to anybody: if requests stand still,
 * and of all these threads those of one kind do, too, then most likely these owe them the result or the room in a queue. A guess, and
 * made only where the dump before has all of them at the same place.
 */
final class Background {

    private static final double GUESS = .3;
    private static final int CROWD = 3;
    private static final int MOST = 64;
    private static final Set<Resource.Kind> OWED =
            EnumSet.of(Resource.Kind.FUTURE, Resource.Kind.LATCH, Resource.Kind.QUEUE);
    private static final Set<Call.Kind> HOLDING_UP = EnumSet.of(
            Call.Kind.READ,
            Call.Kind.WRITE,
            Call.Kind.REMOTE,
            Call.Kind.CONNECT,
            Call.Kind.BORROW,
            Call.Kind.DATABASE_LOCK,
            Call.Kind.DISTRIBUTED_LOCK);

    private final List<ThreadFacts> threads;
    private final StackGroups stacks;
    private final Owners owners;
    private final List<ThreadFacts> heldUp;

    Background(List<ThreadFacts> threads, StackGroups stacks, Owners owners) {
        this.threads = threads;
        this.stacks = stacks;
        this.owners = owners;
        List<ThreadFacts> all = threads.stream().filter(this::isHeldUp).toList();
        boolean alike = all.stream().map(ThreadFacts::stem).distinct().count() == 1;
        heldUp = alike && all.size() <= MOST ? all : List.of();
    }

    /** Whether it is something that a thread behind the scenes may owe to requests. */
    static boolean mayOwe(Resource resource, List<ThreadFacts> waiting) {
        return OWED.contains(resource.kind()) && waiting.get(0).role().is("REQUEST");
    }

    /** The suspects, if they are of one kind and all who wait are requests. */
    Optional<Holder> suspects(List<ThreadFacts> waiting) {
        return heldUp.isEmpty() || !waiting.stream().allMatch(this::isOfCrowd)
                ? Optional.empty()
                : Optional.of(new Holder.Inferred(heldUp, "is held up, as nobody else behind the scenes is", GUESS));
    }

    /** Requests that have not moved, and of a pool that has nobody left for others. */
    private boolean isOfCrowd(ThreadFacts waiter) {
        return waiter.role().is("REQUEST")
                && waiter.pool().filter(pool -> !pool.hasIdleWorker()).isPresent()
                && waiter.persistence().isMeasured()
                && !waiter.thread().status().isTimed()
                && stacks.of(waiter.thread().stack()).size() >= CROWD;
    }

    private boolean isHeldUp(ThreadFacts thread) {
        return thread.persistence().isMeasured()
                && !thread.isJvm()
                && !thread.isIdle()
                && !thread.serves()
                && !thread.reading().isEntry()
                && thread.reading().appFrame().isPresent()
                && thread.reading().passive(thread.name()).isEmpty()
                && (isInCall(thread) || isBehindAnother(thread));
    }

    /** A loop that reads from its socket is at rest; who has asked a known system waits for its answer. */
    private static boolean isInCall(ThreadFacts thread) {
        boolean asks = !thread.waitsFor().is(Call.Kind.READ)
                || thread.reading().client().isPresent();
        return asks
                && thread.waitsFor()
                        .call()
                        .filter(call -> HOLDING_UP.contains(call.kind()))
                        .isPresent();
    }

    /** For a lock, but not one that a request has, or somebody who may be owed something as well. */
    private boolean isBehindAnother(ThreadFacts thread) {
        return thread.waitsFor().isExclusive()
                && thread.waitsFor()
                        .resource()
                        .flatMap(resource -> Optional.ofNullable(owners.of(resource.lock())))
                        .flatMap(id -> ThreadSet.find(threads, id))
                        .filter(owner -> !owner.serves() && !owner.thread().equals(thread.thread()))
                        .filter(owner -> owner.waitsFor()
                                .resource()
                                .filter(resource -> OWED.contains(resource.kind()))
                                .isEmpty())
                        .isPresent();
    }
}
