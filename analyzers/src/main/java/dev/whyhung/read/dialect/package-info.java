/** Dumps as other JVMs, servers and tools print them. */
@NullMarked
package dev.whyhung.read.dialect;

import org.jspecify.annotations.NullMarked;
