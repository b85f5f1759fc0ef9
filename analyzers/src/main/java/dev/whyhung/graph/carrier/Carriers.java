package dev.whyhung.graph.carrier;

import dev.whyhung.graph.thread.Persistence;
import dev.whyhung.graph.thread.StackGroups;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.graph.thread.Wait;
import dev.whyhung.graph.time.Before;
import dev.whyhung.graph.time.Motion;
import dev.whyhung.graph.time.Recorded;
import dev.whyhung.knowledge.Call;
import dev.whyhung.model.CallStack;
import dev.whyhung.model.DumpInfo;
import dev.whyhung.model.Evidence;
import dev.whyhung.model.Frame;
import dev.whyhung.model.SchedulerReading;
import dev.whyhung.model.ThreadId;
import dev.whyhung.model.ThreadSnapshot;
import dev.whyhung.model.ThreadStatus;
import dev.whyhung.model.Visible;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The carriers of virtual threads and what they are taken by. A virtual thread that waits gives its carrier back unless it is
 * pinned; one that runs keeps it. While all are taken, every other virtual thread that is ready to run waits in the scheduler's
 * queue, where no text dump shows it.
 */
public final class Carriers {

    /** What a carrier is taken by. */
    public enum Use {
        /** Nothing. */
        FREE,
        /** A virtual thread that waits and yet is mounted. */
        PINNED,
        /** A virtual thread that has used no CPU between dumps, and nothing tells how it waits. */
        STILL,
        /** A virtual thread that computes. */
        BUSY,
        /** A virtual thread; what it does is not known. */
        UNDECIDED
    }

    /**
     * One carrier.
     *
     * @param mounted its virtual thread, where the dump shows it
     * @param persistence how long it has had that
     */
    public record Carrier(ThreadFacts thread, @Nullable ThreadFacts mounted, Use use, Persistence persistence) {

        /** Whom to name for it: the virtual thread if it is shown. */
        public ThreadFacts user() {
            return mounted == null ? thread : mounted;
        }
    }

    /** So many for each carrier. */
    private static final long LONG_QUEUE = 5;

    private final List<Carrier> all;
    private final List<ThreadFacts> queued;
    private final @Nullable SchedulerReading scheduler;
    private final boolean queueShown;
    private final boolean queueShownBefore;
    private final boolean queuedBefore;
    private final boolean hasEarlier;
    private final boolean keptBusy;
    /** Some virtual thread without a carrier is not known to have stayed where it was: it may have had one in between. */
    private final boolean othersMoved;
    /** Virtual threads besides those that have a carrier. */
    private final boolean othersWait;

    private Carriers(
            List<Carrier> all, List<ThreadFacts> queued, Evidence evidence, boolean queuedBefore, boolean moved) {
        this.all = List.copyOf(all);
        this.queued = List.copyOf(queued);
        scheduler = evidence.schedulers().stream()
                .max(Comparator.comparing(SchedulerReading::isStarved))
                .orElse(null);
        queueShownBefore =
                evidence.earlier().stream().anyMatch(trace -> trace.info().shows(Visible.UNMOUNTED_VIRTUAL_THREADS));
        this.queuedBefore = queuedBefore;
        hasEarlier = !evidence.earlier().isEmpty();
        Before before = new Before(evidence);
        othersMoved = moved;
        long virtual = evidence.focus().threads().stream()
                .filter(ThreadSnapshot::isVirtual)
                .count();
        othersWait = virtual > all.size() - usedAs(Use.FREE).size();
        keptBusy = othersWait && !moved && all.stream().allMatch(carrier -> isKeptBusy(carrier, before));
        queueShown = evidence.focus().info().shows(Visible.UNMOUNTED_VIRTUAL_THREADS);
    }

    public static Carriers of(StackGroups stacks, Evidence evidence, Motion motion, Recorded recorded) {
        DumpInfo dump = evidence.focus().info();
        Map<ThreadId, ThreadFacts> byId = new HashMap<>();
        Deque<ThreadFacts> unlinked = new ArrayDeque<>();
        List<ThreadFacts> queued = List.copyOf(stacks.those(thread -> isQueued(thread) && !thread.isIdle()));
        stacks.those(thread -> !isQueued(thread)
                        && thread.thread().isVirtual()
                        && VirtualThreads.isMounted(thread.thread(), dump))
                .forEach(thread -> {
                    byId.put(thread.id(), thread);
                    if (thread.thread().mount() == null) {
                        unlinked.add(thread);
                    }
                });
        Before before = new Before(evidence);
        Set<String> entered = entered(byId.values());
        List<Carrier> all = new ArrayList<>();
        for (ThreadFacts thread : carriers(stacks)) {
            boolean taken = thread.thread().kind() == ThreadSnapshot.Kind.CARRIER;
            ThreadId mount = thread.thread().mount();
            ThreadFacts mounted = !taken ? null : mount == null ? unlinked.poll() : byId.get(mount);
            Use use = taken ? use(thread, mounted, motion, recorded, before) : Use.FREE;
            if (use == Use.UNDECIDED && mounted != null && standsAtEntry(mounted, entered)) {
                use = Use.STILL;
            }
            all.add(new Carrier(thread, mounted, use, persistence(thread, mounted, motion)));
        }
        Set<ThreadId> platform = stacks.those(thread -> !thread.thread().isVirtual()).stream()
                .map(ThreadFacts::id)
                .collect(Collectors.toSet());
        boolean moved = stacks.any(thread -> thread.thread().isVirtual()
                && !VirtualThreads.isMounted(thread.thread(), dump)
                && !isQueued(thread)
                && !thread.persistence().isMeasured());
        return new Carriers(all, queued, evidence, !all.isEmpty() && before.hasQueued(platform), moved);
    }

    /** The threads that carry, and those of the same pool that have nothing to carry now. */
    private static Set<ThreadFacts> carriers(StackGroups stacks) {
        Optional<String> pool = stacks.those(thread -> thread.thread().kind() == ThreadSnapshot.Kind.CARRIER).stream()
                .map(ThreadFacts::stem)
                .findFirst();
        return pool.isEmpty()
                ? Set.of()
                : stacks.those(
                        thread -> !thread.thread().isVirtual() && thread.stem().equals(pool.get()));
    }

    private static boolean isQueued(ThreadFacts thread) {
        return thread.waitsFor().kind() == Wait.Kind.CARRIER;
    }

    /** Where no CPU times are printed, all carriers look alike, and the virtual thread tells: even one that sleeps again and again, pinned. */
    private static Persistence persistence(ThreadFacts carrier, @Nullable ThreadFacts mounted, Motion motion) {
        if (mounted == null
                || carrier.thread().cpuNanos() >= 0
                || carrier.persistence().isMeasured()) {
            return carrier.persistence();
        }
        return motion.of(mounted.thread());
    }

    /** The methods, below the first frame and but for the JDK's, of mounted virtual threads that park. */
    private static Set<String> entered(Collection<ThreadFacts> mounted) {
        return mounted.stream()
                .filter(thread -> thread.thread().stack().parksOnCarrier())
                .flatMap(thread -> thread.thread().stack().frames().stream().skip(1))
                .filter(frame -> !frame.isOfJdk())
                .map(Frame::qualifiedMethod)
                .collect(Collectors.toSet());
    }

    /**
     * Whether it has stood, since the dump before, at the top of a method in which another one parks without leaving its carrier: up to JDK
     * 23 such a one holds a monitor, for which this one waits. States would tell, where they are printed.
     */
    private static boolean standsAtEntry(ThreadFacts mounted, Set<String> entered) {
        ThreadSnapshot thread = mounted.thread();
        return thread.status() == ThreadStatus.UNKNOWN
                && mounted.persistence().isMeasured()
                && thread.stack().frames().stream()
                        .limit(1)
                        .map(Frame::qualifiedMethod)
                        .anyMatch(entered::contains);
    }

    private static boolean isKeptBusy(Carrier carrier, Before before) {
        ThreadFacts mounted = carrier.mounted();
        if (carrier.use() != Use.BUSY || mounted == null) {
            return false;
        }
        String now = topClass(mounted.thread().stack());
        return before.of(mounted.thread())
                .filter(sighting -> topClass(sighting.stack()).equals(now))
                .isPresent();
    }

    private static String topClass(CallStack stack) {
        return stack.frames().stream().findFirst().map(Frame::className).orElse("");
    }

    private static Use use(
            ThreadFacts carrier, @Nullable ThreadFacts mounted, Motion motion, Recorded recorded, Before before) {
        boolean moves = mounted != null && mounted.persistence().kind() == Persistence.Kind.PROGRESS;
        boolean works = carrier.persistence().kind() == Persistence.Kind.PROGRESS
                && carrier.thread().cpuNanos() >= 0;
        if (mounted != null
                && VirtualThreads.isPinned(mounted)
                && (!(works || moves) || VirtualThreads.showsPin(mounted))) {
            return Use.PINNED;
        }
        if (mounted != null && !works && isInLastingFileCall(mounted)) {
            return Use.PINNED;
        }
        boolean runs = mounted != null && recorded.wasAtWork(mounted.id());
        if (motion.isBusy(carrier.thread()) || moves || works || runs) {
            return Use.BUSY;
        }
        boolean another = carrier.thread().mount() != null
                && before.isWithoutVirtual(carrier.thread().mount());
        boolean rests = carrier.persistence().isMeasured() && carrier.thread().cpuNanos() >= 0 && !another;
        return rests || hasHardlyRun(carrier.thread()) ? Use.STILL : Use.UNDECIDED;
    }

    /** Reads and writes of files are native and leave no carrier; up to JDK 23 the scheduler adds one for the time. */
    private static boolean isInLastingFileCall(ThreadFacts mounted) {
        return mounted.waitsFor().is(Call.Kind.FILE) && mounted.persistence().isMeasured();
    }

    /** A carrier that is some seconds old and has used next to no CPU carries nothing that computes. */
    private static boolean hasHardlyRun(ThreadSnapshot carrier) {
        return carrier.cpuNanos() >= 0
                && carrier.elapsedNanos() >= OLD_NANOS
                && carrier.cpuNanos() < LITTLE_SHARE * Math.min(carrier.elapsedNanos(), 5 * OLD_NANOS);
    }

    private static final long OLD_NANOS = 2_000_000_000;
    private static final double LITTLE_SHARE = .01;

    public List<Carrier> all() {
        return all;
    }

    /** The virtual threads that have a carrier, as far as they are shown. */
    public List<ThreadFacts> users() {
        return all.stream()
                .filter(carrier -> carrier.use() != Use.FREE)
                .map(Carrier::user)
                .toList();
    }

    /** Virtual threads that could run if there were a carrier for them, by id. */
    public List<ThreadFacts> queued() {
        return queued;
    }

    /** How many virtual threads wait for a carrier, as far as anything tells. */
    public long queueLength() {
        return Math.max(queued.size(), scheduler == null ? 0 : scheduler.queued());
    }

    /** The reading of the scheduler that says most. */
    public Optional<SchedulerReading> scheduler() {
        return Optional.ofNullable(scheduler);
    }

    public List<Carrier> usedAs(Use use) {
        return all.stream().filter(carrier -> carrier.use() == use).toList();
    }

    /** Whether every carrier there may be has a virtual thread. */
    public boolean areAllTaken() {
        boolean more = scheduler != null && scheduler.parallelism() > all.size();
        return !all.isEmpty() && !more && usedAs(Use.FREE).isEmpty();
    }

    /**
     * Whether virtual threads wait for a carrier in vain. All carriers being taken is the ordinary state of a busy service: either
     * what takes them is known, or somebody has waited from one dump to the next, or the queue is out of proportion. While nobody waits,
     * they must have been kept from one dump to the next.
     */
    public boolean areExhausted() {
        boolean known = all.stream().allMatch(carrier -> carrier.use() == Use.PINNED || carrier.use() == Use.STILL);
        if (!areAllTaken()) {
            return false;
        }
        if (queueShown && queueLength() == 0) {
            return known
                    && othersWait
                    && all.stream()
                            .allMatch(carrier -> carrier.persistence().isMeasured()
                                    && (!othersMoved
                                            || carrier.thread().thread().cpuNanos() >= 0));
        }
        return queueShown ? known || isQueueLasting() || (!queueShownBefore && isQueueLong()) : known;
    }

    /** Whether every carrier is taken, and nothing tells whether by threads that compute or that wait, or whether they let others in. */
    public boolean areTakenByUnknown() {
        return areAllTaken()
                && all.stream().allMatch(carrier -> carrier.use() == Use.UNDECIDED || mayKeepOthersOut(carrier));
    }

    private boolean mayKeepOthersOut(Carrier carrier) {
        boolean waits = carrier.use() == Use.PINNED || carrier.use() == Use.STILL;
        return waits && othersWait && (!hasEarlier || carrier.persistence().isMeasured());
    }

    /**
     * Whether every carrier computes for a virtual thread that computed in the same class in the dump before, and of the others none is seen
     * to have had one in between.
     */
    public boolean areKeptBusy() {
        return areAllTaken() && keptBusy;
    }

    /** Whether some virtual thread was without a carrier in an earlier dump as well. */
    public boolean isQueueLasting() {
        return queued.stream().anyMatch(thread -> thread.persistence().isMeasured());
    }

    /** Whether virtual threads waited for a carrier in the dump before, and all of them have got one since. */
    public boolean isQueueMoving() {
        return queuedBefore && !isQueueLasting();
    }

    /** Whether so many wait that a burst of work does not explain it. */
    private boolean isQueueLong() {
        return queueLength() >= LONG_QUEUE * all.size();
    }
}
