/** What was observed, as plain records: dumps, threads, frames, locks, and what each format could have shown. */
@NullMarked
package dev.whyhung.model;

import org.jspecify.annotations.NullMarked;
