package dev.whyhung.rules;

import dev.whyhung.finding.Finding;
import dev.whyhung.finding.RuleInfo;
import dev.whyhung.graph.Facts;
import java.util.List;

/** Looks for one fault. Stateless: it states what it needs, takes the facts and returns what it found, if anything. */
public interface Rule {

    RuleInfo info();

    /** The findings, in an order that depends on the facts alone; empty if all is clear. */
    List<Finding> examine(Facts facts);
}
