/** The command line: the only part that prints, exits and reads the environment. */
@NullMarked
package dev.whyhung.cli;

import org.jspecify.annotations.NullMarked;
