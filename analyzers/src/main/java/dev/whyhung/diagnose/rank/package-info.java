/** Which finding is the cause: what each explains, how sure it is, which follow from another. */
@NullMarked
package dev.whyhung.diagnose.rank;

import org.jspecify.annotations.NullMarked;
