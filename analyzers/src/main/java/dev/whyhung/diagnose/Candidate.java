package dev.whyhung.diagnose;

import dev.whyhung.graph.Carriers;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.Node;
import dev.whyhung.graph.Persistence;
import dev.whyhung.graph.Resource;
import dev.whyhung.graph.ThreadFacts;
import dev.whyhung.graph.ThreadNode;
import dev.whyhung.model.ThreadId;
import dev.whyhung.rules.Culprit;
import dev.whyhung.rules.Finding;
import dev.whyhung.rules.Nature;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A finding on its way to a rank: what it reaches, and the factors as they become known. */
final class Candidate {

    private static final double GUESS = .3;
    private static final double GUESSED_CAP = .74;

    final Finding finding;
    /** Stuck threads that the finding explains: from each a path leads to one of its targets. */
    final Set<ThreadFacts> explained;
    /** Every thread that reaches a target, stuck or not. */
    final Set<ThreadFacts> reaching;

    final Set<Node> targets;
    double confidence;
    double explains;
    double rootness = 1;
    double impact;
    double score;

    @Nullable
    Candidate foldedUnder;

    Candidate(Finding finding, Facts facts) {
        this.finding = finding;
        boolean throughLocks = finding.rule().nature() != Nature.EXOGENOUS;
        Map<ThreadFacts, Double> reached = facts.graph().reaching(finding.targets(), throughLocks);
        explained = facts.noThreads();
        targets = new HashSet<>(finding.targets());
        reaching = reached.keySet();
        double guessed = 0;
        double weight = 0;
        for (Map.Entry<ThreadFacts, Double> entry : reached.entrySet()) {
            ThreadFacts thread = entry.getKey();
            if (thread.isStuck() || (finding.permanent() && !thread.isIdle() && !thread.isJvm())) {
                explained.add(thread);
                weight += thread.weight();
                guessed += entry.getValue() <= GUESS ? thread.weight() : 0;
            }
        }
        boolean needsGuess = guessed * 2 > weight;
        confidence = clamp(needsGuess ? Math.min(finding.confidence(), GUESSED_CAP) : finding.confidence());
    }

    private static double clamp(double value) {
        return Math.max(.05, Math.min(.99, value));
    }

    boolean is(Nature nature) {
        return finding.rule().nature() == nature;
    }

    double permanence() {
        return finding.permanent() ? 1 : finding.persistence().permanence();
    }

    /** Whether it names nobody since it slows every thread of the process. */
    boolean isPervasive() {
        return is(Nature.EXOGENOUS) && targets.isEmpty();
    }

    boolean moves() {
        return finding.persistence().kind() == Persistence.Kind.PROGRESS;
    }

    /** Whether most of those behind it have stood there from one dump to the other. */
    boolean waitsLong() {
        return isMost(explained, thread -> thread.persistence().isMeasured());
    }

    /**
     * Whether most of the workers behind it, or of those who work for them in the end, have worked all their lives, as far as one dump
     * tells.
     */
    boolean isSeenAtWork(Facts facts) {
        List<ThreadFacts> workers = explained.stream()
                .filter(thread -> thread.pool().isPresent() || thread.thread().isVirtual())
                .toList();
        return isMost(workers.isEmpty() ? explained : workers, ThreadFacts::hasWorked)
                || isMost(servants(facts), ThreadFacts::hasWorked);
    }

    /** Where the waits behind it end: at those who wait for nobody's work, or for a lock. */
    private Set<ThreadFacts> servants(Facts facts) {
        Set<ThreadFacts> ends = facts.noThreads();
        Set<ThreadFacts> seen = facts.noThreads();
        seen.addAll(explained);
        Set<Resource> passed = new HashSet<>();
        Deque<ThreadFacts> open = new ArrayDeque<>(explained);
        while (!open.isEmpty()) {
            ThreadFacts thread = open.remove();
            Resource resource = thread.waitsFor()
                    .resource()
                    .filter(awaited -> !awaited.kind().isExclusive())
                    .orElse(null);
            List<ThreadFacts> holders = resource == null
                    ? List.of()
                    : facts.graph().holder(resource).holders();
            if (holders.isEmpty()) {
                ends.add(thread);
            } else if (passed.add(resource)) {
                holders.stream().filter(seen::add).forEach(open::add);
            }
        }
        return ends;
    }

    private static boolean isMost(Collection<ThreadFacts> threads, Predicate<ThreadFacts> test) {
        return threads.stream().filter(test).count() * 2 > threads.size();
    }

    static double weight(Set<ThreadFacts> threads) {
        return threads.stream().mapToDouble(ThreadFacts::weight).sum();
    }

    /**
     * Share of this finding's holders that lead to the other finding by one step or more. Where nobody holds what is waited for,
     * the other leads on if it says why.
     */
    double leadsTo(Candidate other, Facts facts) {
        Set<ThreadId> holders = new HashSet<>();
        for (Node target : targets) {
            if (target instanceof ThreadNode thread) {
                holders.add(thread.id());
            } else if (target instanceof Resource resource) {
                facts.graph().holder(resource).holders().forEach(holder -> holders.add(holder.id()));
            }
        }
        if (holders.isEmpty() && is(Nature.TRANSPARENT) && !other.is(Nature.TRANSPARENT)) {
            return other.targets.containsAll(targets) ? 1 : 0;
        }
        long leading = holders.stream()
                .filter(holder ->
                        facts.thread(holder).filter(other.reaching::contains).isPresent())
                .filter(holder -> !other.targets.contains(new ThreadNode(holder)))
                .count();
        return holders.isEmpty() ? 0 : (double) leading / holders.size();
    }

    /** Any carrier that gets free serves everybody: a cause of which only some carriers come is not the cause. */
    boolean needsAllHolders() {
        return targets.contains(Carriers.RESOURCE);
    }

    /** Distinct threads that it explains, without its culprits, by id. */
    List<ThreadId> victims() {
        Set<ThreadId> culprits = new HashSet<>();
        for (Culprit culprit : finding.culprits()) {
            culprits.add(culprit.id());
        }
        return explained.stream()
                .map(ThreadFacts::id)
                .filter(id -> !culprits.contains(id))
                .sorted()
                .toList();
    }
}
