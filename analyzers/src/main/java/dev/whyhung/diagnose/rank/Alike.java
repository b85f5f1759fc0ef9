package dev.whyhung.diagnose.rank;

import dev.whyhung.finding.Culprit;
import dev.whyhung.finding.Finding;
import dev.whyhung.graph.thread.Node;
import dev.whyhung.graph.thread.Persistence;
import dev.whyhung.graph.thread.Resource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Findings of one rule about things of one class that are taken at one place tell of one defect in the code. A few of them stand side
 * by side; a lock of its own for each of ten thousand requests is one finding.
 */
public final class Alike {

    private static final int FEW = 8;

    private Alike() {}

    /** The findings of one rule, in their order, of those that are alike no more than a few. */
    public static List<Finding> together(List<Finding> findings) {
        if (findings.size() <= FEW) {
            return findings;
        }
        Map<String, List<Finding>> alike = new LinkedHashMap<>();
        for (Finding finding : findings) {
            alike.computeIfAbsent(finding.kind() + Fingerprint.of(finding), key -> new ArrayList<>())
                    .add(finding);
        }
        return alike.values().stream()
                .flatMap(group -> (group.size() > FEW ? List.of(merged(group)) : group).stream())
                .toList();
    }

    /** Told by the first of them, and no surer than the least of them. */
    private static Finding merged(List<Finding> group) {
        Finding first = group.get(0);
        Set<Culprit> culprits = all(group, Finding::culprits);
        Set<Resource> resources = all(group, Finding::resources);
        Set<Node> targets = all(group, Finding::targets);
        return new Finding(
                first.rule(),
                first.kind(),
                first.headline() + ", and " + (group.size() - 1) + " times more at the same place",
                first.explanation(),
                List.copyOf(culprits),
                List.copyOf(resources),
                List.copyOf(targets),
                group.stream().mapToDouble(Finding::confidence).min().orElse(0),
                group.stream().allMatch(Finding::permanent),
                group.stream().allMatch(Finding::knot),
                group.stream().allMatch(Finding::printed),
                group.stream().anyMatch(Finding::background),
                weakest(group),
                first.site(),
                first.evidence(),
                first.chain(),
                first.fixes(),
                first.captureNext());
    }

    private static <T> Set<T> all(List<Finding> group, Function<Finding, Collection<T>> part) {
        Set<T> all = new LinkedHashSet<>();
        group.forEach(finding -> all.addAll(part.apply(finding)));
        return all;
    }

    private static Persistence weakest(List<Finding> group) {
        Persistence weakest = group.get(0).persistence();
        for (Finding finding : group) {
            if (finding.persistence().permanence() < weakest.permanence()) {
                weakest = finding.persistence();
            }
        }
        return weakest;
    }
}
