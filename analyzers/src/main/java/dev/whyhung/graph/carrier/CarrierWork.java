package dev.whyhung.graph.carrier;

import dev.whyhung.graph.thread.StackGroups;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.graph.thread.Wait;
import dev.whyhung.graph.time.Before;
import dev.whyhung.graph.time.DumpClock;
import dev.whyhung.graph.time.Silence;
import dev.whyhung.model.Evidence;
import dev.whyhung.model.Sighting;
import dev.whyhung.model.ThreadSnapshot;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * What the carriers have done since the dump before. Whoever waits costs them nothing; if they have worked, and no virtual thread is
 * seen that moved, came, went or sleeps between pieces of work, then some of those have moved that stand where they stood: before JDK
 * 22, dumps tell no thing by which to know one wait from the next.
 */
public final class CarrierWork {

    /** Some dozens of threads that go on use more; helpers of the JVM use less. */
    private static final long WORK_NANOS = 5_000_000;

    /** Of a carrier that found work again, as a recording tells. */
    private static final int WAKINGS = 3;

    private final Evidence evidence;
    private final Before before;
    private final DumpClock clock;
    private final Silence silence;

    public CarrierWork(Evidence evidence, Before before, DumpClock clock, Silence silence) {
        this.evidence = evidence;
        this.before = before;
        this.clock = clock;
        this.silence = silence;
    }

    /** Takes those who wait for others outside, and may be the ones, for threads whose wait was seen once. */
    public void judge(List<ThreadFacts> threads, StackGroups stacks) {
        Set<ThreadFacts> suspects = stacks.those(CarrierWork::mayHaveComeBack);
        if (!suspects.isEmpty() && haveWorked(threads) && isUnexplained(threads)) {
            suspects.forEach(ThreadFacts::markPassing);
        }
    }

    private static boolean mayHaveComeBack(ThreadFacts facts) {
        ThreadSnapshot thread = facts.thread();
        return thread.isVirtual()
                && thread.cpuNanos() < 0
                && thread.locks().isEmpty()
                && facts.persistence().isMeasured()
                && facts.waitsFor().isExternal();
    }

    private boolean haveWorked(List<ThreadFacts> threads) {
        List<ThreadSnapshot> carriers = threads.stream()
                .map(ThreadFacts::thread)
                .filter(thread -> !thread.isVirtual() && VirtualThreads.isOfFirstPool(thread.name()))
                .toList();
        return carriers.stream().mapToLong(this::usedNanos).sum() >= WORK_NANOS
                || carriers.stream().mapToLong(this::wakings).sum() >= WAKINGS;
    }

    private long wakings(ThreadSnapshot carrier) {
        Instant since = evidence.earlier().stream()
                .findFirst()
                .flatMap(trace -> clock.of(trace.info()))
                .orElse(Instant.MAX);
        return silence.fruitful(carrier.id()).stream()
                .filter(wait -> wait.end().isAfter(since))
                .count();
    }

    private long usedNanos(ThreadSnapshot carrier) {
        return before.of(carrier)
                .map(Sighting::cpuNanos)
                .filter(used -> used >= 0 && carrier.cpuNanos() > used)
                .map(used -> carrier.cpuNanos() - used)
                .orElse(0L);
    }

    private boolean isUnexplained(List<ThreadFacts> threads) {
        return before.leftByEnded(threads).isEmpty()
                && threads.stream()
                        .filter(thread -> thread.thread().isVirtual())
                        .allMatch(thread -> thread.persistence().isMeasured()
                                && !thread.thread().status().isTimed()
                                && thread.waitsFor().kind() != Wait.Kind.SLEEP);
    }
}
