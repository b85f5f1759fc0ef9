package dev.whyhung.diagnose.rank;

import dev.whyhung.finding.Culprit;
import dev.whyhung.finding.Finding;
import dev.whyhung.finding.Nature;
import dev.whyhung.finding.RuleInfo;
import dev.whyhung.finding.Tier;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.Node;
import dev.whyhung.graph.thread.Persistence;
import dev.whyhung.graph.thread.Resource;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.graph.thread.ThreadNode;
import dev.whyhung.graph.thread.ThreadSet;
import dev.whyhung.graph.waitfor.Reach;
import dev.whyhung.model.ThreadId;
import dev.whyhung.model.Visible;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A finding on its way to a rank: what it reaches, and the factors as they become known. */
final class Candidate {

    private static final double GUESS = .3;
    private static final double GUESSED_CAP = .74;
    private static final double GLANCE_CAP = Tier.HINT_AT_MOST;

    final Finding finding;
    /** Stuck threads that the finding explains: from each a path leads to one of its targets. */
    final ThreadSet explained;
    /** What they weigh. */
    final double weight;
    /** Every thread that reaches a target, stuck or not. */
    final Reach reach;

    final Set<Node> targets;
    /** The threads that it blames: targets, and holders of targets. */
    final Set<ThreadFacts> holders = new LinkedHashSet<>();

    double confidence;
    double explains;
    double rootness = 1;
    double impact;
    double score;

    @Nullable
    Candidate foldedUnder;

    Candidate(Finding finding, Facts facts) {
        this.finding = finding;
        targets = new LinkedHashSet<>(finding.targets());
        targets.forEach(target -> blame(target, facts));
        reach = facts.graph().reaching(finding.targets(), finding.rule().nature() != Nature.EXOGENOUS);
        explained = finding.permanent() ? reach.live() : reach.stuck();
        ThreadSet guessed = finding.permanent() ? reach.live(GUESS) : reach.stuck(GUESS);
        weight = facts.weight(explained);
        boolean needsGuess = facts.weight(guessed) * 2 > weight;
        double cap = facts.dump().isOfHeap() && !finding.permanent() ? GLANCE_CAP : needsGuess ? GUESSED_CAP : 1;
        confidence = clamp(Math.min(finding.confidence(), cap));
    }

    private void blame(Node target, Facts facts) {
        if (target instanceof ThreadNode thread) {
            facts.thread(thread.id()).ifPresent(holders::add);
        } else if (target instanceof Resource resource) {
            holders.addAll(facts.graph().holder(resource).holders());
        }
    }

    /** A finding that supports this one raises its confidence, where it is about the same. */
    void supportBy(Finding note) {
        if (note.rule().supported().contains(finding.rule().id())
                && note.resources().stream().anyMatch(finding.resources()::contains)) {
            confidence = clamp(confidence + RuleInfo.SUPPORT);
        }
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

    /**
     * Whether it explains all that the other one does, but for threads of no pool beside the requests that it explains: clients in the same
     * process, or background.
     */
    boolean coversServiceOf(Candidate other) {
        return other.explained.sizeInCommon(explained) == other.explained.size()
                || (explained.stream().anyMatch(ThreadFacts::serves)
                        && other.explained.stream()
                                .allMatch(thread -> explained.contains(thread)
                                        || (!thread.serves() && thread.pool().isEmpty())));
    }

    /** Whether most of those whom it explains wait where others were seen to get on. */
    boolean passes(Facts facts) {
        return explained.sizeInCommon(facts.passing()) * 2 > explained.size();
    }

    /** Whether most of those behind it have stood there from one dump to the other. */
    boolean waitsLong() {
        return isMost(
                explained,
                thread -> thread.persistence().isMeasured() && thread.thread().cpuNanos() >= 0);
    }

    /**
     * Whether most of the workers behind it, or of those who work for them in the end, have worked all their lives, as far as one dump
     * tells.
     */
    boolean isSeenAtWork(Facts facts) {
        if (!facts.shows(Visible.CPU_TIMES)) {
            return false;
        }
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

    /**
     * Share of this finding's holders that lead to the other finding by one step or more. Where nobody holds what is waited for,
     * the other leads on if it says why; where this finding knows of nobody to blame, it does if it names a thread that has ended.
     */
    double leadsTo(Candidate other) {
        if (finding.culprits().isEmpty() && other.blamesTheGone() && other.targets.containsAll(targets)) {
            return 1;
        }
        if (holders.isEmpty()) {
            boolean says = is(Nature.TRANSPARENT) && !other.is(Nature.TRANSPARENT);
            return says && other.targets.containsAll(targets) ? 1 : 0;
        }
        long leading = holders.stream().filter(other::isReachedBy).count();
        return (double) leading / holders.size();
    }

    /** Whether those whom it names have ended. */
    private boolean blamesTheGone() {
        return !finding.culprits().isEmpty() && finding.culprits().stream().noneMatch(Culprit::alive);
    }

    /** Whether a thread leads to it by one step or more; the members of a circle lead to each other. */
    boolean isReachedBy(ThreadFacts thread) {
        return reach.contains(thread) && (finding.knot() || !targets.contains(new ThreadNode(thread.id())));
    }

    /** Whether nearly all that the other explains is explained by this. */
    boolean covers(Candidate other, double share, Facts facts) {
        double least = share * other.weight;
        return other.weight > 0
                && weight >= least
                && explained.sizeInCommon(other.explained) > 0
                && facts.weight(explained.inCommon(other.explained)) >= least;
    }

    /** Any carrier that gets free serves everybody: a cause of which only some carriers come is not the cause. */
    boolean needsAllHolders() {
        return targets.contains(Resource.CARRIERS);
    }

    /** Distinct threads that it explains, without its culprits. */
    Crowd victims(Facts facts) {
        Set<ThreadId> culprits = new HashSet<>();
        finding.culprits().forEach(culprit -> culprits.add(culprit.id()));
        long stuck = culprits.stream()
                .flatMap(id -> facts.thread(id).stream())
                .filter(explained::contains)
                .count();
        return Crowd.without(explained, culprits::contains, (int) stuck);
    }
}
