package dev.whyhung.diagnose.view;

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
 * @param up for {@link Kind#CYCLE}: how many levels above this node the one stands on which it closes; else 0
 * @param children what waits for it, most threads first
 */
public record BlockerTree(
        Kind kind,
        String label,
        String detail,
        int threads,
        int waiting,
        boolean culprit,
        int up,
        List<BlockerTree> children) {

    /** What a node of the tree is. */
    public enum Kind {
        RESOURCE,
        THREADS,
        /** The tree closes to a cycle here: this waiter, or what it holds, stands above. */
        CYCLE,
        /** A resource with several holders that stands with another of them. */
        ELSEWHERE
    }

    public BlockerTree {
        children = List.copyOf(children);
    }
}
