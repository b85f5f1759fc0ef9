package dev.whyhung.graph;

import dev.whyhung.graph.carrier.Carriers;
import dev.whyhung.graph.carrier.VirtualThreads;
import dev.whyhung.graph.holder.Connections;
import dev.whyhung.graph.holder.Handlers;
import dev.whyhung.graph.thread.Persistence;
import dev.whyhung.graph.thread.Pool;
import dev.whyhung.graph.thread.StackGroups;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.graph.thread.ThreadSet;
import dev.whyhung.graph.time.Recorded;
import dev.whyhung.graph.time.RecordedThreads;
import dev.whyhung.graph.time.Vanished;
import dev.whyhung.graph.waitfor.WaitForGraph;
import dev.whyhung.knowledge.Knowledge;
import dev.whyhung.model.DumpInfo;
import dev.whyhung.model.Evidence;
import dev.whyhung.model.ThreadDump;
import dev.whyhung.model.ThreadId;
import dev.whyhung.model.Visible;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Everything that is derived once from the evidence about a process and shared by all rules. */
public final class Facts {

    private final Evidence evidence;
    private final Knowledge knowledge;
    private final List<ThreadFacts> threads;
    private final StackGroups stacks;
    private final List<Pool> pools;
    private final Carriers carriers;
    private final WaitForGraph graph;
    private final Connections connections;
    private final boolean virtualThreads;
    private final Recorded recorded;
    /** There are few weights, and counting bits is faster than adding up a million numbers. */
    private final Map<Double, ThreadSet> byWeight = new TreeMap<>();

    private final ThreadSet stuck;
    private final ThreadSet passing;
    private @Nullable List<Vanished> vanished;
    private @Nullable Handlers handlers;

    Facts(
            Evidence evidence,
            Knowledge knowledge,
            List<ThreadFacts> threads,
            StackGroups stacks,
            List<Pool> pools,
            Carriers carriers,
            WaitForGraph graph,
            Connections connections,
            Recorded recorded) {
        this.evidence = evidence;
        this.knowledge = knowledge;
        this.threads = List.copyOf(threads);
        this.stacks = stacks;
        this.pools = List.copyOf(pools);
        this.carriers = carriers;
        this.graph = graph;
        this.connections = connections;
        this.recorded = recorded;
        virtualThreads = VirtualThreads.areUsed(threads, stacks)
                || evidence.earlier().stream().anyMatch(VirtualThreads::wereUsed)
                || evidence.recordings().stream().anyMatch(VirtualThreads::wereSeen);
        stuck = noThreads();
        passing = noThreads();
        for (ThreadFacts thread : threads) {
            byWeight.computeIfAbsent(thread.weight(), key -> noThreads()).add(thread);
            if (thread.isStuck()) {
                stuck.add(thread);
            }
            if (thread.isPassing()) {
                passing.add(thread);
            }
        }
    }

    public static Facts of(Evidence evidence, Knowledge knowledge) {
        return new FactsBuilder(evidence, knowledge, new RecordedThreads(evidence.recordings())).build();
    }

    /** The same about an earlier dump of the process, as if it were asked for at that time. */
    public Facts asOf(ThreadDump past) {
        return new FactsBuilder(evidence.asOf(past), knowledge, recorded.threads()).build();
    }

    public Evidence evidence() {
        return evidence;
    }

    public Knowledge knowledge() {
        return knowledge;
    }

    /** The examined dump. */
    public DumpInfo dump() {
        return evidence.focus().info();
    }

    public boolean shows(Visible fact) {
        return dump().shows(fact);
    }

    /** Every thread of the examined dump, by id. */
    public List<ThreadFacts> threads() {
        return threads;
    }

    /**
     * The threads of which this holds, by id. It is asked once of many that are alike, so it must not ask for an id, for what a thread
     * holds, nor whether it is stuck.
     */
    public ThreadSet those(Predicate<ThreadFacts> which) {
        return stacks.those(which);
    }

    /** Whether it holds of any thread. */
    public boolean any(Predicate<ThreadFacts> which) {
        return stacks.any(which);
    }

    /** Those of {@link #those} that are stuck. */
    public ThreadSet stuck(Predicate<ThreadFacts> which) {
        return stacks.those(which).inCommon(stuck);
    }

    public Optional<ThreadFacts> thread(ThreadId id) {
        return ThreadSet.find(threads, id);
    }

    /** The first threads that earlier dumps still had. */
    public List<Vanished> vanished() {
        if (vanished == null) {
            vanished = Vanished.firstOf(evidence, threads);
        }
        return vanished;
    }

    /** Whether requests arrive at this pool: by its role, or from a thread of the same code that accepts connections. */
    public boolean isAsked(Pool pool) {
        if (handlers == null) {
            handlers = new Handlers(threads, knowledge);
        }
        return pool.isRequestPool() || handlers.areIn(pool);
    }

    /** Whether this pool serves requests, and has workers left for more. */
    public boolean hasRoomForRequests(Pool pool) {
        return pool.hasRoom() && isAsked(pool);
    }

    /** A set that takes little room for each of many threads. */
    public ThreadSet noThreads() {
        return new ThreadSet(threads);
    }

    /** What these threads weigh together. */
    public double weight(ThreadSet some) {
        double weight = 0;
        for (Map.Entry<Double, ThreadSet> alike : byWeight.entrySet()) {
            weight += alike.getKey() * alike.getValue().sizeInCommon(some);
        }
        return weight;
    }

    /** Those that wait, and nothing says that they will go on. */
    public ThreadSet stuck() {
        return stuck;
    }

    /** Those that wait where others were seen to get on. */
    public ThreadSet passing() {
        return passing;
    }

    /** The same threads by their stacks. */
    public StackGroups stacks() {
        return stacks;
    }

    /** Pools of two workers or more, and single workers, by name. */
    public List<Pool> pools() {
        return pools;
    }

    public Carriers carriers() {
        return carriers;
    }

    public WaitForGraph graph() {
        return graph;
    }

    public Connections connections() {
        return connections;
    }

    /** What recordings tell about the time before the dump; empty without any. */
    public Recorded recorded() {
        return recorded;
    }

    /** When the service stopped, if a recording shows it. */
    public Optional<Instant> onset() {
        return recorded.onset();
    }

    public boolean isSingleDump() {
        return evidence.hasDump() && evidence.others().isEmpty();
    }

    /** Whether this process may have threads that the dump does not show: virtual ones. */
    public boolean usesVirtualThreads() {
        return virtualThreads;
    }

    /** Whether virtual threads may wait that this dump does not show, though no sign of any is seen. */
    public boolean mayHideVirtualThreads() {
        return !virtualThreads
                && !shows(Visible.UNMOUNTED_VIRTUAL_THREADS)
                && VirtualThreads.mayBeUsed(threads, dump());
    }

    /** The weakest persistence among these threads; single if there are none. */
    public static Persistence weakest(Collection<ThreadFacts> threads) {
        Persistence weakest = null;
        for (ThreadFacts thread : threads) {
            Persistence mine = thread.persistence();
            if (weakest == null || mine.permanence() < weakest.permanence()) {
                weakest = mine;
            }
        }
        return weakest == null ? Persistence.SINGLE : weakest;
    }

    /** The strongest persistence among these threads; single if there are none. */
    public static Persistence strongest(Collection<ThreadFacts> threads) {
        Persistence strongest = Persistence.PROGRESS;
        boolean any = false;
        for (ThreadFacts thread : threads) {
            any = true;
            if (thread.persistence().permanence() > strongest.permanence()) {
                strongest = thread.persistence();
            }
        }
        return any ? strongest : Persistence.SINGLE;
    }
}
