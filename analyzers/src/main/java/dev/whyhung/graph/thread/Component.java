package dev.whyhung.graph.thread;

import dev.whyhung.model.CallStack;
import dev.whyhung.model.Frame;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The code that a lock, a semaphore or a latch belongs to, told from those who wait for it: the class that acquires, the method that
 * calls the acquiring one, and, where the first is a helper that only locks, the class which calls it.
 *
 * @param classes names of classes
 * @param methods {@code class.method}, of callers whose class as a whole says too little
 */
public record Component(Set<String> classes, Set<String> methods) {

    private static final int MOST_WAITERS = 64;

    public Component {
        classes = Collections.unmodifiableSet(new TreeSet<>(classes));
        methods = Collections.unmodifiableSet(new TreeSet<>(methods));
    }

    public static Component of(Collection<ThreadFacts> waiters) {
        Set<String> classes = new HashSet<>();
        Set<String> methods = new HashSet<>();
        waiters.stream().limit(MOST_WAITERS).map(AcquireSite::of).forEach(site -> {
            site.stream().limit(1).filter(Component::isTelling).forEach(frame -> classes.add(frame.className()));
            site.stream().skip(1).filter(Component::isTelling).forEach(caller -> {
                methods.add(caller.qualifiedMethod());
                if (AcquireSite.onlyLocks(site.get(0))) {
                    classes.add(caller.className());
                }
            });
        });
        return new Component(classes, methods);
    }

    /**
     * The same, but of these classes, which start the program and may hold all of it, no more than the methods that these waiters are in.
     */
    public Component narrowedBy(Set<String> starting, Collection<ThreadFacts> waiters) {
        if (Collections.disjoint(classes, starting)) {
            return this;
        }
        Set<String> rest = new HashSet<>(classes);
        rest.removeAll(starting);
        Set<String> places = new HashSet<>();
        waiters.stream()
                .limit(MOST_WAITERS)
                .map(AcquireSite::of)
                .flatMap(site -> site.stream()
                        .filter(frame -> frame.equals(site.get(0))
                                || AcquireSite.onlyLocks(site.get(0))
                                || !starting.contains(frame.className())))
                .filter(Component::isTelling)
                .forEach(frame -> places.add(frame.qualifiedMethod()));
        return new Component(rest, places);
    }

    public boolean contains(CallStack stack) {
        return stack.frames().stream().anyMatch(this::contains);
    }

    private boolean contains(Frame frame) {
        return isTelling(frame) && (classes.contains(frame.className()) || methods.contains(frame.qualifiedMethod()));
    }

    /** The JDK at the bottom of every stack, and lambdas of whoever started the threads, say nothing about a component. */
    private static boolean isTelling(Frame frame) {
        String name = frame.className();
        return !name.startsWith("java.")
                && !name.startsWith("jdk.")
                && !name.startsWith("sun.")
                && !name.endsWith("$$Lambda")
                && !frame.method().equals("main");
    }

    /** What its frames are indexed by. */
    public Stream<String> keys() {
        return Stream.concat(classes.stream(), methods.stream());
    }

    /** By what a stack is found that is inside of a component. */
    public static Stream<String> keys(CallStack stack) {
        return stack.frames().stream()
                .filter(Component::isTelling)
                .flatMap(frame -> Stream.of(frame.className(), frame.qualifiedMethod()));
    }
}
