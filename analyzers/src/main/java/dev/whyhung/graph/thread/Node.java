package dev.whyhung.graph.thread;

/** A node of the wait-for graph: a thread, or something that threads wait for. */
public sealed interface Node permits ThreadNode, Resource {}
