package dev.whyhung.rules;

import dev.whyhung.model.ThreadId;
import org.jspecify.annotations.Nullable;

/**
 * A thread that a finding names as the cause.
 *
 * @param alive whether the dump under examination still has it
 * @param at the application frame where it stands, or null if it is not in application code
 */
public record Culprit(
        String thread,
        ThreadId id,
        boolean virtual,
        boolean alive,
        @Nullable String at) {}
