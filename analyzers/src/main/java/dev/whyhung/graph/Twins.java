package dev.whyhung.graph;

import dev.whyhung.graph.thread.NameStems;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.knowledge.Knowledge;
import dev.whyhung.model.CallStack;
import dev.whyhung.model.Evidence;
import dev.whyhung.model.ThreadContainer;
import dev.whyhung.model.ThreadId;
import dev.whyhung.model.ThreadSnapshot;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Threads that nothing but their ids and the numbers in their names tell apart, in a dump that is all there is: what is known of one is
 * known of the other. Of each stack, the latest thread is remembered.
 */
final class Twins {

    private final boolean possible;
    private final Set<ThreadId> owners = new HashSet<>();
    private final Map<CallStack, ThreadFacts> latest = new HashMap<>();

    Twins(Evidence evidence, Knowledge knowledge) {
        possible = evidence.others().isEmpty() && evidence.recordings().isEmpty() && !knowledge.tellsNumbersApart();
        for (ThreadSnapshot thread : evidence.focus().threads()) {
            ThreadContainer container = thread.container();
            if (container != null && container.owner() != null) {
                owners.add(container.owner());
            }
        }
    }

    void add(ThreadFacts facts) {
        ThreadSnapshot thread = facts.thread();
        if (possible && mayHaveTwin(thread) && !thread.stack().runsClassInitializer()) {
            latest.put(thread.stack(), facts);
        }
    }

    @Nullable
    ThreadFacts of(ThreadSnapshot thread) {
        ThreadFacts known = possible ? latest.get(thread.stack()) : null;
        return known != null && mayHaveTwin(thread) && areAlike(known.thread(), thread) ? known : null;
    }

    /** Times and mounts are its own, and the tasks of the scopes that it has opened. */
    private boolean mayHaveTwin(ThreadSnapshot thread) {
        return thread.cpuNanos() < 0
                && thread.elapsedNanos() < 0
                && thread.mount() == null
                && !owners.contains(thread.id());
    }

    private static boolean areAlike(ThreadSnapshot one, ThreadSnapshot other) {
        return one.kind() == other.kind()
                && one.status() == other.status()
                && one.daemon() == other.daemon()
                && one.locks().equals(other.locks())
                && Objects.equals(one.container(), other.container())
                && NameStems.differByNumber(one.name(), other.name());
    }
}
