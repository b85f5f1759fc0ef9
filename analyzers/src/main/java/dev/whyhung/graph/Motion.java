package dev.whyhung.graph;

import dev.whyhung.model.DumpTrace;
import dev.whyhung.model.Evidence;
import dev.whyhung.model.Sighting;
import dev.whyhung.model.ThreadSnapshot;
import dev.whyhung.model.ThreadStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells from the earlier dumps whether a thread has moved. It has not if it stands at the same top frames, waits for something of
 * the same class and has used no CPU. Addresses are no help: the garbage collector moves objects.
 */
final class Motion {

    private static final int TOP_FRAMES = 8;
    private static final Duration SHORTEST = Duration.ofSeconds(2);
    private static final Duration SHORTEST_WITHOUT_CPU = Duration.ofSeconds(10);
    /** A thread that has served a request used more than this; one that waits for good uses nothing. */
    private static final long REST_NANOS = 1_000_000;
    /** A wait that ends by its own timeout and begins again costs a little each time. */
    private static final long POLL_NANOS = 5_000_000;

    private static final long LONG_NANOS = 1_000_000_000;
    private static final double BUSY_SHARE = .2;
    private static final double BUSY_SHARE_OF_LIFE = .5;

    private final Evidence evidence;
    private final List<DumpTrace> earlier;

    Motion(Evidence evidence) {
        this.evidence = evidence;
        this.earlier = evidence.earlier();
    }

    Persistence of(ThreadSnapshot thread) {
        DumpTrace oldestSame = null;
        int same = 0;
        for (DumpTrace trace : earlier) {
            Sighting sighting = trace.of(thread.id());
            if (sighting == null) {
                break;
            }
            if (!isSame(thread, sighting)) {
                if (same == 0) {
                    return Persistence.PROGRESS;
                }
                break;
            }
            same++;
            oldestSame = trace;
        }
        return oldestSame == null ? Persistence.SINGLE : over(oldestSame, same, thread);
    }

    private Persistence over(DumpTrace oldest, int same, ThreadSnapshot thread) {
        Optional<Duration> span = oldest.info().until(evidence.focus().info());
        boolean withCpu = thread.cpuNanos() >= 0;
        if (span.isPresent() && span.get().compareTo(withCpu ? SHORTEST : SHORTEST_WITHOUT_CPU) >= 0) {
            return Persistence.measured(span.get());
        }
        boolean copies = span.isPresent() && span.get().isZero();
        return !withCpu && same >= 2 && !copies ? Persistence.measured(span.orElse(Duration.ZERO)) : Persistence.SINGLE;
    }

    private static boolean isSame(ThreadSnapshot thread, Sighting sighting) {
        return thread.stack().sameTop(sighting.stack(), TOP_FRAMES)
                && thread.blockerClass().equals(sighting.blockerClass())
                && usedNanos(thread, sighting) < (isPolling(thread) ? POLL_NANOS : REST_NANOS);
    }

    private static boolean isPolling(ThreadSnapshot thread) {
        return thread.status() == ThreadStatus.PARKED_TIMED || thread.status() == ThreadStatus.IN_OBJECT_WAIT_TIMED;
    }

    /** Whether it burns CPU, whatever its stack says: a select loop that returns at once is not idle. */
    boolean isBusy(ThreadSnapshot thread) {
        if (thread.cpuNanos() < 0) {
            return false;
        }
        DumpTrace latest = earlier.isEmpty() ? null : earlier.get(0);
        @Nullable Sighting before = latest == null ? null : latest.of(thread.id());
        if (latest != null && before != null && before.cpuNanos() >= 0 && spanNanos(latest) > 0) {
            return usedNanos(thread, before) >= BUSY_SHARE * spanNanos(latest);
        }
        return thread.cpuNanos() >= LONG_NANOS
                && thread.elapsedNanos() > 0
                && thread.cpuNanos() >= BUSY_SHARE_OF_LIFE * thread.elapsedNanos();
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
