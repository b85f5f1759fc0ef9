/** Bytes, lines and numbers as they come in, and how much of them is read. */
@NullMarked
package dev.whyhung.read.bytes;

import org.jspecify.annotations.NullMarked;
