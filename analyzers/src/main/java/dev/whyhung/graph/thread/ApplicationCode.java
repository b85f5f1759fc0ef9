package dev.whyhung.graph.thread;

import dev.whyhung.knowledge.Knowledge;
import dev.whyhung.model.CallStack;
import dev.whyhung.model.Frame;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The threads at work, by the classes and methods of the application on their stacks. */
public final class ApplicationCode {

    private final Knowledge knowledge;
    private final List<ThreadFacts> threads;
    private final Map<CallStack, List<ThreadFacts>> live = new HashMap<>();
    private final Map<String, Set<CallStack>> byClass = new HashMap<>();
    private final Map<String, Set<CallStack>> byMethod = new HashMap<>();

    public ApplicationCode(List<ThreadFacts> threads, Knowledge knowledge) {
        this.knowledge = knowledge;
        this.threads = threads;
        for (ThreadFacts thread : threads) {
            if (!thread.isIdle() && !thread.isJvm()) {
                live.computeIfAbsent(thread.thread().stack(), key -> new ArrayList<>())
                        .add(thread);
            }
        }
        for (CallStack stack : live.keySet()) {
            List<Frame> frames = framesOf(stack);
            index(byClass, stack, frames, Frame::className);
            index(byMethod, stack, frames, Frame::qualifiedMethod);
        }
    }

    private static void index(
            Map<String, Set<CallStack>> index, CallStack stack, List<Frame> frames, Function<Frame, String> key) {
        frames.forEach(frame -> index.computeIfAbsent(key.apply(frame), unused -> new LinkedHashSet<>())
                .add(stack));
    }

    /** But for generated ones, and for methods that only run something. */
    public List<Frame> framesOf(CallStack stack) {
        return stack.frames().stream()
                .filter(frame -> knowledge.isApplication(frame.className()))
                .filter(frame -> !frame.className().contains("$$Lambda") && !NO_PLACE.contains(frame.method()))
                .toList();
    }

    private static final Set<String> NO_PLACE = Set.of("main", "run", "call", "get", "accept", "apply");

    /** Who is inside one of these classes. */
    public ThreadSet inClasses(Set<String> classes) {
        return at(byClass, classes);
    }

    /** Who is inside one of these methods. */
    public ThreadSet inMethods(Set<String> methods) {
        return at(byMethod, methods);
    }

    private ThreadSet at(Map<String, Set<CallStack>> index, Set<String> places) {
        Set<CallStack> stacks = new LinkedHashSet<>();
        places.forEach(place -> stacks.addAll(index.getOrDefault(place, Set.of())));
        ThreadSet found = new ThreadSet(threads);
        stacks.forEach(stack -> found.addAll(live.getOrDefault(stack, List.of())));
        return found;
    }
}
