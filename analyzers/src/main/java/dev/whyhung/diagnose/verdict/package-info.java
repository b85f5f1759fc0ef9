/** Hung, degraded, healthy, or not to be told. */
@NullMarked
package dev.whyhung.diagnose.verdict;

import org.jspecify.annotations.NullMarked;
