package dev.whyhung.graph;

import dev.whyhung.knowledge.Role;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Threads that serve one queue, told by the bottom of their stacks and the common part of their names.
 *
 * @param name that part, without the number: {@code http-nio-8080-exec}
 * @param role the role of its threads
 * @param workers its threads in the examined dump, by id
 */
public record Pool(String name, Role role, List<ThreadFacts> workers) {

    private static final Pattern LAST_NUMBER = Pattern.compile("^(.*?)[-_ #]*\\d+(\\D*)$", Pattern.DOTALL);

    public Pool {
        workers = List.copyOf(workers);
    }

    /** The name of a thread without the number that sets it apart from its neighbours. */
    public static String nameOf(String threadName) {
        Matcher matcher = LAST_NUMBER.matcher(threadName);
        return matcher.matches() ? matcher.group(1) + matcher.group(2) : threadName;
    }

    public Resource resource() {
        return Resource.named(Resource.Kind.POOL, name);
    }

    public boolean hasIdleWorker() {
        return workers.stream().anyMatch(ThreadFacts::isIdle);
    }

    public long stuckWorkers() {
        return workers.stream().filter(ThreadFacts::isStuck).count();
    }

    public boolean isRequestPool() {
        return role.is("REQUEST");
    }

    /** Without the lists of threads, which know their pool. */
    @Override
    public String toString() {
        return name + " (" + workers.size() + " threads)";
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
