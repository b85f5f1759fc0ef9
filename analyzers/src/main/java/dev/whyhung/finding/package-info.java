/** What rules say: a finding, its culprits, its evidence and what to do about it. */
@NullMarked
package dev.whyhung.finding;

import org.jspecify.annotations.NullMarked;
