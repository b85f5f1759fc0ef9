/** HotSpot's own text, of {@code jstack}, {@code jcmd Thread.print} and {@code kill -3}, alone or within a log. */
@NullMarked
package dev.whyhung.read.hotspot;

import org.jspecify.annotations.NullMarked;
