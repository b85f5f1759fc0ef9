/** Whether a thread is stuck, at rest, or gets on. */
@NullMarked
package dev.whyhung.graph.judgement;

import org.jspecify.annotations.NullMarked;
