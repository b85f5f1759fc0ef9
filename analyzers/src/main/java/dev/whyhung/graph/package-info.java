/** What is derived once and shared by the rules: roles, idleness, persistence, holders, the wait-for graph. */
@NullMarked
package dev.whyhung.graph;

import org.jspecify.annotations.NullMarked;
