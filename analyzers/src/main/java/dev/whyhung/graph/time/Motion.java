package dev.whyhung.graph.time;

import dev.whyhung.graph.thread.Persistence;
import dev.whyhung.model.CallStack;
import dev.whyhung.model.DumpTrace;
import dev.whyhung.model.Evidence;
import dev.whyhung.model.LockMention;
import dev.whyhung.model.Sighting;
import dev.whyhung.model.ThreadSnapshot;
import dev.whyhung.model.ThreadStatus;
import dev.whyhung.model.Visible;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Tells from the earlier dumps whether a thread has moved. It has not if it stands at the same top frames, waits for something of
 * the same class and has used no CPU. Where a format prints the identity hash code of what a thread waits for or holds, another code
 * is another object. The garbage collector moves objects; but where it has left several of them in their places, and no CPU times are
 * printed, a thread that waits for, or holds, an object at another address is not known to have been in one wait.
 */
public final class Motion {

    private static final Duration SHORTEST = Duration.ofSeconds(2);
    /** Ten seconds as people and scripts keep them. */
    private static final Duration SHORTEST_WITHOUT_CPU = Duration.ofSeconds(9);
    /** A thread that has served a request used more than this; one that waits for good uses nothing. */
    private static final long REST_NANOS = 1_000_000;
    /** No one looks around who is parked without a limit: not even this much was used by any that was stuck, on JDK 11 to 26. */
    private static final long PARKED_NANOS = 100_000;
    /** What it takes at least to wake, and to go to sleep again. */
    private static final long WAKING_NANOS = 50_000;
    /** A wait that ends by its own timeout and begins again costs a little each time. */
    private static final long POLL_NANOS = 5_000_000;
    /**
     * The share of a core that looking again takes. HotSpot before JDK 24 wakes one of those who wait for a monitor every second: .02 to .1
     * ms of CPU a time, measured on 17 and 21.
     */
    private static final double LOOKING_SHARE = 1e-4;

    /** Of a core: who looks around once a second takes less than a millisecond for it, who loads or computes takes more. */
    private static final double WORKING_SHARE = 1e-3;

    private static final long LONG_NANOS = 1_000_000_000;
    private static final int WITNESSES = 3;
    private static final double BUSY_SHARE = .2;
    private static final double BUSY_SHARE_OF_LIFE = .5;

    private final Evidence evidence;
    private final List<DumpTrace> earlier;
    private final Map<DumpTrace, Boolean> kept = new HashMap<>();

    public Motion(Evidence evidence) {
        this.evidence = evidence;
        this.earlier = evidence.earlier();
    }

    public Persistence of(ThreadSnapshot thread) {
        return of(thread, false);
    }

    /** The same of a thread that uses CPU by asking again and again for what it waits for: its frames must do. */
    public Persistence ofPolling(ThreadSnapshot thread) {
        return of(thread, true);
    }

    private Persistence of(ThreadSnapshot thread, boolean polls) {
        DumpTrace oldestSame = null;
        int times = 0;
        boolean withCpu = thread.cpuNanos() >= 0 && !polls;
        boolean cpuSeen = false;
        for (DumpTrace trace : earlier) {
            Sighting sighting = trace.of(thread.id());
            if (sighting == null) {
                if (Before.couldShow(trace.info(), thread)) {
                    break;
                }
                continue;
            }
            boolean rested = polls || usedNanos(thread, sighting) < restNanos(thread, trace);
            if (!rested || !standsThere(thread, sighting)) {
                boolean worked = !cpuSeen && standsThere(thread, sighting);
                if (times == 0 || worked) {
                    return Persistence.PROGRESS;
                }
                break;
            }
            if (times == 0 && hasGoneOn(thread, trace, sighting)) {
                return Persistence.PROGRESS;
            }
            if (wasWoken(thread, sighting) || (!withCpu && isElsewhere(thread, sighting) && keptAddresses(trace))) {
                break;
            }
            times++;
            cpuSeen |= sighting.cpuNanos() >= 0;
            oldestSame = trace;
            withCpu &= sighting.cpuNanos() >= 0;
        }
        return oldestSame == null || (!withCpu && mayHaveComeBack(thread))
                ? Persistence.SINGLE
                : over(oldestSame, times, withCpu);
    }

    /** Whether it stands where it stood in the dump before, but has run since, or with other objects, as far as addresses tell. */
    public boolean isAnew(ThreadSnapshot thread) {
        Optional<DumpTrace> last = lastWith(thread);
        if (last.isEmpty()) {
            return false;
        }
        Sighting before = Objects.requireNonNull(last.get().of(thread.id()));
        boolean anew = thread.cpuNanos() >= 0
                ? wasWoken(thread, before)
                : isElsewhere(thread, before) && keptAddresses(last.get());
        return anew && standsThere(thread, before);
    }

    /** The time since the last dump before that shows it. */
    public Optional<Duration> sinceSeen(ThreadSnapshot thread) {
        return lastWith(thread)
                .flatMap(trace -> trace.info().until(evidence.focus().info()));
    }

    private Optional<DumpTrace> lastWith(ThreadSnapshot thread) {
        return earlier.stream().filter(trace -> trace.of(thread.id()) != null).findFirst();
    }

    /** Whether the next dump that shows it has it elsewhere, or it has worked by then. */
    boolean goesOn(ThreadSnapshot thread) {
        for (DumpTrace trace : evidence.later()) {
            Sighting after = trace.of(thread.id());
            if (after != null) {
                return -usedNanos(thread, after) >= restNanos(thread, trace) || !standsThere(thread, after);
            }
        }
        return false;
    }

    /**
     * Frames alone, without states, CPU times or anything of which to know one wait from the next: a worker that spends its days in one
     * call is always found there. Virtual threads are made for a task each, unless a pool keeps them.
     */
    private boolean mayHaveComeBack(ThreadSnapshot thread) {
        return (!thread.isVirtual() || isKept(thread))
                && !evidence.focus().info().shows(Visible.THREAD_STATES)
                && thread.locks().isEmpty()
                && !thread.stack().runsClassInitializer();
    }

    private static boolean isKept(ThreadSnapshot worker) {
        return worker.stack().frames().stream()
                .anyMatch(frame -> frame.qualifiedMethod().equals("java.util.concurrent.ThreadPoolExecutor.runWorker"));
    }

    private Persistence over(DumpTrace oldest, int same, boolean withCpu) {
        Optional<Duration> span = oldest.info().until(evidence.focus().info());
        if (span.isPresent() && span.get().compareTo(withCpu ? SHORTEST : SHORTEST_WITHOUT_CPU) >= 0) {
            return Persistence.measured(span.get());
        }
        boolean copies = span.isPresent() && span.get().isZero();
        return !withCpu && same >= 2 && !copies ? Persistence.measured(span.orElse(Duration.ZERO)) : Persistence.SINGLE;
    }

    private static boolean standsThere(ThreadSnapshot thread, Sighting sighting) {
        return thread.stack().isSamePlace(sighting.stack())
                && isSameBlocker(thread.blockerClass(), sighting.blockerClass())
                && isSameObject(thread.blockerHash(), sighting.blockerHash())
                && holdsSame(thread, sighting);
    }

    /** Whether no frame holds another monitor than before. That only one dump shows it says nothing: compilers elide monitors. */
    private static boolean holdsSame(ThreadSnapshot thread, Sighting sighting) {
        return !holdsOthers(thread, thread.lastingMonitors(), sighting);
    }

    private static boolean holdsOthers(ThreadSnapshot thread, List<LockMention> monitors, Sighting sighting) {
        int comparable = thread.stack() == sighting.stack() ? Integer.MAX_VALUE : CallStack.TOP_FRAMES;
        return monitors.stream()
                .filter(mine -> mine.depth() < comparable)
                .anyMatch(mine -> isAnother(mine, sighting.monitors()));
    }

    private static boolean isAnother(LockMention mine, List<LockMention> theirs) {
        List<LockMention> there = theirs.stream()
                .filter(other -> other.depth() == mine.depth()
                        && other.lock().space() == mine.lock().space()
                        && other.lock().className().equals(mine.lock().className()))
                .toList();
        return !there.isEmpty() && !there.contains(mine);
    }

    private static boolean isElsewhere(ThreadSnapshot thread, Sighting sighting) {
        long now = thread.blockerAddress();
        boolean blockerMoved = now != 0 && sighting.blockerAddress() != 0 && now != sighting.blockerAddress();
        return blockerMoved || holdsOthers(thread, thread.comparableMonitors(), sighting);
    }

    /** Whether several objects which threads wait for, or hold, still lie where they did in that dump. */
    private boolean keptAddresses(DumpTrace trace) {
        return kept.computeIfAbsent(
                trace,
                dump -> evidence.focus().threads().stream()
                                .flatMapToLong(thread -> keptAddresses(thread, dump.of(thread.id())))
                                .distinct()
                                .limit(WITNESSES)
                                .count()
                        == WITNESSES);
    }

    private static LongStream keptAddresses(ThreadSnapshot thread, @Nullable Sighting before) {
        if (before == null) {
            return LongStream.empty();
        }
        LongStream blocker = LongStream.of(thread.blockerAddress())
                .filter(address -> address != 0 && address == before.blockerAddress());
        return LongStream.concat(
                blocker,
                before.monitors().stream()
                        .filter(thread.comparableMonitors()::contains)
                        .mapToLong(mention -> mention.lock().address()));
    }

    private static boolean isSameObject(int one, int other) {
        return one == 0 || other == 0 || one == other;
    }

    /** What a thread may have used since and still have waited all the time. */
    private double restNanos(ThreadSnapshot thread, DumpTrace before) {
        return switch (thread.status()) {
            case PARKED_TIMED, IN_OBJECT_WAIT_TIMED -> POLL_NANOS + LOOKING_SHARE * spanNanos(before);
            case BLOCKED_ON_MONITOR_ENTER -> REST_NANOS + LOOKING_SHARE * spanNanos(before);
            case PARKED -> PARKED_NANOS;
            default -> REST_NANOS;
        };
    }

    /** Whether it waits without a limit, and has run since, for a moment: to look, and to wait again; or for the next thing. */
    private static boolean wasWoken(ThreadSnapshot thread, Sighting before) {
        boolean endless = thread.status() == ThreadStatus.PARKED || thread.status() == ThreadStatus.IN_OBJECT_WAIT;
        return endless && usedNanos(thread, before) >= WAKING_NANOS;
    }

    /**
     * Whether it is parked for something else than before, at the same place. To wake once may take less than .02 ms; who does not wake
     * uses no CPU at all, on JDK 11 to 26, however often the collector moves what it waits for.
     */
    private boolean hasGoneOn(ThreadSnapshot thread, DumpTrace trace, Sighting before) {
        return thread.status() == ThreadStatus.PARKED
                && usedNanos(thread, before) > 0
                && isElsewhere(thread, before)
                && keptAddresses(trace);
    }

    /** Some formats do not tell what a thread waits for; the frames must do there. */
    private static boolean isSameBlocker(String one, String other) {
        return one.isEmpty() || other.isEmpty() || one.equals(other);
    }

    /** Whether it burns CPU, whatever its stack says: a select loop that returns at once is not idle. */
    public boolean isBusy(ThreadSnapshot thread) {
        if (thread.cpuNanos() < 0) {
            return false;
        }
        for (DumpTrace trace : earlier) {
            Sighting before = trace.of(thread.id());
            if (before != null && before.cpuNanos() >= 0 && spanNanos(trace) > 0) {
                return usedNanos(thread, before) >= BUSY_SHARE * spanNanos(trace);
            }
        }
        return thread.cpuNanos() >= LONG_NANOS
                && thread.elapsedNanos() > 0
                && thread.cpuNanos() >= BUSY_SHARE_OF_LIFE * thread.elapsedNanos();
    }

    /** It sleeps, and has done more since the dump before than a ticker does, or was elsewhere then. */
    public boolean worksBetweenSleeps(ThreadSnapshot thread) {
        Optional<DumpTrace> last = lastWith(thread);
        if (last.isEmpty() || of(thread).kind() != Persistence.Kind.PROGRESS) {
            return false;
        }
        Sighting before = Objects.requireNonNull(last.get().of(thread.id()));
        return !standsThere(thread, before) || usedNanos(thread, before) >= WORKING_SHARE * spanNanos(last.get());
    }

    private static long usedNanos(ThreadSnapshot thread, Sighting before) {
        return thread.cpuNanos() < 0 || before.cpuNanos() < 0 ? 0 : thread.cpuNanos() - before.cpuNanos();
    }

    private double spanNanos(DumpTrace trace) {
        return trace.info()
                .until(evidence.focus().info())
                .map(Duration::toNanos)
                .orElse(0L);
    }
}
