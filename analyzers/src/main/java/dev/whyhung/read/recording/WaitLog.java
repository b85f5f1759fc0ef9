package dev.whyhung.read.recording;

import dev.whyhung.model.CallStack;
import dev.whyhung.model.PastWait;
import dev.whyhung.model.Recording;
import dev.whyhung.model.Recording.Activity;
import dev.whyhung.model.Recording.WaitTotal;
import dev.whyhung.model.ThreadId;
import dev.whyhung.model.ThreadRef;
import dev.whyhung.read.recording.ChunkPart.Weight;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;

/** Waits that ended, summed up by place and by thread: memory grows with distinct stacks and threads, not with events. */
public final class WaitLog {

    private static final int MOST_THREADS = 20_000;
    public static final int LATEST = Recording.WAITS_OF_A_THREAD;

    private record Place(PastWait.Kind kind, String subject, CallStack stack) {}

    private static final class Total {
        private long count;
        private long nanos;
        private long longest;
        private Instant lastEnd = Instant.MIN;
        private ThreadRef lastThread;

        Total(ThreadRef first) {
            lastThread = first;
        }

        void add(PastWait wait, Weight weight) {
            count += weight.count();
            nanos += weight.nanos();
            longest = Math.max(longest, weight.longest());
            if (wait.end().isAfter(lastEnd)) {
                lastEnd = wait.end();
                lastThread = wait.thread();
            }
        }
    }

    private static final class Life {
        private final ThreadRef thread;
        private final Queue<PastWait> waits = new PriorityQueue<>(Comparator.comparing(PastWait::end));
        private Instant lastWait = Instant.MIN;
        private Instant sampled = Instant.MIN;
        private long samples;
        private CallStack sample = CallStack.EMPTY;

        Life(ThreadRef thread) {
            this.thread = thread;
        }
    }

    private final Map<Place, Total> totals = new HashMap<>();
    private final Map<ThreadId, Life> lives = new HashMap<>();

    /** A wait, with those of the same place that it stands for. */
    void add(PastWait wait, Weight weight) {
        totals.computeIfAbsent(new Place(wait.kind(), wait.subject(), wait.stack()), key -> new Total(wait.thread()))
                .add(wait, weight);
        Life life = life(wait.thread());
        life.lastWait = wait.end().isAfter(life.lastWait) ? wait.end() : life.lastWait;
        life.waits.add(wait);
        if (life.waits.size() > LATEST) {
            life.waits.remove();
        }
    }

    void sample(ThreadRef thread, Instant at, CallStack stack, long samples) {
        Life life = life(thread);
        life.samples += samples;
        if (at.isAfter(life.sampled)) {
            life.sampled = at;
            life.sample = stack;
        }
    }

    private Life life(ThreadRef thread) {
        Life life = lives.get(thread.id());
        if (life == null) {
            life = new Life(thread);
            if (lives.size() < MOST_THREADS) {
                lives.put(thread.id(), life);
            }
        }
        return life;
    }

    List<WaitTotal> totals() {
        List<WaitTotal> all = new ArrayList<>();
        totals.forEach((place, total) -> all.add(new WaitTotal(
                place.kind,
                place.subject,
                place.stack,
                total.count,
                Duration.ofNanos(total.nanos),
                Duration.ofNanos(total.longest),
                total.lastEnd,
                total.lastThread)));
        return sorted(all);
    }

    public static List<WaitTotal> sorted(Collection<WaitTotal> totals) {
        return totals.stream()
                .sorted(Comparator.comparing(WaitTotal::lastEnd)
                        .thenComparing(WaitTotal::kind)
                        .thenComparing(WaitTotal::subject)
                        .thenComparing(total -> total.lastThread().id())
                        .thenComparing(WaitTotal::count))
                .toList();
    }

    List<PastWait> recent() {
        List<PastWait> all = new ArrayList<>();
        lives.values().forEach(life -> all.addAll(life.waits));
        return sorted(all);
    }

    public static List<PastWait> sorted(List<PastWait> waits) {
        return waits.stream()
                .sorted(Comparator.comparing(PastWait::start)
                        .thenComparing(wait -> wait.thread().id())
                        .thenComparing(PastWait::length))
                .toList();
    }

    Map<ThreadId, Activity> activities() {
        Map<ThreadId, Activity> all = new HashMap<>();
        lives.forEach((id, life) ->
                all.put(id, new Activity(life.thread, life.lastWait, life.sampled, life.samples, life.sample)));
        return all;
    }
}
