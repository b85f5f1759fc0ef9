/** Knowledge as data: idle signatures, thread roles, blocking calls, libraries, synchronizer classes. */
@NullMarked
package dev.whyhung.knowledge;

import org.jspecify.annotations.NullMarked;
