package dev.whyhung.scorecard;

import dev.whyhung.fixtures.Run;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What is right about some captures.
 *
 * @param causes for each thing that is wrong with the process the rules that name it rightly; none: the process is healthy
 * @param mayBeSilent whether finding nothing of weight is right: a healthy process, or captures that hide what is wrong
 * @param consequences rules that are right to be there as well
 * @param forbidden rules that must not be found with any weight
 * @param cannotKnow the rules that must say what these captures cannot show
 */
record Truth(
        List<Set<String>> causes,
        boolean mayBeSilent,
        Set<String> consequences,
        Set<String> forbidden,
        Set<String> cannotKnow) {

    static Truth of(Run run) {
        Set<String> top = new HashSet<>(run.top());
        boolean silent = top.remove(Run.NONE) || top.isEmpty();
        return new Truth(
                top.isEmpty() ? List.of() : List.of(top),
                silent,
                Set.copyOf(run.also()),
                Set.copyOf(run.forbid()),
                Set.copyOf(run.cannotKnow()));
    }

    /**
     * Both at once in one process: what one forbids may be right for the other, and what need not be told alone need not be told
     * beside another fault.
     */
    static Truth ofBoth(Truth one, Truth other) {
        List<Set<String>> causes = new ArrayList<>();
        Set<String> consequences = union(one.consequences, other.consequences);
        for (Truth half : List.of(one, other)) {
            if (half.mayBeSilent) {
                half.causes.forEach(consequences::addAll);
            } else {
                causes.addAll(half.causes);
            }
        }
        Set<String> forbidden = union(one.forbidden, other.forbidden);
        forbidden.removeIf(rule -> one.allows(rule) || other.allows(rule));
        return new Truth(
                causes,
                one.mayBeSilent && other.mayBeSilent,
                consequences,
                forbidden,
                union(one.cannotKnow, other.cannotKnow));
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        Set<String> union = new HashSet<>(one);
        union.addAll(other);
        return union;
    }

    boolean isHealthy() {
        return causes.isEmpty();
    }

    boolean names(String rule) {
        return causes.stream().anyMatch(cause -> cause.contains(rule));
    }

    boolean allows(String rule) {
        return names(rule) || consequences.contains(rule);
    }

    /** Whether the rule is known to be wrong here; of a rule that is neither allowed nor denied nothing is known. */
    boolean denies(String rule) {
        return forbidden.contains(rule) || (isHealthy() && !consequences.contains(rule));
    }
}
