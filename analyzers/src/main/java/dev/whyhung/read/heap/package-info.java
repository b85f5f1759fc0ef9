/** The threads and locks within a heap dump. */
@NullMarked
package dev.whyhung.read.heap;

import org.jspecify.annotations.NullMarked;
