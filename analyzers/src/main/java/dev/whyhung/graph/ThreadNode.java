package dev.whyhung.graph;

import dev.whyhung.model.ThreadId;

/** A thread as a node of the wait-for graph. */
public record ThreadNode(ThreadId id) implements Node {}
