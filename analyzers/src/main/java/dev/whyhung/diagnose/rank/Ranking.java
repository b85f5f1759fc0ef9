package dev.whyhung.diagnose.rank;

import dev.whyhung.finding.Finding;
import dev.whyhung.finding.Nature;
import dev.whyhung.finding.Tier;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.Persistence;
import dev.whyhung.graph.thread.Pool;
import dev.whyhung.graph.thread.Resource;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.graph.thread.ThreadSet;
import dev.whyhung.graph.thread.Wait;
import dev.whyhung.knowledge.Call;
import dev.whyhung.model.Visible;
import dev.whyhung.rules.Handover;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Puts findings in order: causes before consequences.
 *
 * <p>{@code score = 100 x explains x confidence x rootness x permanence}. What a finding explains is the share of the weight of
 * all stuck threads from which a path leads to it. Its root-ness is what no other finding behind it explains: a consequence keeps
 * exactly the part of its score that its cause cannot account for. A defect of this process keeps its blame: neither a cause
 * outside nor a mere consequence on the way takes it away. A consequence of which one cause covers nearly all is folded under that cause.
 */
public final class Ranking {

    private static final double FLOOR = 25;
    private static final double FLOOR_CONFIDENCE = .745;
    private static final double DEFECT_CONFIDENCE = .5;
    private static final double FOLD_CONFIDENCE = .35;
    private static final double FOLD_COVER = .8;
    private static final double FOLD_CAP = .9;
    private static final double AFTER_THE_FACT = .7;

    private final Facts facts;
    private final List<Candidate> candidates = new ArrayList<>();
    private final List<Finding> notes = new ArrayList<>();
    private final ThreadSet stuck;

    public Ranking(Facts facts, List<Finding> findings) {
        this.facts = facts;
        for (Finding finding : findings) {
            if (finding.rule().nature() == Nature.DATA_QUALITY) {
                notes.add(finding);
            } else {
                candidates.add(new Candidate(finding, facts));
            }
        }
        notes.forEach(note -> candidates.forEach(candidate -> candidate.supportBy(note)));
        stuck = facts.stuck().copy();
        candidates.forEach(candidate -> stuck.addAll(candidate.explained));
    }

    /** The stuck threads, those behind a proven permanent fault included. */
    public ThreadSet stuck() {
        return stuck;
    }

    /** Stuck threads that no finding explains. */
    public Crowd unexplained() {
        ThreadSet rest = stuck.copy();
        candidates.forEach(candidate -> rest.removeAll(candidate.explained));
        return Crowd.of(rest);
    }

    /**
     * Stuck threads that no finding explains; in a single dump, or in several that tell no more, a hint does not count. Who waits behind
     * a thread that gets on, or for a lock that is passed on, needs no explanation, nor does who sleeps beside the requests, or polls long.
     */
    public ThreadSet doubtful() {
        ThreadSet rest = stuck.copy();
        candidates.stream()
                .filter(candidate -> Tier.of(candidate.confidence) != Tier.HINT || isFollowedUp(candidate))
                .forEach(candidate -> rest.removeAll(candidate.explained));
        rest.removeAll(rest.stream()
                .filter(thread -> thread.waitsFor().kind() == Wait.Kind.SLEEP && !thread.serves())
                .toList());
        rest.removeAll(rest.stream().filter(this::isLongPoll).toList());
        rest.stream()
                .flatMap(thread -> thread.waitsFor().resource().stream())
                .distinct()
                .filter(this::isServed)
                .toList()
                .forEach(served -> rest.removeAll(facts.graph().waiters(served)));
        return rest;
    }

    /** Whether several dumps tell more of it than one: some show neither states nor CPU times. */
    private boolean isFollowedUp(Candidate candidate) {
        boolean once = candidate.finding.persistence().kind() == Persistence.Kind.SINGLE && !candidate.passes(facts);
        return !facts.isSingleDump() && (!once || facts.shows(Visible.THREAD_STATES));
    }

    /** A worker that waits with a limit, dump after dump, while others of its pool have nothing to do: whoever polls long does so. */
    private boolean isLongPoll(ThreadFacts thread) {
        return !facts.isSingleDump()
                && thread.thread().status().isTimed()
                && (thread.persistence().mayEnd() || waitsForSignal(thread))
                && thread.pool().filter(Pool::hasIdleWorker).isPresent();
    }

    /** Without CPU figures a pause is not known to have lasted, and no pause for that reason. */
    private static boolean waitsForSignal(ThreadFacts thread) {
        return thread.waitsFor().kind() == Wait.Kind.SIGNAL
                || thread.waitsFor().is(Call.Kind.FUTURE)
                || thread.waitsFor().is(Call.Kind.LATCH);
    }

    private boolean isServed(Resource resource) {
        return Handover.seen(facts, resource, facts.graph().waiters(resource))
                || facts.graph().holder(resource).holders().stream().anyMatch(holder -> getsOn(holder, resource));
    }

    /** Seen to move, or, for a result that others wait for, at work on it and all its life before. */
    private static boolean getsOn(ThreadFacts holder, Resource resource) {
        boolean works = holder.waitsFor().kind() == Wait.Kind.NONE && holder.hasWorkedMuch();
        return holder.persistence().kind() == Persistence.Kind.PROGRESS
                || (works && !resource.kind().isExclusive());
    }

    public List<RankedFinding> rank() {
        double stuckWeight = facts.weight(stuck);
        double liveWeight = facts.threads().stream()
                .filter(thread -> !thread.isPassive())
                .mapToDouble(ThreadFacts::weight)
                .sum();
        for (Candidate candidate : candidates) {
            double weight = candidate.weight;
            candidate.explains = stuckWeight == 0 ? (candidate.isPervasive() ? 1 : 0) : weight / stuckWeight;
            candidate.impact = liveWeight == 0 ? 0 : Math.min(1, weight / liveWeight);
        }
        candidates.forEach(candidate -> candidate.rootness = rootness(candidate));
        candidates.forEach(candidate -> candidate.score = score(candidate));
        candidates.forEach(this::fold);
        candidates.forEach(Ranking::capFolded);
        candidates.forEach(this::capTrigger);
        candidates.sort(ORDER);
        return new Numbering().number();
    }

    private double rootness(Candidate candidate) {
        return (1 - explainedAway(candidate)) * (isAfterTheFact(candidate) ? AFTER_THE_FACT : 1);
    }

    private double explainedAway(Candidate candidate) {
        if (candidate.finding.knot()) {
            return 0;
        }
        double explainedAway = 0;
        for (Candidate other : candidates) {
            boolean stopsHere = candidate.is(Nature.OPAQUE) && !other.is(Nature.OPAQUE);
            if (other != candidate && !stopsHere) {
                double share = candidate.leadsTo(other);
                boolean partial = share < 1 || other.confidence < FOLD_CONFIDENCE;
                share = partial && candidate.needsAllHolders() ? 0 : share;
                explainedAway = Math.max(explainedAway, other.confidence * share);
            }
        }
        return Math.max(explainedAway, explainedAwayTogether(candidate));
    }

    /** A consequence of several causes keeps what none of them explains: each of its holders leads to the surest of its own. */
    private double explainedAwayTogether(Candidate candidate) {
        if (!candidate.is(Nature.TRANSPARENT) || candidate.holders.isEmpty()) {
            return 0;
        }
        List<Candidate> causes = causes(candidate).stream()
                .filter(other -> other.confidence >= FOLD_CONFIDENCE)
                .sorted(Comparator.comparingDouble((Candidate other) -> other.confidence)
                        .reversed())
                .toList();
        return candidate.holders.stream()
                .mapToDouble(holder -> causes.stream()
                        .filter(cause -> cause.isReachedBy(holder))
                        .mapToDouble(cause -> cause.confidence)
                        .findFirst()
                        .orElse(0))
                .average()
                .orElse(0);
    }

    private boolean isAfterTheFact(Candidate candidate) {
        return facts.recorded().isAfterTheFact(candidate.explained);
    }

    /** What began more than a minute after the service stopped, as recordings tell. */
    public List<Finding> afterTheFact() {
        return candidates.stream()
                .filter(this::isAfterTheFact)
                .map(candidate -> candidate.finding)
                .toList();
    }

    private static double score(Candidate candidate) {
        double value = 100 * candidate.explains * candidate.confidence * candidate.rootness * candidate.permanence();
        boolean proven = candidate.finding.permanent() && candidate.confidence >= FLOOR_CONFIDENCE;
        return proven ? Math.max(value, FLOOR) : value;
    }

    private void fold(Candidate consequence) {
        if (!consequence.is(Nature.TRANSPARENT)) {
            return;
        }
        candidates.stream()
                .filter(cause -> !cause.is(Nature.TRANSPARENT) && !cause.moves())
                .filter(cause -> cause.confidence >= FOLD_CONFIDENCE && cause.covers(consequence, FOLD_COVER, facts))
                .min(ORDER)
                .or(() -> foremostOfSeveral(consequence))
                .ifPresent(cause -> consequence.foldedUnder = cause);
    }

    /** Several causes that together leave hardly a holder unexplained: the consequence stands under the foremost of them. */
    private Optional<Candidate> foremostOfSeveral(Candidate consequence) {
        List<Candidate> causes = causes(consequence).stream()
                .filter(cause -> !cause.moves() && cause.confidence >= FOLD_CONFIDENCE)
                .toList();
        long explained = consequence.holders.stream()
                .filter(holder -> causes.stream().anyMatch(cause -> cause.isReachedBy(holder)))
                .count();
        return explained > 0 && explained >= FOLD_COVER * consequence.holders.size()
                ? causes.stream()
                        .filter(cause -> consequence.holders.stream().anyMatch(cause::isReachedBy))
                        .min(ORDER)
                : Optional.empty();
    }

    private List<Candidate> causes(Candidate consequence) {
        return consequence.needsAllHolders()
                ? List.of()
                : candidates.stream()
                        .filter(other -> !other.is(Nature.TRANSPARENT))
                        .toList();
    }

    /** Something outside is the trigger, not the headline, of a defect of this process that covers all of it. */
    private void capTrigger(Candidate trigger) {
        if (trigger.is(Nature.EXOGENOUS)) {
            candidates.stream()
                    .filter(defect -> defect.is(Nature.OPAQUE) && defect.confidence >= DEFECT_CONFIDENCE)
                    .filter(defect -> defect.coversServiceOf(trigger))
                    .filter(defect -> defect.leadsTo(trigger) >= FOLD_COVER)
                    .forEach(defect -> trigger.score = Math.min(trigger.score, FOLD_CAP * defect.score));
        }
    }

    private static void capFolded(Candidate candidate) {
        Candidate cause = candidate.foldedUnder;
        if (cause != null) {
            candidate.score = Math.min(candidate.score, FOLD_CAP * cause.score);
        }
    }

    private static final Comparator<Candidate> ORDER = Comparator.comparing(
                    (Candidate candidate) -> candidate.foldedUnder != null)
            .thenComparing(Comparator.comparingLong((Candidate candidate) -> Math.round(candidate.score * 10))
                    .reversed())
            .thenComparing(Comparator.comparingInt((Candidate candidate) -> candidate.explained.size())
                    .reversed())
            .thenComparing(candidate -> !candidate.is(Nature.OPAQUE))
            .thenComparing(candidate -> Tier.of(candidate.confidence))
            .thenComparing(candidate -> candidate.finding.rule().id())
            .thenComparing(candidate -> candidate.finding.headline());

    /** Gives ranks and ids, in the final order. */
    private final class Numbering {
        private final Map<String, Integer> perRule = new HashMap<>();
        private final Map<Candidate, String> ids = new HashMap<>();
        private final List<RankedFinding> ranked = new ArrayList<>();

        List<RankedFinding> number() {
            candidates.forEach(candidate -> ids.put(candidate, nextId(candidate.finding)));
            candidates.forEach(this::add);
            notes.forEach(this::addNote);
            return ranked;
        }

        private String nextId(Finding finding) {
            String rule = finding.rule().id();
            return rule + '-' + perRule.merge(rule, 1, Integer::sum);
        }

        private void add(Candidate candidate) {
            Candidate cause = candidate.foldedUnder;
            ranked.add(new RankedFinding(
                    ids.getOrDefault(candidate, ""),
                    Fingerprint.of(candidate.finding),
                    candidate.finding,
                    ranked.size() + 1,
                    new Gravity(facts).of(candidate),
                    new Score(
                            candidate.score,
                            candidate.explains,
                            candidate.confidence,
                            candidate.rootness,
                            candidate.permanence()),
                    Tier.of(candidate.confidence),
                    candidate.impact,
                    candidate.explained.size(),
                    candidate.victims(facts),
                    candidates.stream()
                            .filter(other -> other.foldedUnder == candidate)
                            .map(other -> ids.getOrDefault(other, ""))
                            .toList(),
                    cause == null ? null : ids.get(cause)));
        }

        private void addNote(Finding finding) {
            ranked.add(new RankedFinding(
                    nextId(finding),
                    Fingerprint.of(finding),
                    finding,
                    ranked.size() + 1,
                    Severity.INFO,
                    Score.NONE,
                    Tier.PROVEN,
                    0,
                    0,
                    Crowd.of(Set.of()),
                    List.of(),
                    null));
        }
    }
}
