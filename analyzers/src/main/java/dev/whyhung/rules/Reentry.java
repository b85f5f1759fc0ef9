package dev.whyhung.rules;

import dev.whyhung.graph.AcquireSite;
import dev.whyhung.graph.ThreadFacts;
import dev.whyhung.model.Frame;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Threads that wait for something which, by their own stacks, they have taken before: they stand in or below a method in which others
 * acquire it, past the line where these do so.
 */
final class Reentry {

    /** Method to the first line on which somebody acquires in it. */
    private final Map<String, Integer> acquiring = new HashMap<>();

    private Reentry(Collection<ThreadFacts> acquirers) {
        for (ThreadFacts acquirer : acquirers) {
            AcquireSite.section(acquirer)
                    .ifPresent(frame -> acquiring.merge(frame.qualifiedMethod(), frame.line(), Math::min));
        }
    }

    static List<ThreadFacts> among(Collection<ThreadFacts> suspects, Collection<ThreadFacts> acquirers) {
        Reentry reentry = new Reentry(acquirers);
        return suspects.stream().filter(reentry::isPast).toList();
    }

    private boolean isPast(ThreadFacts suspect) {
        Frame section = AcquireSite.section(suspect).orElse(null);
        if (section == null) {
            return false;
        }
        List<Frame> frames = suspect.thread().stack().frames();
        List<Frame> below = frames.subList(frames.indexOf(section) + 1, frames.size());
        int first = acquiring.getOrDefault(section.qualifiedMethod(), Integer.MAX_VALUE);
        return (first > 0 && first < section.line())
                || below.stream().anyMatch(frame -> acquiring.containsKey(frame.qualifiedMethod()));
    }

    /** The frames of the guarded class below the one in which this thread waits. */
    static List<Frame> outerFrames(ThreadFacts thread) {
        Frame section = AcquireSite.section(thread).orElse(null);
        if (section == null) {
            return List.of();
        }
        List<Frame> frames = thread.thread().stack().frames();
        return frames.subList(frames.indexOf(section) + 1, frames.size()).stream()
                .filter(frame -> frame.className().equals(section.className()))
                .toList();
    }
}
