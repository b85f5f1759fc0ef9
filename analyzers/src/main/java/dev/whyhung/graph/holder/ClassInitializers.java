package dev.whyhung.graph.holder;

import dev.whyhung.graph.thread.Holder;
import dev.whyhung.graph.thread.Resource;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.graph.thread.Wait;
import dev.whyhung.model.Frame;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who initialises which class. The JVM lets one thread run a class initialiser and prints nothing of it but the frame
 * {@code <clinit>}; for a subclass whose superclass is still being initialised there is not even that frame, and the initialiser
 * is told by elimination.
 */
final class ClassInitializers {

    /** JDK 8 and 11 do not print which class is awaited. */
    static final Resource UNNAMED = Resource.named(Resource.Kind.CLASS_INIT, "a class under initialization");

    private static final double STRUCTURAL = .9;
    private static final double ONE_OF_SEVERAL = .8;
    private static final double GUESSED = .6;

    private final Map<String, List<ThreadFacts>> byClass = new HashMap<>();
    private final List<ThreadFacts> waiting = new ArrayList<>();

    ClassInitializers(List<ThreadFacts> threads) {
        for (ThreadFacts thread : threads) {
            for (String className : initialised(thread)) {
                byClass.computeIfAbsent(className, key -> new ArrayList<>()).add(thread);
            }
            if (thread.waitsFor().kind() == Wait.Kind.CLASS_INIT) {
                waiting.add(thread);
            }
        }
    }

    /** The classes whose initialisers are on the stack of a thread. */
    static Set<String> initialised(ThreadFacts thread) {
        Set<String> classes = new LinkedHashSet<>();
        for (Frame frame : thread.thread().stack().frames()) {
            if (frame.isClassInitializer()) {
                classes.add(frame.className());
            }
        }
        return classes;
    }

    Holder holder(Resource awaited) {
        if (awaited.equals(UNNAMED)) {
            return anyInitializer();
        }
        List<ThreadFacts> running = byClass.getOrDefault(awaited.name(), List.of());
        if (!running.isEmpty()) {
            return new Holder.Inferred(running, "has " + awaited.name() + ".<clinit> on its stack", STRUCTURAL);
        }
        return byElimination(awaited);
    }

    /**
     * Nobody shows the initialiser: it waits for a class which a waiter of this class initialises, or runs the initialiser of a
     * superclass, as another thread with such a frame may do. Of several who wait, whoever stands where a waiter of this class stands came
     * first to touch it. If that does not tell, it is one of them all the same, and as they all wait for one class, whichever it is
     * waits for that.
     */
    private Holder byElimination(Resource awaited) {
        Set<ThreadFacts> candidates = new LinkedHashSet<>();
        Set<String> places = new HashSet<>();
        for (ThreadFacts waiter : waiting) {
            if (isFor(waiter, awaited)) {
                places.add(waiter.whereText());
                Set<String> mine = initialised(waiter);
                waiting.stream()
                        .filter(other -> other != waiter && !isFor(other, awaited))
                        .filter(other -> mine.contains(awaitedName(other)))
                        .forEach(candidates::add);
            }
        }
        boolean elsewhere = byClass.values().stream()
                .flatMap(List::stream)
                .anyMatch(other -> !candidates.contains(other) && !isFor(other, awaited));
        if (elsewhere
                || candidates.stream()
                                .map(ClassInitializers::awaitedName)
                                .distinct()
                                .count()
                        != 1) {
            return new Holder.NotShown("no thread shows the initialiser of " + awaited.name());
        }
        List<ThreadFacts> likely = candidates.stream()
                .filter(candidate -> places.contains(candidate.whereText()))
                .toList();
        List<ThreadFacts> left = likely.isEmpty() ? List.copyOf(candidates) : likely;
        return left.size() == 1
                ? new Holder.Inferred(
                        left, "is the only thread that can have begun to initialise " + awaited.name(), STRUCTURAL)
                : new Holder.Inferred(
                        left.subList(0, 1),
                        "is one of " + left.size() + " threads of which one has begun to initialise " + awaited.name(),
                        ONE_OF_SEVERAL);
    }

    private static boolean isFor(ThreadFacts waiter, Resource awaited) {
        return waiter.waitsFor().resource().filter(awaited::equals).isPresent();
    }

    private static String awaitedName(ThreadFacts waiter) {
        return waiter.waitsFor().resource().map(Resource::name).orElse("");
    }

    /** If the only initialiser that is shown waits itself, then for a subclass, which one of the other waiters has begun. */
    private Holder anyInitializer() {
        Set<ThreadFacts> all = new LinkedHashSet<>();
        byClass.values().forEach(all::addAll);
        if (all.size() == 1 && waiting.containsAll(all)) {
            waiting.stream().filter(other -> !all.contains(other)).findFirst().ifPresent(all::add);
        }
        return all.isEmpty()
                ? new Holder.NotShown("this JDK does not print which class is awaited")
                : new Holder.Inferred(List.copyOf(all), "runs a class initialiser; this JDK prints no more", GUESSED);
    }
}
