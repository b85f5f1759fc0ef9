/** Runs the rules, ranks their findings, and holds the whole result: {@link dev.whyhung.diagnose.Diagnosis}. */
@NullMarked
package dev.whyhung.diagnose;

import org.jspecify.annotations.NullMarked;
