package dev.whyhung.graph.time;

import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.graph.thread.ThreadSet;
import dev.whyhung.model.CallStack;
import dev.whyhung.model.DumpInfo;
import dev.whyhung.model.DumpTrace;
import dev.whyhung.model.Evidence;
import dev.whyhung.model.Frame;
import dev.whyhung.model.Sighting;
import dev.whyhung.model.ThreadId;
import dev.whyhung.model.ThreadSnapshot;
import dev.whyhung.model.Visible;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** The latest dump before the examined one that could show a thread: a text dump tells nothing about virtual threads. */
public final class Before {

    private final List<DumpTrace> earlier;

    public Before(Evidence evidence) {
        earlier = evidence.earlier();
    }

    static boolean couldShow(DumpInfo dump, ThreadSnapshot thread) {
        return !thread.isVirtual() || dump.shows(Visible.UNMOUNTED_VIRTUAL_THREADS);
    }

    /** Whether there is no earlier dump. */
    boolean isNothing() {
        return earlier.isEmpty();
    }

    public Optional<Sighting> of(ThreadSnapshot thread) {
        for (DumpTrace trace : earlier) {
            Sighting sighting = trace.of(thread.id());
            if (sighting != null || couldShow(trace.info(), thread)) {
                return Optional.ofNullable(sighting);
            }
        }
        return Optional.empty();
    }

    /** Whether it was not there yet, though it would have been shown. */
    public boolean isWithout(ThreadSnapshot thread) {
        return of(thread).isEmpty() && earlier.stream().anyMatch(trace -> couldShow(trace.info(), thread));
    }

    /** The same of the virtual thread with this id. */
    public boolean isWithoutVirtual(ThreadId id) {
        return lastWithVirtual().filter(trace -> trace.of(id) == null).isPresent();
    }

    /** Whether threads other than these, which are none of virtual ones, had no frames: they were ready to run and had no carrier. */
    public boolean hasQueued(Set<ThreadId> platform) {
        return lastWithVirtual().filter(trace -> hasQueued(trace, platform)).isPresent();
    }

    private static boolean hasQueued(DumpTrace trace, Set<ThreadId> platform) {
        return IntStream.range(0, trace.size())
                .filter(i -> trace.at(i).stack().isEmpty())
                .anyMatch(i -> !platform.contains(trace.idAt(i)));
    }

    private Optional<DumpTrace> lastWithVirtual() {
        return earlier.stream()
                .filter(trace -> trace.info().shows(Visible.UNMOUNTED_VIRTUAL_THREADS))
                .findFirst();
    }

    /**
     * Where virtual threads stood that have ended since: each has one task, and has got through it. Who waited with a limit may have
     * given up instead.
     */
    public Set<CallStack> leftByEnded(List<ThreadFacts> threads) {
        Set<CallStack> left = new HashSet<>();
        DumpTrace trace = lastWithVirtual().orElse(null);
        if (trace == null
                || threads.stream().noneMatch(thread -> thread.thread().isVirtual())) {
            return left;
        }
        for (int i = 0; i < trace.size(); i++) {
            CallStack stack = trace.at(i).stack();
            if (isVirtual(stack)
                    && !isLimited(stack)
                    && ThreadSet.find(threads, trace.idAt(i)).isEmpty()) {
                left.add(stack);
            }
        }
        return left;
    }

    private static boolean isVirtual(CallStack stack) {
        List<Frame> frames = stack.frames();
        return !frames.isEmpty()
                && frames.get(frames.size() - 1).qualifiedMethod().equals("java.lang.VirtualThread.run");
    }

    private static boolean isLimited(CallStack stack) {
        return stack.frames().stream()
                .limit(TOP_FRAMES)
                .anyMatch(frame -> LIMITED.matcher(frame.method()).matches());
    }

    private static final int TOP_FRAMES = 8;
    private static final Pattern LIMITED = Pattern.compile(".*Nanos|timed.*");
}
