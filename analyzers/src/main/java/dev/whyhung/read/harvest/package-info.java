/** What readers of formats bring in: frames, stacks, states, and what was left out. */
@NullMarked
package dev.whyhung.read.harvest;

import org.jspecify.annotations.NullMarked;
