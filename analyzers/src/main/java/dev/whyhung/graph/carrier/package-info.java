/** The carriers of virtual threads: which there are, what they are taken by, what they did. */
@NullMarked
package dev.whyhung.graph.carrier;

import org.jspecify.annotations.NullMarked;
