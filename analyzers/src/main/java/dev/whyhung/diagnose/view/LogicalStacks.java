package dev.whyhung.diagnose.view;

import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.model.ThreadContainer;
import dev.whyhung.model.ThreadId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The stack of a task as its programmer thinks of it: library frames folded, and above the first call of its thread, the scope that it
 * belongs to with the stack of the thread which opened that scope, and so on up to a thread that belongs to none.
 */
final class LogicalStacks {

    private static final int DEEPEST = 16;

    private final Facts facts;
    private final Folding folding;

    LogicalStacks(Facts facts, Folding folding) {
        this.facts = facts;
        this.folding = folding;
    }

    /**
     * Lines, top of stack first: a frame, a run of library frames that begins with {@link CallTree#FOLDED}, or {@code in} and the
     * container that the frames before it belong to.
     */
    List<String> of(ThreadFacts thread) {
        List<String> lines = new ArrayList<>();
        Set<ThreadId> seen = new HashSet<>();
        ThreadFacts at = thread;
        while (at != null && seen.size() < DEEPEST && seen.add(at.id())) {
            lines.addAll(folding.of(at.thread().stack().frames()));
            at = submitter(at.thread().container(), lines);
        }
        return lines;
    }

    /** The thread that opened the nearest scope around a container. */
    private @Nullable ThreadFacts submitter(@Nullable ThreadContainer of, List<String> lines) {
        ThreadContainer container = of;
        while (container != null && !container.isRoot()) {
            ThreadId owner = container.owner();
            ThreadFacts submitter = owner == null ? null : facts.thread(owner).orElse(null);
            lines.add("in " + container.label()
                    + (submitter == null
                            ? ""
                            : ", opened by \"" + submitter.name() + "\" #"
                                    + submitter.id().text()));
            if (submitter != null) {
                return submitter;
            }
            container = container.parent();
        }
        return null;
    }
}
