package dev.whyhung.rules;

import dev.whyhung.graph.thread.AcquireSite;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.model.CallStack;
import dev.whyhung.model.Frame;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Threads that wait for something which, by their own stacks, they have taken before: they stand in or below a method in which others
 * acquire it, past the line where these do so.
 */
final class Reentry {

    /** Method to the first line on which somebody acquires in it. */
    private final Map<String, Integer> acquiring = new HashMap<>();

    private Reentry(Collection<ThreadFacts> acquirers) {
        for (CallStack stack : stacks(acquirers)) {
            AcquireSite.section(stack)
                    .ifPresent(frame -> acquiring.merge(frame.qualifiedMethod(), frame.line(), Math::min));
        }
    }

    private static Set<CallStack> stacks(Collection<ThreadFacts> threads) {
        Set<CallStack> stacks = new HashSet<>();
        threads.forEach(thread -> stacks.add(thread.thread().stack()));
        return stacks;
    }

    static List<ThreadFacts> among(Collection<ThreadFacts> suspects, Collection<ThreadFacts> acquirers) {
        Reentry reentry = new Reentry(acquirers);
        Set<CallStack> past = stacks(suspects);
        past.removeIf(stack -> !reentry.isPast(stack));
        return past.isEmpty()
                ? List.of()
                : suspects.stream()
                        .filter(suspect -> past.contains(suspect.thread().stack()))
                        .toList();
    }

    private boolean isPast(CallStack suspect) {
        Frame section = AcquireSite.section(suspect).orElse(null);
        if (section == null) {
            return false;
        }
        List<Frame> frames = suspect.frames();
        List<Frame> below = frames.subList(frames.indexOf(section) + 1, frames.size());
        int first = acquiring.getOrDefault(section.qualifiedMethod(), Integer.MAX_VALUE);
        return (first > 0 && first < section.line())
                || below.stream()
                        .dropWhile(frame -> isOverload(frame, section, first))
                        .anyMatch(frame -> acquiring.containsKey(frame.qualifiedMethod()));
    }

    /** It calls its sister of the same name, or is a bridge made by the compiler, and has not acquired yet. */
    private static boolean isOverload(Frame frame, Frame section, int first) {
        return frame.qualifiedMethod().equals(section.qualifiedMethod()) && frame.line() > 0 && frame.line() < first;
    }

    private static boolean starts(Frame frame) {
        return frame.method().equals("main") || frame.method().startsWith("lambda$");
    }

    /**
     * The methods of the guarded class below the one in which this thread waits, but for what starts the program, or is called back from
     * elsewhere.
     */
    static List<Frame> outerFrames(ThreadFacts thread) {
        Frame section = AcquireSite.section(thread.thread().stack()).orElse(null);
        if (section == null) {
            return List.of();
        }
        List<Frame> frames = thread.thread().stack().frames();
        return frames.subList(frames.indexOf(section) + 1, frames.size()).stream()
                .filter(frame -> frame.className().equals(section.className()) && !starts(frame))
                .toList();
    }
}
