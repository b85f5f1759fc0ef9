/** One class per rule; class name, rule id and page share one name. */
@NullMarked
package dev.whyhung.rules;

import org.jspecify.annotations.NullMarked;
