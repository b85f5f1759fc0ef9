package dev.whyhung.diagnose;

import java.util.List;

/**
 * The wait-for graph as a tree to read from the cause down: a resource or a group of threads, and below it whoever waits for it.
 *
 * @param kind what this node is
 * @param label text of the node, hostile names included
 * @param detail where the threads stand, who holds the resource; or empty
 * @param threads number of threads in this node, 0 for a resource
 * @param waiting number of threads below this node
 * @param culprit whether a finding of medium or higher names it
 * @param children what waits for it, most threads first
 */
public record BlockerTree(
        Kind kind, String label, String detail, int threads, int waiting, boolean culprit, List<BlockerTree> children) {

    /** What a node of the tree is. */
    public enum Kind {
        RESOURCE,
        THREADS,
        /** A node that stands above already: the tree closes to a cycle here. */
        CYCLE
    }

    public BlockerTree {
        children = List.copyOf(children);
    }
}
