package dev.whyhung.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a thread in a dump other than the one under examination.
 *
 * @param blockerClass class of what it waited for, or empty
 * @param blockerHash identity hash code of what it waited for, or 0
 * @param blockerAddress address of what it waited for, or 0
 * @param monitors what it held, where identity hash codes of monitors are printed, or no CPU times are
 * @param holder the thread that the dump printed as owner of what it waited for
 * @param cpuNanos CPU time used, or -1
 * @param line line of its header in the source
 */
public record Sighting(
        String name,
        CallStack stack,
        ThreadStatus status,
        String blockerClass,
        int blockerHash,
        long blockerAddress,
        List<LockMention> monitors,
        @Nullable ThreadId holder,
        long cpuNanos,
        int line) {}
