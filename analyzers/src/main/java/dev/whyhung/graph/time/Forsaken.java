package dev.whyhung.graph.time;

import dev.whyhung.graph.thread.Failure;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.knowledge.Knowledge;
import dev.whyhung.model.CallStack;
import dev.whyhung.model.Frame;
import dev.whyhung.model.Recording.Thrown;
import dev.whyhung.model.ThreadId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;

/**
 * Who waits for a signal that a failed thread would have given. A recording tells it by three things at once: the waiter used to be
 * signalled again and again, or waits at a barrier to which the other used to come; it has not been since about the time of an
 * exception, in the same code, on the thread that always notified it, or on the other party; and that exception ended the thread, or
 * left a task that is run again and again.
 */
public final class Forsaken {

    /** So many classes of the application, from the top of a stack, tell what its thread does. */
    public static final int NEAREST = 3;

    private static final String PERIODIC = "java.util.concurrent.FutureTask.runAndReset";
    private static final Duration CLOCKS = Duration.ofSeconds(1);

    private static final String TIMER = "java.util.TimerThread.mainLoop";

    private final Map<String, List<Failure>> near = new HashMap<>();
    /** Ended threads first, then failed tasks; each in the order of their ends. */
    private final Map<ThreadId, Failure> byThread = new LinkedHashMap<>();

    private final Set<ThreadId> dead;
    private final Recorded recorded;
    private final Silence silence;
    private final Habits habits;
    private final Knowledge knowledge;

    public Forsaken(Recorded recorded, Silence silence, Habits habits, Knowledge knowledge) {
        this.recorded = recorded;
        this.silence = silence;
        this.habits = habits;
        this.knowledge = knowledge;
        boolean showsExceptions = recorded.wouldShow("JavaExceptionThrow");
        for (Death death : recorded.deaths()) {
            if (death.last().isPresent()) {
                add(death.last().get());
            } else if (!showsExceptions && isTimer(death)) {
                byThread.put(death.thread().id(), new Failure(death.thread(), death.at(), Optional.empty()));
            }
        }
        dead = Set.copyOf(byThread.keySet());
        List<Thrown> periodic = recorded.thrown(thrown ->
                isOfPeriodicTask(thrown) && !dead.contains(thrown.thread().id()));
        Map<String, Instant> heardOf = heardOf(recorded, periodic);
        periodic.stream()
                .filter(thrown ->
                        !heardOf.getOrDefault(task(thrown.stack()), thrown.at()).isAfter(thrown.at()))
                .forEach(this::add);
    }

    /** When a recording last tells of each periodic task. One that is heard of after an exception has caught it. */
    private Map<String, Instant> heardOf(Recorded recorded, List<Thrown> periodic) {
        Map<String, Instant> last = new HashMap<>();
        BinaryOperator<Instant> later = BinaryOperator.maxBy(Comparator.naturalOrder());
        periodic.forEach(thrown -> last.merge(task(thrown.stack()), thrown.at(), later));
        if (!periodic.isEmpty()) {
            recorded.waitTotals()
                    .filter(total -> total.stack().calls(PERIODIC))
                    .forEach(total -> last.merge(task(total.stack()), total.lastEnd(), later));
        }
        return last;
    }

    /** The method in which the task begins; of the JDK's own tasks the empty name. */
    private String task(CallStack stack) {
        String first = "";
        for (Frame frame : stack.frames()) {
            if (frame.qualifiedMethod().equals(PERIODIC)) {
                break;
            }
            if (knowledge.isApplication(frame.className())) {
                first = frame.qualifiedMethod();
            }
        }
        return first;
    }

    /** The same, be it a task of the application or of a library; empty for a stack of no periodic task. */
    static Optional<String> outermost(CallStack stack) {
        return stack.calls(PERIODIC)
                ? stack.frames().stream()
                        .takeWhile(frame -> !frame.qualifiedMethod().equals(PERIODIC))
                        .filter(frame -> !frame.isOfJdk())
                        .map(Frame::qualifiedMethod)
                        .reduce((first, second) -> second)
                : Optional.empty();
    }

    /** Its exception is not recorded; but it had waited for the time of its next task, and ended when that came. */
    private static boolean isTimer(Death death) {
        return death.lastWait()
                .filter(wait -> wait.vain() && wait.stack().calls(TIMER))
                .isPresent();
    }

    private void add(Thrown thrown) {
        Failure failure = new Failure(thrown.thread(), thrown.at(), Optional.of(thrown));
        byThread.put(thrown.thread().id(), failure);
        knowledge
                .read(thrown.stack())
                .telling()
                .forEach(name ->
                        near.computeIfAbsent(name, key -> new ArrayList<>()).add(failure));
    }

    /** Whether an exception was created inside a task that its executor runs again and again, until one leaves it. */
    public static boolean isOfPeriodicTask(Thrown thrown) {
        return thrown.stack().calls(PERIODIC);
    }

    /** The failure after which this thread was not signalled any more. */
    public Optional<Failure> by(ThreadFacts waiter) {
        Optional<Instant> since = byThread.isEmpty() || waiter.waitsFor().isExclusive()
                ? Optional.empty()
                : silence.since(waiter.thread());
        return since.isEmpty()
                ? Optional.empty()
                : Stream.concat(signallers(waiter, since.get()), parties(waiter))
                        .filter(failure -> (!failure.at().isBefore(since.get().minus(CLOCKS))
                                        || isUsualNotifierDead(waiter, failure))
                                && !failure.thread().id().equals(waiter.id()))
                        .findFirst();
    }

    /** Then nobody has come to wait here in vain for as long as it lived, and everybody since. */
    private boolean isUsualNotifierDead(ThreadFacts waiter, Failure failure) {
        return dead.contains(failure.thread().id())
                && habits.usualNotifier(waiter.thread())
                        .filter(failure.thread().id()::equals)
                        .isPresent();
    }

    private Stream<Failure> signallers(ThreadFacts waiter, Instant since) {
        Optional<Duration> usual = habits.usualWait(waiter.thread());
        if (usual.isEmpty()) {
            return Stream.empty();
        }
        Instant latest = since.plus(usual.get().multipliedBy(2)).plus(CLOCKS);
        Stream<Failure> ofNotifier =
                habits.usualNotifier(waiter.thread()).stream().flatMap(id -> Stream.ofNullable(byThread.get(id)));
        Stream<Failure> inTheSameCode = waiter.reading().telling().stream()
                .limit(NEAREST)
                .flatMap(name -> near.getOrDefault(name, List.of()).stream());
        return Stream.concat(ofNotifier, inTheSameCode)
                .filter(failure -> !failure.at().isAfter(latest));
    }

    /** Who used to come to the barrier at which this thread waits: however late it is, and however often they met. */
    private Stream<Failure> parties(ThreadFacts waiter) {
        return isAtBarrier(waiter.thread().stack())
                ? byThread.values().stream()
                        .filter(failure -> recorded.recentWaits(failure.thread().id()).stream()
                                .anyMatch(wait -> isAtBarrier(wait.stack())
                                        && Silence.isCalledFromTheSame(wait, waiter.thread())))
                : Stream.empty();
    }

    public static boolean isAtBarrier(CallStack stack) {
        return BARRIERS.stream().anyMatch(stack::calls);
    }

    private static final List<String> BARRIERS =
            List.of("java.util.concurrent.CyclicBarrier.dowait", "java.util.concurrent.Phaser.internalAwaitAdvance");
}
