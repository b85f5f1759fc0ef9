package dev.whyhung.graph.judgement;

import dev.whyhung.graph.thread.Persistence;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.graph.thread.Wait;
import dev.whyhung.graph.time.Silence;
import dev.whyhung.graph.waitfor.WaitForGraph;
import dev.whyhung.model.CallStack;
import dev.whyhung.model.DumpTrace;
import dev.whyhung.model.Evidence;
import dev.whyhung.model.Frame;
import dev.whyhung.model.Sighting;
import dev.whyhung.model.ThreadId;
import dev.whyhung.model.ThreadStatus;
import dev.whyhung.model.Visible;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Threads that have come to their wait since the dump before. That they moved tells of the work that they did before, and nothing of
 * this wait, which was seen once. Where they waited for the like before, or others stood in this place and have got on, they pass.
 */
public final class Arrival {

    private final List<DumpTrace> earlier;
    private final Silence silence;
    private final WaitForGraph graph;

    public Arrival(Evidence evidence, Silence silence, WaitForGraph graph) {
        earlier = evidence.earlier();
        this.silence = silence;
        this.graph = graph;
    }

    /** Where states are not printed, work and waits look alike, before and now. */
    public void judge(List<ThreadFacts> threads) {
        if (earlier.isEmpty() || !earlier.get(0).info().shows(Visible.THREAD_STATES)) {
            return;
        }
        List<ThreadFacts> came = threads.stream().filter(this::cameHere).toList();
        if (!came.isEmpty()) {
            Map<ThreadStatus, Set<Frame>> passed = passed(threads);
            came.stream().filter(thread -> !isAmong(passed, thread)).forEach(ThreadFacts::markArrived);
        }
    }

    private boolean cameHere(ThreadFacts thread) {
        Sighting before = earlier.get(0).of(thread.id());
        return before != null
                && thread.persistence().kind() == Persistence.Kind.PROGRESS
                && thread.waitsFor().kind() != Wait.Kind.NONE
                && !thread.isIdle()
                && !isLike(before, thread)
                && thread.where().filter(place -> !waitedAt(place, before)).isPresent()
                && (!isOutside(thread) || keepsOthersWaiting(thread))
                && silence.of(thread.thread()).kind() != Persistence.Kind.PROGRESS;
    }

    /** Whether it waited for the like before: requests go from one call to the next. */
    private static boolean isLike(Sighting before, ThreadFacts thread) {
        String blocker = thread.thread().blockerClass();
        boolean sameBlocker = before.blockerClass().equals(blocker);
        return sameBlocker
                && (!blocker.isEmpty() || before.stack().sameTop(thread.thread().stack(), 1));
    }

    private static boolean waitedAt(Frame place, Sighting before) {
        return before.status() != ThreadStatus.RUNNABLE
                && before.stack().frames().contains(place);
    }

    /** Calls to others end all day long; a single one tells nothing, unless somebody waits for the caller. */
    private static boolean isOutside(ThreadFacts thread) {
        return thread.waitsFor().isExternal();
    }

    private boolean keepsOthersWaiting(ThreadFacts thread) {
        return graph.heldBy(thread).stream()
                .anyMatch(resource -> !graph.waiters(resource).isEmpty());
    }

    private static boolean isAmong(Map<ThreadStatus, Set<Frame>> passed, ThreadFacts thread) {
        Set<Frame> frames = passed.getOrDefault(thread.thread().status(), Set.of());
        return thread.where().filter(frames::contains).isPresent();
    }

    /** The frames of those who have moved on since the dump before, or ended, by the state in which they stood there. */
    private Map<ThreadStatus, Set<Frame>> passed(List<ThreadFacts> threads) {
        Map<ThreadStatus, Set<CallStack>> left = new EnumMap<>(ThreadStatus.class);
        Set<ThreadId> there = new HashSet<>();
        threads.stream()
                .filter(thread -> thread.persistence().kind() != Persistence.Kind.PROGRESS)
                .forEach(thread -> there.add(thread.id()));
        DumpTrace before = earlier.get(0);
        for (int i = 0; i < before.size(); i++) {
            if (!there.contains(before.idAt(i))) {
                Sighting sighting = before.at(i);
                left.computeIfAbsent(sighting.status(), status -> new HashSet<>())
                        .add(sighting.stack());
            }
        }
        Map<ThreadStatus, Set<Frame>> frames = new EnumMap<>(ThreadStatus.class);
        left.forEach((status, stacks) -> {
            Set<Frame> all = frames.computeIfAbsent(status, key -> new HashSet<>());
            stacks.forEach(stack -> all.addAll(stack.frames()));
        });
        return frames;
    }
}
