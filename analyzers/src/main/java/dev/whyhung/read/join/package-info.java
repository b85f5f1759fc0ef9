/** Which dumps and recordings belong to one process, and the picture that they make together. */
@NullMarked
package dev.whyhung.read.join;

import org.jspecify.annotations.NullMarked;
