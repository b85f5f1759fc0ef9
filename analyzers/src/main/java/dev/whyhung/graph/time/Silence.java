package dev.whyhung.graph.time;

import dev.whyhung.graph.thread.Persistence;
import dev.whyhung.knowledge.Knowledge;
import dev.whyhung.model.CallStack;
import dev.whyhung.model.DumpTrace;
import dev.whyhung.model.Evidence;
import dev.whyhung.model.Frame;
import dev.whyhung.model.PastWait;
import dev.whyhung.model.Recording;
import dev.whyhung.model.Recording.Activity;
import dev.whyhung.model.Recording.Shutdown;
import dev.whyhung.model.ThreadId;
import dev.whyhung.model.ThreadRef;
import dev.whyhung.model.ThreadSnapshot;
import dev.whyhung.model.ThreadStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * For how long a thread has given no sign of life before the examined dump. A wait that never ends leaves no event; so a thread
 * that waits in the dump and ended no wait since some time has been in this one since. That counts only where such waits would have
 * been recorded, and while the recording itself went on; and not where a dump shows that the thread moved without any event.
 */
public final class Silence {

    private static final Duration AROUND = Duration.ofSeconds(5);
    private static final int SAME_FRAMES = 5;
    private static final Duration SHORTEST = Duration.ofSeconds(2);
    private static final int LIVELY = 3;
    private static final int TWICE = 2;

    private final @Nullable Recording recording;
    private final Instant taken;
    /** When the dump was taken, or the recording ended just before. */
    private final Instant until;
    /** Whether it ended well before: then only who is known not to have moved since has been silent. */
    private final boolean isLater;

    private final Evidence evidence;
    private final DumpClock clock;
    private final Motion motion;
    private final Map<ThreadId, Instant> starts;
    /** What a carrier does is recorded of the virtual thread that it carries, whichever that was. */
    private final Instant lastOfVirtual;

    /** Of the latest waits of each thread, those that got it what it waited for. */
    private final Map<ThreadId, List<PastWait>> fruitful = new HashMap<>();
    /** The same of all threads, for a signal, by the code that waits for it; the longest first. */
    private final Map<String, List<PastWait>> signals = new HashMap<>();
    /** Who goes on by itself. */
    private final Set<ThreadId> pausing = new HashSet<>();
    /** The same of a past dump, of the time after it. */
    private final Map<ThreadId, List<PastWait>> fruitfulLater = new HashMap<>();
    /** Of a past dump: the wait of each thread that had begun by then, and ended later. */
    private final Map<ThreadId, PastWait> around = new HashMap<>();

    public Silence(Evidence evidence, RecordedThreads threads, DumpClock clock, Motion motion, Knowledge knowledge) {
        starts = threads.starts();
        this.evidence = evidence;
        this.clock = clock;
        this.motion = motion;
        taken = clock.of(evidence.focus().info()).orElse(Instant.MIN);
        Optional<Coverage> coverage = Coverage.of(evidence, clock, taken);
        recording = coverage.map(Coverage::recording).orElse(null);
        isLater = coverage.filter(Coverage::isOver).isPresent();
        until = recording != null && taken.isAfter(recording.to()) ? recording.to() : taken;
        lastOfVirtual = recording == null ? Instant.MIN : lastOfVirtual(recording);
        if (recording != null) {
            evidence.focus().threads().stream()
                    .filter(thread -> thread.status().isTimed() || thread.status() == ThreadStatus.SLEEPING)
                    .forEach(thread -> pausing.add(thread.id()));
            Map<CallStack, Boolean> looking = new HashMap<>();
            recording.recentWaits().stream()
                    .filter(wait -> !wait.vain())
                    .filter(wait -> !looking.computeIfAbsent(wait.stack(), stack -> looksAgain(stack, knowledge)))
                    .forEach(this::addFruitful);
            signals.values()
                    .forEach(waits -> waits.sort(Comparator.comparing(PastWait::length, Comparator.reverseOrder())));
            recording.recentWaits().stream()
                    .filter(wait -> evidence.isPast()
                            && wait.start().isBefore(until)
                            && wait.end().isAfter(until))
                    .forEach(wait -> around.put(wait.thread().id(), wait));
        }
    }

    private void addFruitful(PastWait wait) {
        boolean later = evidence.isPast() && wait.end().isAfter(until);
        (later ? fruitfulLater : fruitful)
                .computeIfAbsent(wait.thread().id(), key -> new ArrayList<>())
                .add(wait);
        if (!later && isForSignal(wait)) {
            caller(wait.stack())
                    .ifPresent(code -> signals.computeIfAbsent(code, key -> new ArrayList<>())
                            .add(wait));
        }
    }

    private static boolean isForSignal(PastWait wait) {
        return wait.kind() == PastWait.Kind.MONITOR_WAIT
                || (wait.kind() == PastWait.Kind.PARK && wait.subject().endsWith("$ConditionObject"));
    }

    private static Instant lastOfVirtual(Recording recording) {
        return recording.activities().values().stream()
                .filter(activity -> activity.thread().virtual())
                .map(Activity::last)
                .max(Comparator.naturalOrder())
                .orElse(Instant.MIN);
    }

    private static boolean looksAgain(CallStack stack, Knowledge knowledge) {
        return stack.frames().stream().anyMatch(frame -> knowledge.isAmong("looks-again", frame));
    }

    /** When the thread's last recorded wait ended, or it or the recording began; empty if no recording goes on up to the dump. */
    Optional<Instant> lastWait(ThreadSnapshot thread) {
        if (recording == null) {
            return Optional.empty();
        }
        Instant start = began(thread).orElse(recording.from());
        Instant last = start.isAfter(recording.from()) ? start : recording.from();
        Activity activity = recording.activities().get(thread.id());
        return Optional.of(activity != null && activity.lastWait().isAfter(last) ? activity.lastWait() : last);
    }

    /** Whether the thread ended a wait well after the dump, not by a shutdown: the one in which the dump shows it was not for good. */
    public boolean hasGoneOn(ThreadSnapshot thread) {
        if (recording == null || evidence.isPast()) {
            return false;
        }
        Activity activity = recording.activities().get(thread.id());
        Shutdown shutdown = recording.shutdown();
        return activity != null
                && activity.lastWait().isAfter(until.plus(SHORTEST))
                && (shutdown == null || activity.lastWait().isBefore(shutdown.at()));
    }

    /** Its last sample, if that was taken just before the dump. */
    Optional<CallStack> sample(ThreadSnapshot thread) {
        Activity activity = recording == null ? null : recording.activities().get(thread.id());
        return activity != null && activity.lastSample().isAfter(until.minus(AROUND))
                ? Optional.of(activity.sample())
                : Optional.empty();
    }

    Instant until() {
        return until;
    }

    /** Since when the thread has been in the wait in which the dump shows it. */
    public Optional<Instant> since(ThreadSnapshot thread) {
        if (recording == null || !isRecorded(thread, recording) || isUnknown(thread, recording)) {
            return Optional.empty();
        }
        if (isLater && !motion.of(thread).isMeasured()) {
            return Optional.empty();
        }
        PastWait wait = around.get(thread.id());
        if (wait != null && isCalledFromTheSame(wait, thread)) {
            return Optional.of(wait.start());
        }
        Instant since = began(thread).filter(recording.from()::isBefore).orElse(recording.from());
        Activity activity = recording.activities().get(thread.id());
        if (activity != null) {
            Instant sign = sign(activity, thread.stack());
            since = sign.isAfter(since) ? sign : since;
        }
        if (thread.kind() == ThreadSnapshot.Kind.CARRIER && lastOfVirtual.isAfter(since)) {
            since = lastOfVirtual;
        }
        return since.isBefore(until) && !isRefuted(thread, since) ? Optional.of(since) : Optional.empty();
    }

    /** Whether the thread began then: it has given no sign of life. */
    public boolean isStart(ThreadSnapshot thread, Instant at) {
        return began(thread).filter(at::equals).isPresent();
    }

    /** Whether the thread was at work for a while, between its begin or that of the recording and the wait in which the dump shows it. */
    boolean hasServed(ThreadSnapshot thread) {
        return recording != null
                && since(thread)
                        .filter(began(thread)
                                .filter(recording.from()::isBefore)
                                .orElse(recording.from())
                                .plus(AROUND)::isBefore)
                        .isPresent();
    }

    /** When the thread began; one that has begun since the end of the recording is known by its age alone. */
    private Optional<Instant> began(ThreadSnapshot thread) {
        Instant recorded = starts.get(thread.id());
        return recorded != null || thread.elapsedNanos() < 0 || taken.equals(Instant.MIN)
                ? Optional.ofNullable(recorded)
                : Optional.of(taken.minusNanos(thread.elapsedNanos()));
    }

    /** Starts of virtual threads are recorded on demand: one without a sign of life may have begun just now. */
    private boolean isUnknown(ThreadSnapshot thread, Recording recording) {
        return thread.isVirtual()
                && !starts.containsKey(thread.id())
                && !recording.activities().containsKey(thread.id())
                && taken(evidence.earlier(), thread).isEmpty();
    }

    /** Whether another dump shows that it moved since then, or after the examined one, by waits too short to be recorded. */
    private boolean isRefuted(ThreadSnapshot thread, Instant since) {
        boolean movedBefore = motion.of(thread).kind() == Persistence.Kind.PROGRESS
                && taken(evidence.earlier(), thread).filter(since::isBefore).isPresent();
        return movedBefore
                || (motion.goesOn(thread)
                        && taken(evidence.later(), thread)
                                .filter(at -> recording != null && !at.isAfter(recording.to()))
                                .isPresent());
    }

    /** When the first of these dumps that has the thread was taken. */
    private Optional<Instant> taken(List<DumpTrace> dumps, ThreadSnapshot thread) {
        return dumps.stream()
                .filter(trace -> trace.of(thread.id()) != null)
                .findFirst()
                .flatMap(trace -> clock.of(trace.info()));
    }

    /** For how long it has been in that wait. */
    public Optional<Duration> length(ThreadSnapshot thread) {
        return since(thread).map(since -> Duration.between(since, isLater ? taken : until));
    }

    /** Of the latest waits of a thread, those that got it what it waited for, in time order. */
    public List<PastWait> fruitful(ThreadId thread) {
        return fruitful.getOrDefault(thread, List.of());
    }

    public Persistence of(ThreadSnapshot thread) {
        Duration silent = length(thread).orElse(Duration.ZERO);
        if (isLively(thread, silent)) {
            return Persistence.PROGRESS;
        }
        return silent.compareTo(SHORTEST) >= 0 ? Persistence.measured(silent) : Persistence.SINGLE;
    }

    /**
     * Whether the thread got what it waited for again and again just before the dump, or behind it; or waits where it has waited for
     * longer than now, and went on, before a past dump at least once; twice is enough if whoever notified it just lets time pass. A wait
     * that ended by its own limit proves nothing.
     */
    private boolean isLively(ThreadSnapshot thread, Duration silent) {
        long before = fruitful(thread.id()).stream()
                .filter(wait -> wait.end().isAfter(until.minus(SHORTEST)) || isAsUsual(wait, thread, silent))
                .limit(LIVELY)
                .count();
        return before == LIVELY
                || (before > 0 && before + asUsualLater(thread, silent) >= LIVELY)
                || isNotifiedInTime(thread, silent)
                || isOverAsUsual(thread)
                || isUsualThere(thread, silent);
    }

    /** So many waits at a place are enough to know what is usual there. */
    private static final int LONGEST = 256;

    /** Whether several have waited there for longer than this one, and got their signal, more than once. */
    private boolean isUsualThere(ThreadSnapshot thread, Duration silent) {
        List<Instant> ends = caller(thread.stack()).map(code -> signals.getOrDefault(code, List.of())).stream()
                .flatMap(List::stream)
                .limit(LONGEST)
                .takeWhile(wait -> silent.compareTo(wait.length()) <= 0)
                .filter(wait -> isAsUsual(wait, thread, silent))
                .map(PastWait::end)
                .sorted()
                .toList();
        return ends.size() >= LIVELY && ends.get(0).plus(SHORTEST).isBefore(ends.get(ends.size() - 1));
    }

    /** Whether the wait in which a past dump shows it lasted hardly longer than one before. */
    private boolean isOverAsUsual(ThreadSnapshot thread) {
        PastWait wait = around.get(thread.id());
        return wait != null
                && !wait.vain()
                && isCalledFromTheSame(wait, thread)
                && fruitful(thread.id()).stream()
                        .anyMatch(before -> isCalledFromTheSame(before, thread)
                                && before.length().multipliedBy(2).compareTo(wait.length()) >= 0);
    }

    private long asUsualLater(ThreadSnapshot thread, Duration silent) {
        return fruitfulLater.getOrDefault(thread.id(), List.of()).stream()
                .filter(wait -> wait.start().isAfter(until) && isAsUsual(wait, thread, silent))
                .count();
    }

    /** Whether it has waited here for longer than now, and was notified by somebody who lets time pass now, as then. */
    public boolean isNotifiedInTime(ThreadSnapshot thread) {
        return length(thread).filter(silent -> isNotifiedInTime(thread, silent)).isPresent();
    }

    private boolean isNotifiedInTime(ThreadSnapshot thread, Duration silent) {
        List<PastWait> waits = new ArrayList<>(fruitful(thread.id()));
        Optional.ofNullable(around.get(thread.id())).ifPresent(waits::add);
        return waits.stream()
                        .filter(wait -> mayNotifyAgain(wait.other()) && isAsUsual(wait, thread, silent))
                        .limit(TWICE)
                        .count()
                == TWICE;
    }

    private boolean mayNotifyAgain(@Nullable ThreadRef notifier) {
        return notifier != null && pausing.contains(notifier.id());
    }

    private boolean isAsUsual(PastWait wait, ThreadSnapshot thread, Duration silent) {
        boolean longer = silent.compareTo(SHORTEST) < 0 || silent.compareTo(wait.length()) <= 0;
        return longer && recording != null && isRecorded(thread, recording) && isCalledFromTheSame(wait, thread);
    }

    /** Whether the same code of the application, or of a library, waited then and waits now. */
    public static boolean isCalledFromTheSame(PastWait wait, ThreadSnapshot thread) {
        return caller(wait.stack()).equals(caller(thread.stack()));
    }

    /** The code that waits, which the JDK's own is called by; the recorder sees the JDK's frames otherwise than a dump does. */
    private static Optional<String> caller(CallStack stack) {
        return stack.frames().stream()
                .filter(frame -> !frame.isOfJdk())
                .map(Frame::qualifiedMethod)
                .findFirst();
    }

    /** A thread stuck in native code is sampled all the time: a sample of the place where it stands is no sign of progress. */
    private static Instant sign(Activity activity, CallStack stack) {
        return isSamePlace(activity.sample(), stack) ? activity.lastWait() : activity.last();
    }

    private static boolean isSamePlace(CallStack one, CallStack other) {
        List<Frame> mine = one.frames();
        List<Frame> theirs = other.frames();
        int count = Math.min(SAME_FRAMES, Math.min(mine.size(), theirs.size()));
        for (int i = 0; i < count; i++) {
            if (!mine.get(i).qualifiedMethod().equals(theirs.get(i).qualifiedMethod())) {
                return false;
            }
        }
        return count > 0;
    }

    private static boolean isRecorded(ThreadSnapshot thread, Recording recording) {
        ThreadStatus status = thread.status();
        if (!recording.wouldShow("ThreadPark") || !recording.wouldShow("JavaMonitorEnter")) {
            return false;
        }
        return switch (status) {
            case PARKED, PARKED_TIMED, BLOCKED_ON_MONITOR_ENTER -> true;
            case IN_OBJECT_WAIT, IN_OBJECT_WAIT_TIMED -> recording.wouldShow("JavaMonitorWait");
            case SLEEPING -> recording.wouldShow("ThreadSleep");
            case RUNNABLE, RUNNABLE_IN_OBJECT_WAIT ->
                recording.wouldShow("NativeMethodSample") && recording.wouldShow("ExecutionSample");
            case NEW, TERMINATED, UNKNOWN -> false;
        };
    }
}
