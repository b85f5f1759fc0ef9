package dev.whyhung.graph.thread;

import dev.whyhung.knowledge.Role;
import dev.whyhung.knowledge.StackReading;
import dev.whyhung.model.Frame;
import dev.whyhung.model.ThreadId;
import dev.whyhung.model.ThreadRef;
import dev.whyhung.model.ThreadSnapshot;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A thread of the examined dump with everything that is derived from it once, and marked while that goes on; rules only read it. */
public final class ThreadFacts {

    /** The place of a thread without frames, as of a virtual thread that has not begun. */
    public static final String NOWHERE = "no Java frames";

    private static final double ONLY_SCHEDULER = 5;
    private static final double MUCH = .05;
    private static final double SOME = .005;
    private static final long SOME_NANOS = 20_000_000;
    /** What a thread takes to start, and to come to wait. */
    private static final long START = 2_000_000;

    private static final long SOME_AGE = 10_000_000_000L;

    private final int index;
    private final int first;
    private final ThreadSnapshot thread;
    private final Traits traits;
    private Persistence persistence;
    private @Nullable Pool pool;
    private boolean passing;
    private boolean overdue;
    private boolean busySleeper;
    private @Nullable Failure failure;
    private boolean passive;
    private boolean stuck;

    public ThreadFacts(int index, ThreadSnapshot thread, Traits traits, Persistence persistence) {
        this(index, index, thread, traits, persistence);
    }

    /** Of a thread that nothing but its id and the number in its name tell from one before. */
    public ThreadFacts(int index, ThreadSnapshot thread, ThreadFacts twin) {
        this(index, twin.first, thread, twin.traits, twin.persistence);
    }

    private ThreadFacts(int index, int first, ThreadSnapshot thread, Traits traits, Persistence persistence) {
        this.index = index;
        this.first = first;
        this.thread = thread;
        this.traits = traits;
        this.persistence = persistence;
    }

    public Traits traits() {
        return traits;
    }

    public int index() {
        return index;
    }

    /** The index of the first thread that is told from it by nothing but its id and the number in its name; its own if there is none. */
    public int first() {
        return first;
    }

    public ThreadSnapshot thread() {
        return thread;
    }

    public ThreadId id() {
        return thread.id();
    }

    public String name() {
        return thread.name();
    }

    /** Its name without the number: the same object for all threads that share it. */
    public String stem() {
        return traits.stem();
    }

    public StackReading reading() {
        return traits.reading();
    }

    public Role role() {
        return traits.role();
    }

    public boolean isJvm() {
        return role().is("JVM");
    }

    /** The idle signature that it matches: it waits for work, as it should. */
    public Optional<String> idle() {
        return Optional.ofNullable(traits.idle());
    }

    public boolean isIdle() {
        return traits.idle() != null;
    }

    /** At rest though no idle worker: a consumer, a ticker, a keep-alive. */
    public boolean isPassive() {
        return passive;
    }

    /** Waits for something, and nothing says that it will go on. */
    public boolean isStuck() {
        return stuck;
    }

    public Wait waitsFor() {
        return traits.waitsFor();
    }

    /** Parks on the result of a submitted task; up to JDK 6 that is what waits inside it. */
    public boolean awaitsSubmittedTask() {
        String blocker = thread.blockerClass();
        return blocker.equals("java.util.concurrent.FutureTask")
                || blocker.equals("java.util.concurrent.FutureTask$Sync");
    }

    /** The resource to which an edge leads from it in the wait-for graph; none if it is idle or of the JVM. */
    public Optional<Resource> blockedOn() {
        return isIdle() || isJvm() ? Optional.empty() : traits.waitsFor().resource();
    }

    public Persistence persistence() {
        return persistence;
    }

    /** It has burnt CPU at one place for a while. */
    public Optional<Spin> spin() {
        return Optional.ofNullable(traits.spin());
    }

    /** It could run, waits for nothing that a program can wait for, and has got no CPU for a while. */
    public boolean isFrozen() {
        return traits.frozen();
    }

    public Optional<Pool> pool() {
        return Optional.ofNullable(pool);
    }

    /** Whether it has used a good part of a processor all its life: it cannot have been stuck for most of it. */
    public boolean hasWorkedMuch() {
        return thread.elapsedNanos() > 0 && thread.cpuNanos() >= MUCH * thread.elapsedNanos();
    }

    /** Whether it has used some CPU in every second of its life, as a worker of a busy service does and one that is stuck does not. */
    public boolean hasWorked() {
        return thread.cpuNanos() >= SOME_NANOS && thread.cpuNanos() >= SOME * thread.elapsedNanos();
    }

    /** Whether it is of some age, and has used no more CPU than it takes to come to wait. */
    public boolean hasNeverWorked() {
        return thread.elapsedNanos() >= SOME_AGE && thread.cpuNanos() >= 0 && thread.cpuNanos() < START;
    }

    /** What it counts: the weight of its role if it is stuck, since a blocked loop stops many; else 1 at most. */
    public double weight() {
        double full = isOnlyScheduler() ? ONLY_SCHEDULER : role().weight();
        return stuck ? full : Math.min(1, full);
    }

    private boolean isOnlyScheduler() {
        return role().is("SCHEDULER")
                && reading().appFrame().isPresent()
                && pool != null
                && pool.workers().size() == 1;
    }

    /** Where it stands: the first application frame, else the first frame below the plumbing of waits. */
    public Optional<Frame> where() {
        return reading().appFrame().or(() -> reading().bare().stream().findFirst());
    }

    /** The same as text; {@link #NOWHERE} if it has no frames. */
    public String whereText() {
        return where().map(Frame::text).orElse(NOWHERE);
    }

    /** What was seen before tells nothing about this wait: it came here since, or this is a wait of many. */
    public void markArrived() {
        persistence = Persistence.SINGLE;
    }

    /** Others have got on from where it waits since the dump before, and nothing tells its wait from theirs. */
    public void markPassing() {
        passing = true;
        if (persistence.isMeasured()) {
            markArrived();
        }
    }

    /** Whether the call in which it is seen is one that others were seen to return from. */
    public boolean isPassing() {
        return passing || persistence.kind() == Persistence.Kind.PROGRESS;
    }

    /** This wait lasts for far longer than those here, or the tasks of this thread, used to last, as a recording tells. */
    public boolean isOverdue() {
        return overdue;
    }

    /** Whether it answers requests from outside, itself or as the loop that hands them on. */
    public boolean serves() {
        return role().is("REQUEST") || role().is("EVENT_LOOP");
    }

    /** It sleeps, and has worked since the dump before: its sleeps are pauses between pieces of work. */
    public boolean isBusySleeper() {
        return busySleeper;
    }

    /** The failure after which nobody signalled it any more, though it used to be signalled often, as a recording tells. */
    public Optional<Failure> forsakenBy() {
        return Optional.ofNullable(failure);
    }

    public ThreadRef ref() {
        return new ThreadRef(thread.id(), thread.name(), thread.isVirtual());
    }

    public void markWorkerOf(Pool value) {
        pool = value;
    }

    public void markForsaken(Failure by) {
        failure = by;
    }

    public void markBusySleeper() {
        busySleeper = true;
    }

    public void markOverdue() {
        overdue = true;
    }

    public void judge(boolean isPassive, boolean isStuck) {
        passive = isPassive;
        stuck = isStuck;
    }

    @Override
    public String toString() {
        return '"' + thread.name() + "\" #" + thread.id().text();
    }
}
