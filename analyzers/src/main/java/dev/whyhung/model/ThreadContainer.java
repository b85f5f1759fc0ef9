package dev.whyhung.model;

import org.jspecify.annotations.Nullable;

/**
 * What a thread belongs to since JDK 21: an executor, or the scope of a {@code StructuredTaskScope}. Threads of one dump share
 * the instance.
 *
 * @param name as printed: {@code java.util.concurrent.ThreadPoolExecutor@1a2b}, {@code price-scope/jdk.internal.misc…}; or
 *     {@code <root>}
 * @param parent the container inside which it was opened; null for the root
 * @param owner the thread that opened a scope and waits in its join; null for an executor
 */
public record ThreadContainer(
        String name,
        @Nullable ThreadContainer parent,
        @Nullable ThreadId owner) {

    public static final String ROOT = "<root>";

    public boolean isRoot() {
        return name.equals(ROOT);
    }

    /** How many containers are around it. */
    public int depth() {
        int depth = 0;
        for (ThreadContainer around = parent; around != null; around = around.parent()) {
            depth++;
        }
        return depth;
    }

    /** Whether it is a pool of workers: an executor that does not start a thread for each task. */
    public boolean isPool() {
        return !isRoot() && !isScope() && !startsThreadPerTask();
    }

    public boolean startsThreadPerTask() {
        return name.contains(".ThreadPerTaskExecutor");
    }

    /** {@code price-scope}, {@code ThreadPoolExecutor@1a2b}, {@code ForkJoinPool-1}: what people call it. */
    public String label() {
        int slash = name.indexOf('/');
        return slash > 0 ? name.substring(0, slash) : name.substring(name.lastIndexOf('.') + 1);
    }

    /** Whether it is a scope whose owner waits for its threads. */
    public boolean isScope() {
        return owner != null;
    }

    /** Of the name alone, which tells containers apart without a walk to the root. */
    @Override
    public int hashCode() {
        return name.hashCode();
    }
}
