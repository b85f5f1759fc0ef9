package dev.whyhung.graph.holder;

import dev.whyhung.graph.thread.AcquireSite;
import dev.whyhung.graph.thread.Component;
import dev.whyhung.graph.thread.Holder;
import dev.whyhung.graph.thread.Resource;
import dev.whyhung.graph.thread.StackGroups;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.graph.thread.Wait;
import dev.whyhung.model.CallStack;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Who may hold what has no recorded owner: the read side of a read-write lock, a semaphore, a stamped lock; who may yet count a latch
 * down, come to a barrier, signal a condition. It is a live thread that stands in the component which acquires the thing and does not
 * itself wait for it. With such a thread the thing is held, and what that thread does is the story; without, nobody is left to give
 * it back.
 */
final class PlausibleHolders {

    /** More of them would say nothing, and edges shall grow with threads, not with their square. */
    private static final int MOST = 64;

    /** So many waits at one place for things of their own are how the code works, not a few locks that happen to have one waiter. */
    private static final int MANY = 16;

    private static final double SAME_COMPONENT = .6;
    private static final double MAY_SIGNAL = .3;

    private final Set<String> starting;
    private final Map<CallStack, List<ThreadFacts>> live = new LinkedHashMap<>();
    private final List<ThreadFacts> accepting = new ArrayList<>();
    /** How many threads with this stack wait for something that nobody else waits for. */
    private final Map<CallStack, Integer> ownWaits = new HashMap<>();

    private final Map<String, Set<CallStack>> stacksByFrame = new HashMap<>();
    private final Map<String, Set<CallStack>> stacksThrough = new HashMap<>();
    private final Map<Inside, Map<CallStack, List<ThreadFacts>>> inside = new HashMap<>();

    /** Who is inside a component and may hold a thing of this kind. */
    private record Inside(Component component, Resource.Kind kind) {}

    PlausibleHolders(List<ThreadFacts> threads, StackGroups stacks, Collection<List<ThreadFacts>> waits) {
        for (ThreadFacts thread : threads) {
            if (thread.idle().filter("accept"::equals).isPresent()) {
                accepting.add(thread);
            }
            if (!thread.isIdle() && !thread.isJvm()) {
                live.computeIfAbsent(thread.thread().stack(), key -> new ArrayList<>())
                        .add(thread);
            }
        }
        live.keySet().forEach(this::index);
        starting = Connections.startingClasses(stacks.stacks().stream());
        for (List<ThreadFacts> waiting : waits) {
            if (waiting.size() == 1) {
                ownWaits.merge(waiting.get(0).thread().stack(), 1, Integer::sum);
            }
        }
    }

    private void index(CallStack stack) {
        Component.keys(stack)
                .forEach(key -> stacksByFrame
                        .computeIfAbsent(key, unused -> new LinkedHashSet<>())
                        .add(stack));
    }

    Holder of(Resource resource, List<ThreadFacts> waiting) {
        Component component = Component.of(waiting);
        List<ThreadFacts> others = others(resource, waiting, component);
        if (others.isEmpty() && resource.kind() == Resource.Kind.SYNCHRONIZER) {
            others = accepting.stream()
                    .filter(thread -> AcquireSite.sharesSection(thread, waiting.get(0)))
                    .toList();
        }
        if (!others.isEmpty()) {
            double certainty = resource.kind() == Resource.Kind.CONDITION ? MAY_SIGNAL : SAME_COMPONENT;
            return new Holder.Inferred(others, "stands in the code that uses it and does not wait for it", certainty);
        }
        return new Holder.NotOwnable("its holders are not recorded");
    }

    private List<ThreadFacts> others(Resource resource, List<ThreadFacts> waiting, Component component) {
        Set<CallStack> sameWait = new HashSet<>();
        if (isOnePerWait(resource.kind()) || isOneEach(waiting)) {
            waiting.forEach(waiter -> sameWait.add(waiter.thread().stack()));
        }
        Set<String> places = new HashSet<>();
        if (isOnePerWait(resource.kind())) {
            waiting.forEach(waiter -> places.add(waiter.whereText()));
        }
        Component narrow = component.narrowedBy(starting, waiting);
        boolean whole = narrow.equals(component);
        Set<String> groups = new HashSet<>();
        if (!whole) {
            waiting.forEach(waiter -> groups.add(waiter.stem()));
        }
        List<ThreadFacts> others = new ArrayList<>();
        Inside here = new Inside(component, resource.kind());
        for (Map.Entry<CallStack, List<ThreadFacts>> each :
                inside.computeIfAbsent(here, this::find).entrySet()) {
            CallStack stack = each.getKey();
            if (others.size() == MOST) {
                break;
            }
            if (!sameWait.contains(stack)) {
                boolean near = whole || narrow.contains(stack);
                each.getValue().stream()
                        .filter(thread -> !waitsFor(thread, resource))
                        .filter(thread -> !waitsAlike(thread, resource, places))
                        .filter(thread -> resource.kind() != Resource.Kind.PERMITS
                                || !restsBeside(thread, waiting.get(0), component))
                        .filter(thread -> near || groups.contains(thread.stem()))
                        .limit(MOST - others.size())
                        .forEach(others::add);
            }
        }
        others.sort((one, other) -> one.id().compareTo(other.id()));
        return others;
    }

    /** Threads inside a method that takes this very thing and keeps it, but for those that wait for it there. */
    List<ThreadFacts> inSection(Resource resource, List<ThreadFacts> waiting) {
        return sections(waiting).stream()
                .flatMap(method -> stacksThrough.computeIfAbsent(method, this::through).stream())
                .distinct()
                .flatMap(stack -> live.getOrDefault(stack, List.of()).stream())
                .filter(thread -> !waitsFor(thread, resource))
                .limit(MOST)
                .toList();
    }

    /** Methods of the JDK are in no index. */
    private Set<CallStack> through(String method) {
        Set<CallStack> indexed = stacksByFrame.get(method);
        if (indexed != null) {
            return indexed;
        }
        int dot = method.lastIndexOf('.');
        String className = method.substring(0, dot);
        String name = method.substring(dot + 1);
        Set<CallStack> through = new LinkedHashSet<>();
        for (CallStack stack : live.keySet()) {
            if (stack.frames().stream()
                    .anyMatch(frame ->
                            frame.method().equals(name) && frame.className().equals(className))) {
                through.add(stack);
            }
        }
        return through;
    }

    static Set<String> sections(List<ThreadFacts> waiting) {
        Set<String> sections = new LinkedHashSet<>();
        waiting.stream()
                .map(waiter -> waiter.thread().stack())
                .distinct()
                .limit(MOST)
                .flatMap(stack -> AcquireSite.section(stack).stream())
                .forEach(frame -> sections.add(frame.qualifiedMethod()));
        return sections;
    }

    private static boolean waitsFor(ThreadFacts thread, Resource resource) {
        return thread.blockedOn().filter(resource::equals).isPresent();
    }

    /** At the same line of the application, wherever that was called from, for another thing of the kind. */
    private static boolean waitsAlike(ThreadFacts thread, Resource resource, Set<String> places) {
        return !places.isEmpty()
                && thread.blockedOn()
                        .filter(other -> other.kind() == resource.kind())
                        .isPresent()
                && places.contains(thread.whereText());
    }

    /** Lets time pass between two rounds of a loop of its own, beside the method that acquires: who accepts, and has others serve. */
    private static boolean restsBeside(ThreadFacts thread, ThreadFacts waiter, Component component) {
        return thread.waitsFor().kind() == Wait.Kind.SLEEP
                && thread.reading().isEntry()
                && thread.reading()
                        .appFrame()
                        .filter(loop -> !component.methods().contains(loop.qualifiedMethod())
                                && waiter.reading()
                                        .appFrame()
                                        .filter(acquires ->
                                                acquires.outerClass().equals(loop.outerClass()))
                                        .isEmpty())
                        .isPresent();
    }

    /**
     * Of threads with one stack. A lock may be kept by a consumer at rest; a permit or a signal does not come from one, but does from who
     * is throttled for a time.
     */
    private static List<ThreadFacts> mayHold(List<ThreadFacts> threads, Resource.Kind kind) {
        boolean all = kind == Resource.Kind.SYNCHRONIZER
                || threads.isEmpty()
                || !threads.get(0).reading().mayBePassive();
        return all
                ? threads
                : threads.stream()
                        .filter(thread -> thread.waitsFor().kind() == Wait.Kind.SLEEP
                                || thread.reading().passive(thread.name()).isEmpty())
                        .toList();
    }

    /** Latches and conditions are often made for one wait: who waits at the same place for another does not help. */
    private static boolean isOnePerWait(Resource.Kind kind) {
        return kind == Resource.Kind.LATCH || kind == Resource.Kind.CONDITION;
    }

    /** Where many wait at one place for a thing of their own each, none of them has another's. */
    private boolean isOneEach(List<ThreadFacts> waiting) {
        return waiting.size() == 1
                && ownWaits.getOrDefault(waiting.get(0).thread().stack(), 0) >= MANY;
    }

    private Map<CallStack, List<ThreadFacts>> find(Inside inside) {
        Set<CallStack> stacks = new LinkedHashSet<>();
        Stream.of(inside.component().classes(), inside.component().methods())
                .flatMap(Set::stream)
                .forEach(name -> stacks.addAll(stacksByFrame.getOrDefault(name, Set.of())));
        Map<CallStack, List<ThreadFacts>> found = new LinkedHashMap<>();
        for (CallStack stack : stacks) {
            List<ThreadFacts> holding = mayHold(live.getOrDefault(stack, List.of()), inside.kind());
            if (!holding.isEmpty()) {
                found.put(stack, holding);
            }
        }
        return found;
    }
}
