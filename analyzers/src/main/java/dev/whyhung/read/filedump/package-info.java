/** What {@code jcmd Thread.dump_to_file} and its companions for virtual threads write. */
@NullMarked
package dev.whyhung.read.filedump;

import org.jspecify.annotations.NullMarked;
