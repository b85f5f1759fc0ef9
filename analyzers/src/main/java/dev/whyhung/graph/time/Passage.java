package dev.whyhung.graph.time;

import dev.whyhung.graph.thread.Persistence;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.knowledge.Knowledge;
import dev.whyhung.model.CallStack;
import dev.whyhung.model.Frame;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Places that threads pass through. Two dumps without CPU figures show a worker in the same call twice, whether it is the same wait or
 * the next one. Where others stood in that call as well and have got on since, the call returns, and the wait counts as seen once. How
 * the server or the pool came to call the application makes no difference.
 */
public final class Passage {

    private final Before before;
    private final Knowledge knowledge;
    private final Set<CallStack> left = new HashSet<>();
    private final Map<CallStack, Boolean> passed = new HashMap<>();

    public Passage(Before before, Knowledge knowledge) {
        this.before = before;
        this.knowledge = knowledge;
    }

    public void judge(List<ThreadFacts> threads) {
        if (before.isNothing()) {
            return;
        }
        threads.stream()
                .filter(Passage::hasMoved)
                .flatMap(thread -> before.of(thread.thread()).stream())
                .forEach(sighting -> left.add(sighting.stack()));
        left.addAll(before.leftByEnded(threads));
        left.addAll(renewed(threads));
        threads.stream()
                .filter(thread -> thread.thread().cpuNanos() < 0)
                .filter(thread -> passed.computeIfAbsent(thread.thread().stack(), this::isLeft))
                .forEach(ThreadFacts::markPassing);
    }

    /** Threads of the JVM and of native code, which have no frames, are not those virtual threads that have none yet. */
    private static boolean hasMoved(ThreadFacts thread) {
        boolean framed = !thread.thread().stack().isEmpty() || thread.thread().isVirtual();
        return thread.persistence().kind() == Persistence.Kind.PROGRESS && framed;
    }

    /** Where at least half of those who stand there do so anew: of one of them, a collection may have moved the object that tells it. */
    private static Set<CallStack> renewed(List<ThreadFacts> threads) {
        Map<CallStack, Integer> more = new HashMap<>();
        threads.stream()
                .filter(thread -> thread.thread().cpuNanos() < 0)
                .filter(thread -> !thread.thread().stack().isEmpty())
                .filter(thread -> thread.persistence().kind() != Persistence.Kind.PROGRESS)
                .forEach(thread -> more.merge(thread.thread().stack(), thread.isPassing() ? 1 : -1, Integer::sum));
        more.values().removeIf(count -> count < 0);
        return more.keySet();
    }

    private boolean isLeft(CallStack stack) {
        int call = call(stack);
        return left.contains(stack) || (call > 0 && left.stream().anyMatch(other -> stack.sameTop(other, call)));
    }

    /** Of how many frames the call consists, down to the last one of the application. */
    private int call(CallStack stack) {
        int shown = 0;
        int call = 0;
        for (Frame frame : stack.frames()) {
            if (!frame.isHidden()) {
                shown++;
                call = knowledge.isApplication(frame.className()) ? shown : call;
            }
        }
        return call;
    }
}
