/** What is known of a thread, and of what it waits for and who holds it. */
@NullMarked
package dev.whyhung.graph.thread;

import org.jspecify.annotations.NullMarked;
