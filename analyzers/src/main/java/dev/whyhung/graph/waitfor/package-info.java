/** The wait-for graph: from threads to what they wait for, from that to who holds it, and who can be reached. */
@NullMarked
package dev.whyhung.graph.waitfor;

import org.jspecify.annotations.NullMarked;
