/**
 * One class per rule, listed in {@link dev.whyhung.rules.Rules}; class name, rule id and page share one name. Beside them stand what a
 * rule returns, {@link dev.whyhung.finding.Finding} and its parts, and what several rules share.
 */
@NullMarked
package dev.whyhung.rules;

import org.jspecify.annotations.NullMarked;
