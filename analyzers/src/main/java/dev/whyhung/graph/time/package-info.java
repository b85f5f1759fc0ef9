/** What came before: how far threads got between the dumps, and what recordings tell of them. */
@NullMarked
package dev.whyhung.graph.time;

import org.jspecify.annotations.NullMarked;
