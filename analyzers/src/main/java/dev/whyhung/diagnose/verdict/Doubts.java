package dev.whyhung.diagnose.verdict;

import dev.whyhung.diagnose.rank.RankedFinding;
import dev.whyhung.diagnose.rank.Ranking;
import dev.whyhung.diagnose.rank.Severity;
import dev.whyhung.finding.Tier;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.Persistence;
import dev.whyhung.graph.thread.Pool;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.graph.thread.Wait;
import dev.whyhung.graph.time.Death;
import dev.whyhung.model.Frame;
import dev.whyhung.model.Visible;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** What keeps inputs without a finding of weight from being called healthy. */
final class Doubts {

    private static final double MOST_UNEXPLAINED = .2;
    private static final double HALF = .5;
    private static final double FEW = 3;
    private static final double FEW_OF_LIVE = .05;
    private static final double FEW_OF_LIVE_IN_PASSING = .1;
    private static final int SOME_WORKERS = 4;

    private final Facts facts;
    private final Ranking ranking;
    private final List<RankedFinding> findings;
    private final MereHints hints;

    Doubts(Facts facts, Ranking ranking, List<RankedFinding> findings) {
        this.facts = facts;
        this.ranking = ranking;
        this.findings = findings;
        hints = new MereHints(facts, findings);
    }

    /** The first, in words. */
    Optional<String> told() {
        return unseen().or(this::unclear);
    }

    /** What these inputs do not show, and would have to for "healthy". */
    private Optional<String> unseen() {
        if (facts.recorded().isDumpMissing()) {
            return Optional.of("The recording holds no thread dump of its end" + silence() + death());
        }
        if (facts.threads().isEmpty() || facts.dump().truncated()) {
            return Optional.of("Part of this dump is missing" + left() + '.');
        }
        if (!facts.shows(Visible.THREAD_STATES)
                && !facts.shows(Visible.MONITOR_OWNERS)
                && !facts.shows(Visible.UNMOUNTED_VIRTUAL_THREADS)) {
            return Optional.of("Neither states of threads nor owners of locks are in this dump.");
        }
        if (facts.usesVirtualThreads() && !facts.shows(Visible.UNMOUNTED_VIRTUAL_THREADS)) {
            return Optional.of("Virtual threads that wait are not in this dump, and what it shows points to no hang.");
        }
        if (facts.mayHideVirtualThreads()) {
            return Optional.of(
                    "Nothing in this dump points to a hang; if the service runs on virtual threads, those that wait"
                            + " are not in it.");
        }
        return Optional.empty();
    }

    private String silence() {
        return facts.onset()
                .map(onset -> "; its workers have been silent since " + onset.truncatedTo(ChronoUnit.SECONDS) + '.')
                .orElse(", and what it tells points to no hang.");
    }

    /** The last thread that an exception ended, if none of its kind has started since: it may have been needed. */
    private String death() {
        return facts.recorded().unreplaced().stream()
                .filter(death -> death.last().isPresent())
                .reduce((first, second) -> second)
                .map(death ->
                        ended(death, " died of " + death.last().orElseThrow().text()))
                .or(this::lastEnd)
                .orElse("");
    }

    /** Without an exception, which may not have been recorded, the end of a thread tells something if the service stopped with it. */
    private Optional<String> lastEnd() {
        return facts.onset()
                .flatMap(onset -> facts.recorded().unreplaced().stream()
                        .filter(death ->
                                Duration.between(death.at(), onset).abs().compareTo(AT_ONCE) <= 0)
                        .reduce((first, second) -> second))
                .map(death -> ended(death, " ended"));
    }

    private static final Duration AT_ONCE = Duration.ofSeconds(5);

    private static String ended(Death death, String how) {
        return ' ' + death.thread().quoted() + how + " at " + death.at().truncatedTo(ChronoUnit.SECONDS)
                + ", and nobody has taken its place.";
    }

    /** What the part that is left shows. */
    private String left() {
        return obstacle()
                .map(what -> "; in what is left, " + what)
                .or(() -> suspicion().map(what -> "; what is left suggests it, and cannot tell: " + headline(what)))
                .orElse(", and what it shows points to no hang");
    }

    /** What these inputs show, and do not explain. */
    private Optional<String> unclear() {
        if (facts.carriers().areTakenByUnknown()) {
            return Optional.of(
                    "Every carrier has a virtual thread, and nothing tells whether these compute or wait, or for how long.");
        }
        if (facts.carriers().areKeptBusy()) {
            return Optional.of(
                    "Every carrier computes for a virtual thread that did so in the dump before, and these dumps do"
                            + " not tell whether others were let in between.");
        }
        return new Standing(facts)
                .crowd()
                .or(this::asleep)
                .or(hints::told)
                .or(this::unexplained)
                .or(this::suspected)
                .or(() -> new QuietCrowd(facts).told());
    }

    /** All requests sleep where they slept before, and have done next to nothing in between. */
    private Optional<String> asleep() {
        if (facts.isSingleDump() || !facts.shows(Visible.CPU_TIMES)) {
            return Optional.empty();
        }
        return facts.pools().stream()
                .filter(pool -> facts.isAsked(pool) && pool.workers().size() >= SOME_WORKERS)
                .filter(pool -> pool.workers().stream().allMatch(Doubts::sleepsAsBefore))
                .findFirst()
                .map(pool -> "All " + pool.workers().size() + " workers of pool " + pool.name()
                        + " sleep, as they did before, at "
                        + pool.workers().get(0).whereText()
                        + ", and these dumps do not tell whether they serve one request after the other, or look again and"
                        + " again for something that does not come.");
    }

    /** In the service's own code: libraries sleep to keep to a rate. */
    private static boolean sleepsAsBefore(ThreadFacts worker) {
        Optional<Frame> sleeper = worker.thread().stack().frames().stream()
                .dropWhile(frame -> frame.className().startsWith("java."))
                .findFirst();
        return worker.waitsFor().kind() == Wait.Kind.SLEEP
                && sleeper.isPresent()
                && sleeper.equals(worker.reading().appFrame())
                && !worker.isBusySleeper();
    }

    private Optional<String> unexplained() {
        return isMuchUnexplained()
                ? Optional.of(
                        ranking.doubtful().size() + " of " + ranking.stuck().size()
                                + " waiting threads wait for something that no rule explains"
                                + (facts.isSingleDump() ? " from one dump" : "")
                                + obstacle().map(what -> ": " + what).orElse("") + '.')
                : Optional.empty();
    }

    /** A few background threads among many that wait for something unknown are not enough to doubt the whole. */
    private boolean isMuchUnexplained() {
        double weight = facts.weight(ranking.doubtful());
        double most = haveJustCome() ? FEW_OF_LIVE_IN_PASSING : FEW_OF_LIVE;
        boolean few = weight < FEW && weight < most * facts.threads().size();
        return !few && weight > MOST_UNEXPLAINED * facts.weight(ranking.stuck());
    }

    /** An earlier dump shows them elsewhere. */
    private boolean haveJustCome() {
        return !facts.isSingleDump()
                && ranking.doubtful().stream()
                        .noneMatch(thread -> thread.persistence().isMeasured());
    }

    private Optional<String> obstacle() {
        return Obstacle.of(facts, ranking.doubtful());
    }

    private Optional<String> suspected() {
        String which = facts.isSingleDump() ? "One dump" : "The last dump";
        return suspicion().map(finding -> which + " suggests it, and cannot tell: " + headline(finding) + '.');
    }

    private static String headline(RankedFinding finding) {
        return finding.finding().headline();
    }

    /**
     * Too little for a finding of weight, too much for "healthy": a circle that was concluded, not printed, and seen once; or a pool that
     * has no worker left in the one dump there is.
     */
    private Optional<RankedFinding> suspicion() {
        boolean taken = facts.pools().stream().anyMatch(Pool::isTaken);
        return findings.stream()
                .filter(finding -> finding.tier() != Tier.HINT)
                .filter(finding -> facts.isSingleDump() || finding.severity() != Severity.INFO)
                .filter(finding -> finding.finding().rule().id().contains("deadlock")
                        || (isSeenOnce(finding) && (taken || finding.impact() >= HALF))
                        || mayStandStill(finding))
                .findFirst();
    }

    /** What was seen once, and is waited for in the course of any busy day, may be over a moment later. */
    private static boolean isSeenOnce(RankedFinding finding) {
        return finding.finding().persistence().kind() == Persistence.Kind.SINGLE;
    }

    /** Whoever keeps half the service waiting seems to run, and is at the same place as before; no CPU time tells whether it got on. */
    private boolean mayStandStill(RankedFinding finding) {
        return finding.impact() >= HALF
                && !facts.shows(Visible.CPU_TIMES)
                && finding.finding().persistence().kind() == Persistence.Kind.PROGRESS
                && !finding.finding().culprits().isEmpty()
                && finding.finding().culprits().stream()
                        .allMatch(culprit -> facts.thread(culprit.id())
                                .filter(thread -> thread.persistence().isMeasured())
                                .isPresent());
    }

    /** Whether half the service is explained by nothing better than a hint. */
    boolean isHinted() {
        return hints.explainHalf();
    }
}
