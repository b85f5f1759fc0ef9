package dev.whyhung.graph.thread;

import dev.whyhung.knowledge.Role;
import java.util.List;

/**
 * Threads that serve one queue, told by the bottom of their stacks and the common part of their names.
 *
 * @param name that part, without the number: {@code http-nio-8080-exec}
 * @param role the role of its threads
 * @param workers its threads in the examined dump, by id
 */
public record Pool(String name, Role role, List<ThreadFacts> workers) {

    private static final int SOME_SIZE = 4;

    public Pool {
        workers = List.copyOf(workers);
    }

    /** The name of a thread without the last number in it, which sets it apart from its neighbours. */
    public static String nameOf(String threadName) {
        HexNumber hex = HexNumber.of(threadName);
        return hex != null && hex.isSure() ? hex.before() : withoutDecimal(threadName);
    }

    private static String withoutDecimal(String threadName) {
        int end = threadName.length();
        while (end > 0 && !isDigit(threadName.charAt(end - 1))) {
            end--;
        }
        int start = end;
        while (start > 0 && isDigit(threadName.charAt(start - 1))) {
            start--;
        }
        while (start > 0 && "-_ #".indexOf(threadName.charAt(start - 1)) >= 0) {
            start--;
        }
        return start == 0 ? threadName : threadName.substring(0, start) + threadName.substring(end);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    public Resource resource() {
        return Resource.named(Resource.Kind.POOL, name);
    }

    /** Whether one waits for work that anybody may bring. */
    public boolean hasIdleWorker() {
        return idleWorkers() > 0;
    }

    /** Whether a tenth of them do, or more: the last few of many do not serve whoever comes for long. */
    public boolean hasRoom() {
        return idleWorkers() * 10 >= workers.size();
    }

    private long idleWorkers() {
        return workers.stream().filter(Pool::isIdleWorker).count();
    }

    /**
     * Jetty keeps some in reserve for turns at its selector: they take nothing from the queue, and are still there when all others of a
     * full pool wait for a request which nobody serves.
     */
    private static boolean isIdleWorker(ThreadFacts worker) {
        return worker.idle().filter(idle -> !idle.endsWith("-reserved")).isPresent();
    }

    public long stuckWorkers() {
        return workers.stream().filter(ThreadFacts::isStuck).count();
    }

    /** Whether it has some size, and none of its workers is idle. */
    public boolean isBusy() {
        return workers.size() >= SOME_SIZE && !hasIdleWorker();
    }

    /** Whether nearly all of them are stuck, too. */
    public boolean isTaken() {
        return isBusy() && stuckWorkers() * 10 >= workers.size() * 9L;
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
