package dev.whyhung.graph.thread;

import dev.whyhung.knowledge.Role;
import dev.whyhung.knowledge.StackReading;
import org.jspecify.annotations.Nullable;

/**
 * What is derived of a thread by itself: one object for the many threads of a dump of which the same is known.
 *
 * @param stem its name without the number
 * @param idle the idle signature that it matches, or null
 * @param spin where it has burnt CPU, or null
 * @param frozen whether it could run and has got no CPU for a while
 */
public record Traits(
        String stem,
        StackReading reading,
        Role role,
        @Nullable String idle,
        Wait waitsFor,
        @Nullable Spin spin,
        boolean frozen) {}
