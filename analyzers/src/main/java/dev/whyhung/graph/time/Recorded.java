package dev.whyhung.graph.time;

import dev.whyhung.graph.thread.Component;
import dev.whyhung.graph.thread.Resource;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.model.CallStack;
import dev.whyhung.model.DumpInfo;
import dev.whyhung.model.Evidence;
import dev.whyhung.model.Frame;
import dev.whyhung.model.PastWait;
import dev.whyhung.model.Recording;
import dev.whyhung.model.Recording.Activity;
import dev.whyhung.model.Recording.Thrown;
import dev.whyhung.model.Recording.WaitTotal;
import dev.whyhung.model.ThreadId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the recordings of a process tell about the time before the examined dump. */
public final class Recorded {

    private final List<Recording> recordings;
    private final RecordedThreads threads;
    private final DumpClock clock;
    private final Evidence evidence;
    private final Silence silence;
    private @Nullable Instant onset;

    public Recorded(Evidence evidence, RecordedThreads threads, DumpClock clock, Silence silence) {
        this.evidence = evidence;
        this.threads = threads;
        this.silence = silence;
        recordings = evidence.recordings();
        this.clock = clock;
    }

    public void conclude(Optional<Instant> stopped) {
        onset = stopped.orElse(null);
    }

    /** When the service stopped, if a recording shows it. */
    public Optional<Instant> onset() {
        return Optional.ofNullable(onset);
    }

    /** Whether the last recording goes on without a dump: there is none, or only one from well before its end. */
    public boolean isDumpMissing() {
        return !isEmpty()
                && new RestOfRecording(recordings.get(recordings.size() - 1), evidence, clock).isWithoutDump();
    }

    public boolean isEmpty() {
        return recordings.isEmpty();
    }

    /** In order of their end. */
    public List<Recording> recordings() {
        return recordings;
    }

    /** Threads that ended, in time order. */
    public List<Death> deaths() {
        return threads.deaths();
    }

    /** The end of a thread by an exception. */
    Optional<Death> failure(ThreadId thread) {
        return threads.failure(thread);
    }

    /** Of the {@link #deaths}, those after which no thread of the same name, but for its number, has started. */
    public List<Death> unreplaced() {
        return threads.unreplaced();
    }

    /** What of this does not depend on the examined dump. */
    public RecordedThreads threads() {
        return threads;
    }

    /** Whose code ran. */
    public Sampled sampled() {
        return threads.sampled();
    }

    /** Whether a thread ran for more than moments just before the examined dump. */
    public boolean wasAtWork(ThreadId thread) {
        return instant(evidence.focus().info())
                .filter(taken -> sampled().wasAtWork(thread, taken))
                .isPresent();
    }

    /** When a dump was taken. */
    public Optional<Instant> instant(DumpInfo dump) {
        return clock.of(dump);
    }

    /** Whether some recording would have shown events of this name, given without {@code jdk.}. */
    public boolean wouldShow(String event) {
        return recordings.stream().anyMatch(recording -> recording.wouldShow(event));
    }

    /** Waits that are shorter than this may have been left out. */
    public Duration leastWait() {
        return recordings.stream()
                .flatMap(recording ->
                        WAITS.stream().map(event -> recording.event(event).threshold()))
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    private static final List<String> WAITS =
            List.of("ThreadPark", "JavaMonitorEnter", "JavaMonitorWait", "ThreadSleep");

    /** Exceptions and errors that were kept, in time order. */
    public List<Thrown> thrown(Predicate<Thrown> wanted) {
        return threads.thrown().stream().filter(wanted).toList();
    }

    /** The last exception or error of a thread. */
    public Optional<Thrown> lastThrown(ThreadId thread) {
        return thrown(each -> each.thread().id().equals(thread)).stream().reduce((first, second) -> second);
    }

    /** Who took this lock along, if a recording tells. */
    public Optional<LastOwner> lastOwner(Resource lock, Collection<ThreadFacts> waiters) {
        return isEmpty() || waiters.isEmpty()
                ? Optional.empty()
                : LastOwner.Search.of(this, lock, waiters).find();
    }

    /** Whether no thread has ended that may own this lock, so that its owner lives; false if no recording tells. */
    public boolean hasOwnerLived(Resource lock, Collection<ThreadFacts> waiters) {
        return !isEmpty()
                && !waiters.isEmpty()
                && LastOwner.Search.of(this, lock, waiters).hasEverybodyLived();
    }

    /** Whether some recording had begun by then, or with the JVM. */
    boolean isRecorded(Instant at) {
        return recordings.stream().anyMatch(recording -> recording.from().isBefore(at) || beganWithTheJvm(recording));
    }

    private static boolean beganWithTheJvm(Recording recording) {
        Instant start = recording.jvm().start();
        return start != null && recording.from().isBefore(start.plus(STARTING));
    }

    private static final Duration STARTING = Duration.ofSeconds(5);

    /** Threads beside these that once waited, for whatever, inside the code in which these wait. */
    public Set<ThreadId> seenInside(Collection<ThreadFacts> waiters) {
        Component component = Component.of(waiters);
        Set<ThreadId> seen = new TreeSet<>();
        threads.recentWaits().forEach((thread, waits) -> {
            if (waits.stream().anyMatch(wait -> component.contains(wait.stack()))) {
                seen.add(thread);
            }
        });
        waiters.forEach(waiter -> seen.remove(waiter.id()));
        return seen;
    }

    /** Whether a thread has taken one task after the other since these began to wait. */
    public boolean hasServedSince(ThreadFacts thread, Collection<ThreadFacts> waiters) {
        Instant last = waiters.stream()
                .map(waiter -> silentSince(waiter).orElse(Instant.MAX))
                .max(Instant::compareTo)
                .orElse(Instant.MAX);
        return recentWaits(thread.id()).stream()
                        .filter(wait -> wait.start().isAfter(last) && !wait.vain())
                        .count()
                >= MANY_TASKS;
    }

    private static final int MANY_TASKS = 10;

    /** With whom code that contains this frame talked for longest at a time, as {@code host:port}. */
    public Optional<WaitTotal> longestTalk(Frame site) {
        return talks(site).max(Comparator.comparing(WaitTotal::longest).thenComparing(WaitTotal::subject));
    }

    /** With whom code that contains this frame talked, as {@code host:port}, if answers took long enough to be recorded. */
    public Stream<WaitTotal> talks(Frame site) {
        return waitTotals()
                .filter(total ->
                        total.kind() == PastWait.Kind.SOCKET_READ || total.kind() == PastWait.Kind.SOCKET_WRITE)
                .filter(total -> total.stack().frames().stream()
                        .anyMatch(frame -> frame.qualifiedMethod().equals(site.qualifiedMethod())));
    }

    /** The slowest file that code which contains this frame read or wrote. */
    public Optional<WaitTotal> longestFileAccess(Frame site) {
        return waitTotals()
                .filter(total -> total.kind() == PastWait.Kind.FILE)
                .filter(total -> total.stack().frames().stream()
                        .anyMatch(frame -> frame.qualifiedMethod().equals(site.qualifiedMethod())))
                .max(Comparator.comparing(WaitTotal::longest).thenComparing(WaitTotal::subject));
    }

    /**
     * The last exception inside the code in which these threads wait for another to do something, not long before they began to wait or
     * later: the likely reason why nothing comes. Its thread has other work or none since; if it is the only one, that may as well wait
     * with these now. What had been thrown there before, and did no harm, is none.
     */
    public Optional<Thrown> failureBehind(Collection<ThreadFacts> waiters, Predicate<ThreadId> isAtRest) {
        return waiters.stream()
                .flatMap(waiter -> silentSince(waiter).stream())
                .min(Instant::compareTo)
                .flatMap(since -> failureAfter(since.minus(UNTIL_AWAITED), waiters, isAtRest));
    }

    private Optional<Thrown> failureAfter(Instant from, Collection<ThreadFacts> waiters, Predicate<ThreadId> isAtRest) {
        Component component = Component.of(waiters);
        List<Thrown> inside = thrown(each -> component.contains(each.stack()));
        List<Thrown> late =
                inside.stream().filter(thrown -> !thrown.at().isBefore(from)).toList();
        List<Thrown> former = inside.subList(0, inside.size() - late.size());
        return late.stream()
                .filter(thrown -> former.stream().noneMatch(before -> isAlike(before, thrown)))
                .filter(thrown ->
                        isAtRest.test(thrown.thread().id()) || (inside.size() == 1 && isOfOneOf(waiters, thrown)))
                .reduce((first, second) -> second);
    }

    private static boolean isAlike(Thrown one, Thrown other) {
        return one.className().equals(other.className()) && site(one).equals(site(other));
    }

    private static boolean isOfOneOf(Collection<ThreadFacts> waiters, Thrown thrown) {
        return waiters.stream()
                .anyMatch(waiter -> waiter.id().equals(thrown.thread().id()));
    }

    private static final Duration UNTIL_AWAITED = Duration.ofSeconds(30);

    /**
     * The last exception inside the code in which these threads wait, or the class that uses it, but not in a wait like theirs: why
     * something was not given back.
     */
    public Optional<Thrown> failureInside(Collection<ThreadFacts> waiters) {
        Set<String> waiting = new HashSet<>();
        Set<String> users = new HashSet<>();
        for (ThreadFacts waiter : waiters) {
            waiter.reading().appFrame().ifPresent(frame -> users.add(frame.className()));
            waiter.thread().stack().frames().stream()
                    .takeWhile(frame -> !waiter.where().equals(Optional.of(frame)))
                    .forEach(frame -> waiting.add(frame.qualifiedMethod()));
        }
        Component component = Component.of(waiters);
        return thrown(each -> each.stack().frames().stream()
                                .map(Frame::qualifiedMethod)
                                .noneMatch(waiting::contains)
                        && (component.contains(each.stack())
                                || each.stack().frames().stream()
                                        .map(Frame::className)
                                        .anyMatch(users::contains)))
                .stream()
                .reduce((first, second) -> second);
    }

    /** The last exception that was created inside the code in which these threads wait. */
    public Optional<Thrown> lastThrownInside(Collection<ThreadFacts> waiters, Predicate<Thrown> wanted) {
        Component component = Component.of(waiters);
        return thrown(each -> wanted.test(each) && component.contains(each.stack())).stream()
                .reduce((first, second) -> second);
    }

    /** Whether all of these threads got stuck more than a minute after the service had stopped. */
    public boolean isAfterTheFact(Collection<ThreadFacts> stuck) {
        if (onset == null || stuck.isEmpty()) {
            return false;
        }
        Instant late = onset.plus(AFTER_THE_FACT);
        return stuck.stream()
                .allMatch(thread -> silence.since(thread.thread())
                        .filter(since -> since.isAfter(late))
                        .isPresent());
    }

    private static final Duration AFTER_THE_FACT = Duration.ofSeconds(60);

    /** Since when a thread of the examined dump gave no sign of life. */
    public Optional<Instant> silentSince(ThreadFacts thread) {
        return silence.since(thread.thread());
    }

    /** For how long that is; zero if no recording tells. */
    public Duration silence(ThreadFacts thread) {
        return silence.length(thread.thread()).orElse(Duration.ZERO);
    }

    public boolean isSilentForLong(ThreadFacts thread) {
        return silence(thread).compareTo(LockHistory.LONG) >= 0;
    }

    /** Whether a thread was at work for a while before it came to wait as the examined dump shows it. */
    public boolean hasServed(ThreadFacts thread) {
        return silence.hasServed(thread.thread());
    }

    /** What is told of a lock for which these wait. */
    public LockHistory history(Resource lock, Collection<ThreadFacts> waiters) {
        return new LockHistory(this, lock, waiters, evidence.isPast());
    }

    /** When the examined dump was taken. */
    Optional<Instant> now() {
        return instant(evidence.focus().info());
    }

    Stream<WaitTotal> waitTotals() {
        return recordings.stream().flatMap(recording -> recording.waitTotals().stream());
    }

    /** The latest waits of a thread that ended, in time order. */
    public List<PastWait> recentWaits(ThreadId thread) {
        return threads.recentWaits().getOrDefault(thread, List.of());
    }

    /** What a thread was seen to do in the past: in its latest waits, and in its last sample. */
    public Stream<CallStack> pastStacks(ThreadId thread) {
        return Stream.concat(
                recentWaits(thread).stream().map(PastWait::stack),
                recordings.stream()
                        .flatMap(recording ->
                                Stream.ofNullable(recording.activities().get(thread)))
                        .map(Activity::sample));
    }

    /** The recording, as it is shown, in which an exception stands. */
    public String sourceOf(Thrown thrown) {
        return sourceOf(recording -> recording.thrown().contains(thrown));
    }

    /** The same for the waits of one place. */
    public String sourceOf(WaitTotal total) {
        return sourceOf(recording -> recording.waitTotals().contains(total));
    }

    /** The same for a wait. */
    public String sourceOf(PastWait wait) {
        return sourceOf(recording -> recording.recentWaits().contains(wait));
    }

    private String sourceOf(Predicate<Recording> holds) {
        return recordings.stream()
                .filter(holds)
                .map(Recording::source)
                .findFirst()
                .orElse("");
    }

    /** Whether the periodic task in which this stack was seen waited, for long enough to be recorded, after this instant. */
    public boolean isHeardOf(CallStack stack, Instant since) {
        Optional<String> task = Forsaken.outermost(stack);
        return task.isPresent()
                && waitTotals()
                        .filter(total -> total.lastEnd().isAfter(since))
                        .anyMatch(total -> Forsaken.outermost(total.stack()).equals(task));
    }

    /** The frame that created an exception: the first that is no constructor of a throwable. */
    public static Optional<Frame> site(Thrown thrown) {
        return thrown.stack().frames().stream()
                .filter(frame -> !frame.method().equals("<init>"))
                .findFirst();
    }
}
