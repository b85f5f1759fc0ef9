/** One class per dump format, and the way from files to {@link dev.whyhung.model.Evidence}. */
@NullMarked
package dev.whyhung.read;

import org.jspecify.annotations.NullMarked;
