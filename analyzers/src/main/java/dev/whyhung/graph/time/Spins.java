package dev.whyhung.graph.time;

import dev.whyhung.graph.thread.Spin;
import dev.whyhung.knowledge.Knowledge;
import dev.whyhung.model.CallStack;
import dev.whyhung.model.DumpInfo;
import dev.whyhung.model.DumpTrace;
import dev.whyhung.model.Evidence;
import dev.whyhung.model.Frame;
import dev.whyhung.model.Sighting;
import dev.whyhung.model.ThreadId;
import dev.whyhung.model.ThreadSnapshot;
import dev.whyhung.model.ThreadStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the threads that burn CPU at one place. The place is the first application frame with all that is below it; what it calls may
 * change. A busy machine gives a spinning thread little, so a small share of a core is enough if no other thread gets much more.
 */
public final class Spins {

    private static final double LEAST_SHARE = .05;
    private static final double OF_BUSIEST = .5;
    private static final int SEVERAL = 3;
    /** Dumps that were meant to be five and ten seconds apart. */
    private static final Duration SEVERAL_SPAN = Duration.ofSeconds(4);

    private static final Duration PAIR_SPAN = Duration.ofMillis(9_500);

    /** A loop that waits by sleeping for moments is seen asleep at times. */
    private static final Set<ThreadStatus> RUNS =
            EnumSet.of(ThreadStatus.RUNNABLE, ThreadStatus.PARKED_TIMED, ThreadStatus.SLEEPING);

    private final Evidence evidence;
    private final Silence silence;
    private final Sampled sampled;
    private final Knowledge knowledge;
    private final Map<CallStack, Spin.Kind> kinds = new HashMap<>();
    private final Map<String, List<ThreadId>> running = new HashMap<>();
    private final double leastShare;

    public Spins(Evidence evidence, Silence silence, Sampled sampled, Knowledge knowledge) {
        this.evidence = evidence;
        this.silence = silence;
        this.sampled = sampled;
        this.knowledge = knowledge;
        double most =
                evidence.earlier().isEmpty() ? 0 : busiest(evidence.earlier().get(0));
        leastShare = Math.max(LEAST_SHARE, OF_BUSIEST * most);
    }

    private double busiest(DumpTrace before) {
        double most = 0;
        for (ThreadSnapshot thread : evidence.focus().threads()) {
            if (!thread.stack().isEmpty()) {
                most = Math.max(
                        most,
                        share(before, before.of(thread.id()), evidence.focus().info(), thread.cpuNanos()));
            }
        }
        return most;
    }

    public Optional<Spin> of(ThreadSnapshot thread) {
        return inDumps(thread).or(() -> recorded(thread));
    }

    /**
     * A recording that goes on up to the dump shows when it last waited, and samples where it has been. What it used is known for all of
     * its life; where others take the processors that is little, and yet it may be nearly all that ran.
     */
    private Optional<Spin> recorded(ThreadSnapshot thread) {
        Instant since = silence.lastWait(thread).orElse(null);
        if (since == null
                || thread.status() != ThreadStatus.RUNNABLE
                || thread.cpuNanos() < 0
                || thread.elapsedNanos() <= 0
                || !isSampledHere(thread)) {
            return Optional.empty();
        }
        Duration span = Duration.between(since, silence.until());
        double share = Math.min(1, (double) thread.cpuNanos() / thread.elapsedNanos());
        boolean much = share >= LEAST_RECORDED
                || sampled.isMostlyOf(List.of(thread.id()), since, silence.until())
                || sampled.isMostlyOf(runningWith(thread), since, silence.until());
        return span.compareTo(PAIR_SPAN) >= 0 && much
                ? Optional.of(new Spin(span, 1, share, kind(thread.stack())))
                : Optional.empty();
    }

    private static final double LEAST_RECORDED = .1;

    /** Those that run in the same method of the application. */
    private List<ThreadId> runningWith(ThreadSnapshot thread) {
        if (running.isEmpty()) {
            evidence.focus().threads().stream()
                    .filter(each -> each.status() == ThreadStatus.RUNNABLE)
                    .forEach(each -> running.computeIfAbsent(appMethod(each.stack()), method -> new ArrayList<>())
                            .add(each.id()));
        }
        return running.getOrDefault(appMethod(thread.stack()), List.of());
    }

    private String appMethod(CallStack stack) {
        int app = appIndex(stack);
        return app == stack.depth() ? "" : stack.frames().get(app).qualifiedMethod();
    }

    private boolean isSampledHere(ThreadSnapshot thread) {
        int app = appIndex(thread.stack());
        return app < thread.stack().depth()
                && silence.sample(thread).stream()
                        .flatMap(sample -> sample.frames().stream())
                        .anyMatch(frame -> frame.qualifiedMethod()
                                .equals(thread.stack().frames().get(app).qualifiedMethod()));
    }

    private Optional<Spin> inDumps(ThreadSnapshot thread) {
        if (evidence.earlier().isEmpty()) {
            return Optional.empty();
        }
        Spin spin = new Spin(Duration.ZERO, 1, 1, kind(thread.stack()));
        DumpInfo later = evidence.focus().info();
        long cpu = thread.cpuNanos();
        for (DumpTrace trace : evidence.earlier()) {
            Sighting before = trace.of(thread.id());
            double share = isUnknownCircle(thread, before, cpu) ? leastShare : share(trace, before, later, cpu);
            if (before == null || share < leastShare || !isSame(thread, before)) {
                break;
            }
            Duration span = trace.info().until(evidence.focus().info()).orElse(Duration.ZERO);
            Spin.Kind kind = spin.kind() == kind(before.stack()) ? spin.kind() : Spin.Kind.OTHER;
            spin = new Spin(span, spin.dumps() + 1, Math.min(spin.share(), share), kind);
            later = trace.info();
            cpu = before.cpuNanos();
        }
        return isLong(spin) ? Optional.of(spin) : Optional.empty();
    }

    /** Without CPU figures, code that is known to run in circles is taken to do so if it is there in every dump. */
    private boolean isUnknownCircle(ThreadSnapshot thread, @Nullable Sighting before, long cpuNanos) {
        return before != null
                && (before.cpuNanos() < 0 || cpuNanos < 0)
                && thread.status() == ThreadStatus.RUNNABLE
                && kind(thread.stack()) == Spin.Kind.ENDLESS
                && kind(before.stack()) == Spin.Kind.ENDLESS;
    }

    /** At the same place, and not behind a lock or in another wait for something. */
    private boolean isSame(ThreadSnapshot thread, Sighting before) {
        return RUNS.contains(thread.status())
                && RUNS.contains(before.status())
                && thread.blockerClass().isEmpty()
                && before.blockerClass().isEmpty()
                && place(thread.stack()).equals(place(before.stack()));
    }

    private static boolean isLong(Spin spin) {
        return spin.span().compareTo(spin.dumps() >= SEVERAL ? SEVERAL_SPAN : PAIR_SPAN) >= 0;
    }

    /** What it used of one core from a sighting to a later dump; 0 if that is not known. */
    private static double share(DumpTrace trace, @Nullable Sighting before, DumpInfo later, long cpuNanos) {
        if (before == null || before.cpuNanos() < 0 || cpuNanos < 0) {
            return 0;
        }
        long span = trace.info().until(later).map(Duration::toNanos).orElse(0L);
        return span <= 0 ? 0 : (double) (cpuNanos - before.cpuNanos()) / span;
    }

    private Spin.Kind kind(CallStack stack) {
        return kinds.computeIfAbsent(stack, this::kindAbove);
    }

    /** What the frames above the application's own do. */
    private Spin.Kind kindAbove(CallStack stack) {
        List<Frame> above = stack.frames().subList(0, appIndex(stack));
        if (above.stream().anyMatch(frame -> knowledge.isAmong("endless", frame))) {
            return Spin.Kind.ENDLESS;
        }
        boolean waits = above.stream().anyMatch(frame -> knowledge.isAmong("busy-wait", frame));
        return waits ? Spin.Kind.WAITING : Spin.Kind.OTHER;
    }

    private List<String> place(CallStack stack) {
        int app = appIndex(stack);
        return stack.frames().subList(app == stack.depth() ? 0 : app, stack.depth()).stream()
                .map(Frame::qualifiedMethod)
                .toList();
    }

    /** Index of the first application frame, or the depth of the stack. */
    private int appIndex(CallStack stack) {
        int from = 0;
        while (from < stack.depth()
                && !knowledge.isApplication(stack.frames().get(from).className())) {
            from++;
        }
        return from;
    }
}
