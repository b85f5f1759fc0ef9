/** What each thread waits for, and who holds it or is to bring it. */
@NullMarked
package dev.whyhung.graph.holder;

import org.jspecify.annotations.NullMarked;
