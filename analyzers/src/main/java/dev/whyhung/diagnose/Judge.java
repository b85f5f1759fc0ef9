package dev.whyhung.diagnose;

import dev.whyhung.graph.Death;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.Persistence;
import dev.whyhung.graph.Pool;
import dev.whyhung.graph.Resource;
import dev.whyhung.graph.ThreadFacts;
import dev.whyhung.graph.Wait;
import dev.whyhung.model.CallStack;
import dev.whyhung.model.Frame;
import dev.whyhung.model.ThreadStatus;
import dev.whyhung.model.Visible;
import dev.whyhung.rules.Nature;
import dev.whyhung.rules.Tier;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** From ranked findings to a verdict. */
final class Judge {

    private static final double HUNG_PERMANENCE = .8;
    private static final double HUNG_CONFIDENCE = .4;
    private static final double MOST_UNEXPLAINED = .2;
    private static final double HALF = .5;
    private static final double FEW = 3;
    private static final double FEW_OF_LIVE = .05;
    private static final double FEW_OF_LIVE_IN_PASSING = .1;

    private final Facts facts;
    private final Ranking ranking;
    private final List<RankedFinding> findings;

    Judge(Facts facts, Ranking ranking, List<RankedFinding> findings) {
        this.facts = facts;
        this.ranking = ranking;
        this.findings = findings;
    }

    /** The verdict; {@code tool} says what the process is if it is no service. */
    Verdict verdict(@Nullable String tool) {
        Verdict verdict = verdict();
        boolean hangs = verdict.status() == Verdict.Status.HUNG || verdict.status() == Verdict.Status.DEGRADED;
        return tool == null || hangs
                ? verdict
                : new Verdict(
                        verdict.status(),
                        verdict.headline() + " It is " + tool + ", not a service.",
                        verdict.confidence());
    }

    private Verdict verdict() {
        if (findings.stream().anyMatch(this::hangs)) {
            return byFirstFinding(Verdict.Status.HUNG);
        }
        if (findings.stream().anyMatch(finding -> finding.severity().atLeast(Severity.MEDIUM))) {
            return byFirstFinding(Verdict.Status.DEGRADED);
        }
        return unseen().or(this::unclear).map(Judge::inconclusive).orElseGet(this::healthy);
    }

    private Verdict healthy() {
        Optional<String> doubt = stillThere();
        double confidence = isHinted() || doubt.isPresent() ? HINTED : facts.isSingleDump() ? .6 : .9;
        return new Verdict(
                Verdict.Status.HEALTHY, calm() + doubt.map(text -> ' ' + text).orElse(""), confidence);
    }

    /** Where no states are printed: threads where the dump before has them, at a lock or in code of the application. */
    private Optional<String> stillThere() {
        if (facts.shows(Visible.THREAD_STATES)) {
            return Optional.empty();
        }
        List<ThreadFacts> still = facts.threads().stream()
                .filter(thread -> thread.thread().status() == ThreadStatus.UNKNOWN
                        ? standsInCode(thread)
                        : thread.isStuck() && thread.waitsFor().isExclusive())
                .filter(this::stoodThere)
                .toList();
        return still.size() < FEW_STILL
                ? Optional.empty()
                : Optional.of("But " + still.size() + " threads stand where they stood before, one of them at "
                        + still.get(0).whereText()
                        + ", and these dumps do not tell whether they have moved in between; jstack <pid> does.");
    }

    private static final int FEW_STILL = 2;

    /** By its frames, since such a dump shows hardly anything else to tell one wait from the next. */
    private boolean stoodThere(ThreadFacts thread) {
        return facts.evidence().earlier().stream()
                .limit(1)
                .map(trace -> trace.of(thread.id()))
                .anyMatch(before -> before != null
                        && before.stack().isSamePlace(thread.thread().stack()));
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

    /** What these inputs show, and do not explain. */
    private Optional<String> unclear() {
        if (facts.carriers().areTakenByUnknown()) {
            return Optional.of(
                    "Every carrier has a virtual thread, and this dump does not tell whether these compute or wait.");
        }
        return standing()
                .or(this::asleep)
                .or(this::taken)
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
                .filter(pool -> pool.workers().stream().allMatch(Judge::sleepsAsBefore))
                .findFirst()
                .map(pool -> "All " + pool.workers().size() + " workers of pool " + pool.name()
                        + " sleep, as they did before, at "
                        + pool.workers().get(0).whereText()
                        + ", and these dumps do not tell whether they serve one request after the other, or look again and"
                        + " again for something that does not come.");
    }

    private static final int SOME_WORKERS = 4;

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

    /** Half the service is explained by hints alone, and has no worker left for requests: CPU times would tell who is about to help. */
    private Optional<String> taken() {
        if (!isHinted() || facts.shows(Visible.CPU_TIMES)) {
            return Optional.empty();
        }
        return facts.pools().stream()
                .filter(pool -> facts.isAsked(pool) && pool.isTaken() && isMeasured(pool))
                .findFirst()
                .map(pool -> "All workers of pool " + pool.name()
                        + " stand where they stood before, and these dumps, without CPU times, do not tell whether"
                        + " somebody is about to help them.");
    }

    private static boolean isMeasured(Pool pool) {
        return pool.workers().stream()
                .filter(ThreadFacts::isStuck)
                .allMatch(worker -> worker.persistence().isMeasured());
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

    private Optional<String> suspected() {
        String which = facts.isSingleDump() ? "One dump" : "The last dump";
        return suspicion().map(finding -> which + " suggests it, and cannot tell: " + headline(finding) + '.');
    }

    /** What the part that is left shows. */
    private String left() {
        return obstacle()
                .map(what -> "; in what is left, " + what)
                .or(() -> suspicion().map(what -> "; what is left suggests it, and cannot tell: " + headline(what)))
                .orElse(", and what it shows points to no hang");
    }

    private static String headline(RankedFinding finding) {
        return finding.finding().headline();
    }

    private Optional<String> obstacle() {
        return Obstacle.of(facts, ranking.doubtful());
    }

    private String calm() {
        int waiting = ranking.stuck().size();
        if (waiting == 0) {
            return "No thread is stuck.";
        }
        int unexplained = ranking.unexplained().size();
        String reason = unexplained == 0
                ? "."
                : (unexplained == waiting ? ", " : ", " + unexplained + " of them ") + "for no known reason.";
        return "Nothing points to a hang; " + waiting + (waiting == 1 ? " thread waits" : " threads wait") + reason;
    }

    /**
     * Threads at one line of the application, where nothing tells who is blocked: more of them than compute there at one time wait for a
     * monitor or a class.
     */
    private Optional<String> standing() {
        ThreadStatus unclear = ThreadStatus.UNKNOWN;
        if (facts.shows(Visible.THREAD_STATES)) {
            if (!mayAwaitClass()) {
                return Optional.empty();
            }
            unclear = ThreadStatus.RUNNABLE;
        }
        ThreadStatus status = unclear;
        Map<CallStack, Integer> places = new LinkedHashMap<>();
        facts.threads().stream()
                .filter(thread ->
                        thread.thread().status() == status && !thread.thread().isVirtual() && standsInCode(thread))
                .forEach(thread -> places.merge(thread.thread().stack(), 1, Integer::sum));
        return places.entrySet().stream()
                .filter(place -> place.getValue() >= CROWD)
                .max(Map.Entry.comparingByValue())
                .map(
                        place -> place.getValue() + " threads stand at "
                                + place.getKey().frames().get(0).text()
                                + ", and this dump does not tell whether they compute or wait for a monitor; jstack <pid> does.");
    }

    private static final int CROWD = 6;

    /** Whether an initialiser of a class waits, in a dump that prints those who wait for it as running. */
    private boolean mayAwaitClass() {
        return !facts.shows(Visible.CLASS_INIT_WAITS)
                && facts.any(thread -> thread.waitsFor().kind() != Wait.Kind.NONE
                        && thread.thread().stack().runsClassInitializer());
    }

    private static boolean standsInCode(ThreadFacts thread) {
        return !thread.isIdle()
                && thread.waitsFor().kind() == Wait.Kind.NONE
                && thread.persistence().kind() != Persistence.Kind.PROGRESS
                && thread.reading().appFrame().isPresent()
                && !thread.thread().stack().frames().get(0).location().equals("Native Method");
    }

    /** Whether half the service is explained by nothing better than a hint. */
    private boolean isHinted() {
        return findings.stream().anyMatch(finding -> finding.impact() >= HALF && finding.tier() == Tier.HINT);
    }

    private static final double HINTED = .5;

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

    private boolean hangs(RankedFinding finding) {
        boolean defect = finding.finding().rule().nature() == Nature.OPAQUE && !mayLimitCalls(finding);
        return finding.severity().atLeast(Severity.HIGH)
                && (defect || finding.finding().persistence().isMeasured())
                && finding.score().permanence() >= HUNG_PERMANENCE
                && finding.score().confidence() >= HUNG_CONFIDENCE;
    }

    /** Permits are there to limit calls to others: seen without CPU times, these may come back all the while. */
    private boolean mayLimitCalls(RankedFinding finding) {
        return !facts.shows(Visible.CPU_TIMES)
                && finding.finding().resources().stream().anyMatch(resource -> resource.kind() == Resource.Kind.PERMITS)
                && !finding.finding().culprits().isEmpty()
                && finding.finding().culprits().stream()
                        .allMatch(culprit -> facts.thread(culprit.id())
                                .filter(thread -> thread.waitsFor().isExternal())
                                .isPresent());
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

    /** The first that carries weight gives the headline, whatever hint ranks before it. */
    private Verdict byFirstFinding(Verdict.Status status) {
        RankedFinding first = findings.stream()
                .filter(finding -> finding.severity().atLeast(Severity.MEDIUM))
                .findFirst()
                .orElseThrow();
        return new Verdict(
                status, first.finding().headline() + '.', first.score().confidence());
    }

    private static Verdict inconclusive(String headline) {
        return new Verdict(Verdict.Status.INCONCLUSIVE, headline, 0);
    }
}
