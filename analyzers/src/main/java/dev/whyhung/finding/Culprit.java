package dev.whyhung.finding;

import dev.whyhung.model.ThreadId;
import org.jspecify.annotations.Nullable;

/**
 * A thread that a finding names as the cause.
 *
 * @param alive whether the dump under examination still has it
 * @param at where it stands: the first application frame, else the first frame that is no plumbing; null if it is idle
 */
public record Culprit(
        String thread,
        ThreadId id,
        boolean virtual,
        boolean alive,
        @Nullable String at) {}
