package dev.whyhung.graph.holder;

import dev.whyhung.graph.thread.Holder;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.graph.time.Recorded;
import dev.whyhung.knowledge.Call;
import dev.whyhung.knowledge.Knowledge;
import dev.whyhung.knowledge.QueuePair;
import dev.whyhung.model.CallStack;
import dev.whyhung.model.Frame;
import dev.whyhung.model.PastWait;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who takes from a queue that others wait to put into. A library's queues have their consumers in the tables; those of an
 * application are told by the component: the class that puts also has the loop that takes.
 */
final class Consumers {

    private static final double BY_TABLE = .9;
    private static final double BY_COMPONENT = .6;
    private static final double GUESSED = .3;
    /** Where a component has very many queues, nobody can tell who takes from which; and edges shall grow with threads. */
    private static final int EDGES_A_THREAD = 64;

    private final Knowledge knowledge;
    private final List<ThreadFacts> live;
    /** Threads by the class, nested ones counted to their outer class, in whose code they began. */
    private final Map<String, List<ThreadFacts>> byComponent = new HashMap<>();
    /** Threads that run lambdas of a class and nothing else of it, by that class. */
    private final Map<String, List<ThreadFacts>> lambdas = new HashMap<>();

    /** Threads that run no code of the application, by the class in whose code they began. */
    private final Map<String, List<ThreadFacts>> byLibrary = new HashMap<>();

    private final Map<CallStack, Optional<Frame>> entries = new HashMap<>();
    private final Recorded recorded;
    private @Nullable Feedback feedback;
    private long edgesLeft;

    Consumers(List<ThreadFacts> threads, Knowledge knowledge, Recorded recorded) {
        this.knowledge = knowledge;
        this.recorded = recorded;
        live = threads.stream().filter(thread -> !thread.isJvm()).toList();
        edgesLeft = (long) EDGES_A_THREAD * live.size();
        for (ThreadFacts thread : live) {
            if (!thread.isIdle() && !isTaking(thread) && !putsInMain(thread)) {
                add(thread);
            }
        }
    }

    private void add(ThreadFacts thread) {
        Optional<Frame> entry = entry(thread);
        Optional<Frame> lambda = lambda(thread);
        if (entry.isPresent()) {
            add(byComponent, entry, thread);
        } else if (lambda.isPresent()) {
            add(lambdas, lambda, thread);
        } else if (thread.reading().appFrame().isEmpty()) {
            add(byLibrary, libraryEntry(thread), thread);
        }
    }

    private static void add(Map<String, List<ThreadFacts>> map, Optional<Frame> began, ThreadFacts thread) {
        began.ifPresent(frame -> map.computeIfAbsent(frame.outerClass(), key -> new ArrayList<>())
                .add(thread));
    }

    private static Optional<Frame> libraryEntry(ThreadFacts thread) {
        List<Frame> foreign = thread.thread().stack().frames().stream()
                .filter(frame -> !frame.isOfJdk())
                .toList();
        return foreign.isEmpty() ? Optional.empty() : Optional.of(foreign.get(foreign.size() - 1));
    }

    private static Optional<Frame> lambda(ThreadFacts thread) {
        return thread.reading().appFrame().filter(frame -> frame.method().startsWith("lambda$"));
    }

    Holder holder(List<ThreadFacts> producers) {
        for (QueuePair pair : knowledge.queuePairs()) {
            if (pair.isProducer(producers.get(0).thread().stack())) {
                return inferred(byTable(pair), "takes from this queue", BY_TABLE);
            }
        }
        List<ThreadFacts> takers = takersAmong(producers);
        if (!takers.isEmpty() && takers.size() < producers.size()) {
            return inferred(takers, "used to take from such a queue before it came to put", BY_COMPONENT);
        }
        List<ThreadFacts> own = ofComponent(producers);
        if (own.isEmpty()) {
            own = feedback().ofPackage(producers);
        }
        return own.isEmpty()
                ? inferred(ofLambda(producers), "runs code of the class that puts into this queue", GUESSED)
                : inferred(own, "runs the component that puts into this queue", BY_COMPONENT);
    }

    private Feedback feedback() {
        if (feedback == null) {
            feedback = new Feedback(live, knowledge);
        }
        return feedback;
    }

    /** The one lambda of the class that is held up, where all that the class does is written in lambdas. */
    private List<ThreadFacts> ofLambda(List<ThreadFacts> producers) {
        Optional<Frame> putting = lambda(producers.get(0));
        boolean lasts =
                producers.stream().allMatch(producer -> producer.persistence().isMeasured());
        List<ThreadFacts> heldUp = putting.map(Frame::outerClass).map(lambdas::get).orElse(List.of()).stream()
                .filter(thread -> !thread.waitsFor().is(Call.Kind.PUT) && isHeldUp(thread))
                .filter(thread -> !lasts || thread.persistence().isMeasured())
                .toList();
        boolean one = heldUp.stream()
                        .map(thread -> thread.reading().appFrame().map(Frame::method))
                        .distinct()
                        .count()
                == 1;
        return one ? heldUp : List.of();
    }

    /** By something else than what a peer of the program would wait for, or who waits for the end of what the producers do. */
    private static boolean isHeldUp(ThreadFacts thread) {
        return switch (thread.waitsFor().kind()) {
            case MONITOR_ENTER, LOCK, CLASS_INIT -> true;
            case CALL -> !thread.waitsFor().isOf(AT_REST);
            case NONE, SIGNAL, SLEEP, PARK, CARRIER -> false;
        };
    }

    private static final Set<Call.Kind> AT_REST =
            EnumSet.of(Call.Kind.READ, Call.Kind.LATCH, Call.Kind.FUTURE, Call.Kind.CLOSE);

    private Holder inferred(List<ThreadFacts> consumers, String because, double certainty) {
        edgesLeft -= consumers.size();
        return consumers.isEmpty() || edgesLeft < 0
                ? new Holder.NotShown("no thread is seen to take from it")
                : new Holder.Inferred(consumers, because, certainty);
    }

    /**
     * Those who put back what they take, as a recording tells: they have waited for an element in the same code, while others put into
     * this very queue what comes from outside. Where all of them have, theirs may be another queue, before this one.
     */
    private List<ThreadFacts> takersAmong(List<ThreadFacts> producers) {
        return recorded.isEmpty()
                ? List.of()
                : producers.stream().filter(this::hasTaken).toList();
    }

    private boolean hasTaken(ThreadFacts thread) {
        CallStack now = thread.thread().stack();
        return queue(now).isPresent()
                && recorded.recentWaits(thread.id()).stream()
                        .map(PastWait::stack)
                        .anyMatch(then -> queue(then).equals(queue(now))
                                && knowledge.read(then).passive(thread.name()).isPresent()
                                && method(then).equals(method(now)));
    }

    private static Optional<String> queue(CallStack stack) {
        return stack.frames().stream()
                .map(Frame::className)
                .filter(name -> name.startsWith("java.util.concurrent.") && name.endsWith("Queue"))
                .findFirst();
    }

    private Optional<String> method(CallStack stack) {
        return stack.frames().stream()
                .filter(frame -> knowledge.isApplication(frame.className()))
                .map(Frame::qualifiedMethod)
                .findFirst();
    }

    /** Where a library has several queues, those who wait in front of an empty one serve another. */
    private List<ThreadFacts> byTable(QueuePair pair) {
        List<ThreadFacts> all = live.stream()
                .filter(thread -> pair.isConsumer(thread.thread().stack()))
                .toList();
        List<ThreadFacts> busy = all.stream()
                .filter(thread -> !thread.isIdle() && !isTaking(thread))
                .toList();
        return busy.isEmpty() ? all : busy;
    }

    private List<ThreadFacts> ofComponent(List<ThreadFacts> producers) {
        Set<ThreadFacts> putting = new HashSet<>(producers);
        List<ThreadFacts> served = ofLibrary(producers.get(0)).stream()
                .filter(thread -> !putting.contains(thread) && isSeenHeldUp(thread))
                .toList();
        if (!served.isEmpty()) {
            return served;
        }
        List<String> components = components(producers.get(0));
        List<ThreadFacts> own = components.isEmpty() ? List.of() : ofComponent(components.get(0), producers, putting);
        return !own.isEmpty() || components.size() < 2
                ? own
                : ofComponent(components.get(1), producers, putting).stream()
                        .filter(Consumers::isSeenHeldUp)
                        .toList();
    }

    /** Where a class of a library puts, the threads that began in this class. */
    private List<ThreadFacts> ofLibrary(ThreadFacts producer) {
        return producer.thread().stack().frames().stream()
                .filter(frame -> !frame.isOfJdk())
                .findFirst()
                .filter(frame -> !knowledge.isApplication(frame.className()))
                .map(frame -> byLibrary.get(frame.outerClass()))
                .orElse(List.of());
    }

    /** Who reads or writes in dump after dump may be at work all the same, unless CPU times tell. */
    private static boolean isSeenHeldUp(ThreadFacts thread) {
        return switch (thread.waitsFor().kind()) {
            case MONITOR_ENTER, LOCK, CLASS_INIT, SIGNAL -> true;
            case CALL -> thread.thread().cpuNanos() >= 0 || !thread.waitsFor().isOf(TALKS);
            case NONE, SLEEP, PARK, CARRIER -> false;
        };
    }

    private static final Set<Call.Kind> TALKS = EnumSet.of(Call.Kind.READ, Call.Kind.WRITE);

    /** The class that puts; and, where the queue is one of the application, the class that uses it. */
    private List<String> components(ThreadFacts producer) {
        boolean own = knowledge.isApplication(producer.reading().bare().get(0).className());
        return producer.thread().stack().frames().stream()
                .filter(frame -> knowledge.isApplication(frame.className()))
                .map(Frame::outerClass)
                .distinct()
                .limit(own ? 2 : 1)
                .toList();
    }

    private List<ThreadFacts> ofComponent(String component, List<ThreadFacts> producers, Set<ThreadFacts> putting) {
        Set<String> entrances = entrances(component, producers);
        return byComponent.getOrDefault(component, List.of()).stream()
                .filter(thread -> !putting.contains(thread) || beginsElsewhere(thread, entrances))
                .filter(thread -> !isOnItsWay(thread, entrances))
                .toList();
    }

    /** Came by a method by which others put, and waits for a lock before it can. */
    private boolean isOnItsWay(ThreadFacts thread, Set<String> entrances) {
        return thread.waitsFor().isExclusive()
                && entry(thread)
                        .filter(frame -> entrances.contains(frame.qualifiedMethod()))
                        .isPresent();
    }

    private boolean beginsElsewhere(ThreadFacts thread, Set<String> entrances) {
        return !entrances.isEmpty()
                && entry(thread)
                        .filter(frame -> !entrances.contains(frame.qualifiedMethod()))
                        .isPresent();
    }

    /** The methods of the component by which others put: whoever begins in another one of its methods serves the component. */
    private Set<String> entrances(String component, List<ThreadFacts> producers) {
        Set<String> methods = new HashSet<>();
        for (ThreadFacts producer : producers) {
            List<Frame> own = producer.thread().stack().frames().stream()
                    .filter(frame -> frame.outerClass().equals(component) && !isLambda(frame))
                    .toList();
            boolean foreign = entry(producer)
                    .filter(frame -> frame.outerClass().equals(component))
                    .isEmpty();
            if (foreign || own.size() == 1) {
                own.forEach(frame -> methods.add(frame.qualifiedMethod()));
            }
        }
        return methods;
    }

    /** Main itself fills the first queue, and starts those that take from it. */
    private boolean putsInMain(ThreadFacts thread) {
        return thread.reading().isEntry()
                && thread.reading()
                        .appFrame()
                        .filter(frame -> frame.method().equals("main"))
                        .isPresent();
    }

    /** At rest in front of an empty queue: not the one that is full. */
    private static boolean isTaking(ThreadFacts thread) {
        return thread.reading().passive(thread.name()).isPresent();
    }

    /** The first application frame that the thread entered, but for the lambda that wires it. */
    private Optional<Frame> entry(ThreadFacts thread) {
        return entries.computeIfAbsent(thread.thread().stack(), stack -> entry(stack.frames()));
    }

    private Optional<Frame> entry(List<Frame> frames) {
        for (int i = frames.size() - 1; i >= 0; i--) {
            if (knowledge.isApplication(frames.get(i).className()) && !isLambda(frames.get(i))) {
                return Optional.of(frames.get(i));
            }
        }
        return Optional.empty();
    }

    private static boolean isLambda(Frame frame) {
        return frame.className().contains("$$Lambda") || frame.method().startsWith("lambda$");
    }
}
