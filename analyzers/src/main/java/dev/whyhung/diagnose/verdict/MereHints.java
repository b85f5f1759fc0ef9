package dev.whyhung.diagnose.verdict;

import dev.whyhung.diagnose.rank.RankedFinding;
import dev.whyhung.finding.Tier;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.Persistence;
import dev.whyhung.graph.thread.Pool;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.knowledge.Call;
import dev.whyhung.model.ThreadId;
import dev.whyhung.model.Visible;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Where hints are all that explains a service, or a pool of it, that does not seem to get on. */
final class MereHints {

    private static final double HALF = .5;
    private static final int SOME_WORKERS = 4;

    private final Facts facts;
    private final List<RankedFinding> findings;

    MereHints(Facts facts, List<RankedFinding> findings) {
        this.facts = facts;
        this.findings = findings;
    }

    /** The first doubt, in words. */
    Optional<String> told() {
        return taken().or(this::stopped).or(this::silentPeer).or(this::crowd);
    }

    /** Whether half the service is explained by nothing better than a hint. */
    boolean explainHalf() {
        return findings.stream().anyMatch(finding -> finding.impact() >= HALF && finding.tier() == Tier.HINT);
    }

    /**
     * Nothing but hints explains a pool that has no worker left: one that serves requests, in half the service, where CPU times would tell
     * who is about to help; or another whose workers all wait for what somebody in this process has to do.
     */
    private Optional<String> taken() {
        boolean half = explainHalf() && !facts.shows(Visible.CPU_TIMES);
        boolean helpless = findings.stream().anyMatch(finding -> finding.tier() == Tier.HINT)
                && !facts.any(thread -> mayHelp(thread) || acceptsByItself(thread));
        return facts.pools().stream()
                .filter(pool -> (half && servesNoMore(pool)) || (helpless && awaitsOthers(pool)))
                .findFirst()
                .map(pool -> "All workers of pool " + pool.name() + " stand where they stood before, and these dumps"
                        + (facts.shows(Visible.CPU_TIMES) ? "" : ", without CPU times,")
                        + " do not tell whether what they wait for is about to come.");
    }

    private boolean servesNoMore(Pool pool) {
        return facts.isAsked(pool) && pool.isTaken() && isMeasured(pool);
    }

    private static boolean awaitsOthers(Pool pool) {
        return pool.workers().size() > 1 && pool.workers().stream().allMatch(MereHints::awaitsOthers);
    }

    /** At work, in which it may sleep or ask others: what it is about to do may be what they wait for. */
    static boolean mayHelp(ThreadFacts thread) {
        boolean working = switch (thread.waitsFor().kind()) {
            case NONE -> true;
            case SLEEP -> !thread.reading().isEntry();
            case CALL -> !thread.isPassive() && thread.waitsFor().isExternal();
            case SIGNAL, PARK, MONITOR_ENTER, LOCK, CLASS_INIT, CARRIER -> false;
        };
        return working
                && !thread.isJvm()
                && !thread.isIdle()
                && thread.reading().appFrame().isPresent();
    }

    /** In code of the application: who talks to the clients of a server of its own has a worker for as long as they stay. */
    private static boolean acceptsByItself(ThreadFacts thread) {
        return thread.reading().appFrame().isPresent()
                && thread.idle().filter(idle -> idle.endsWith("accept")).isPresent();
    }

    /** Whoever does so in the first method of its task may be there to wait. */
    private static boolean awaitsOthers(ThreadFacts worker) {
        return worker.isStuck()
                && (!worker.reading().isEntry() || worker.waitsFor().is(Call.Kind.PROCESS))
                && worker.persistence().isMeasured()
                && !worker.thread().status().isTimed()
                && OF_OTHERS.stream().anyMatch(worker.waitsFor()::is);
    }

    private static final Set<Call.Kind> OF_OTHERS =
            EnumSet.of(Call.Kind.FUTURE, Call.Kind.LATCH, Call.Kind.PERMIT, Call.Kind.PROCESS);

    /** Whoever asks a peer for one thing after the other is always seen to wait for it, unless CPU times are printed. */
    private Optional<String> silentPeer() {
        boolean timed = facts.shows(Visible.CPU_TIMES);
        return findings.stream()
                .filter(finding -> finding.finding().rule().id().equals("external-io-stall")
                        && finding.tier() == Tier.HINT
                        && finding.finding().persistence().isMeasured())
                .filter(finding ->
                        finding.impact() >= HALF || (!timed && finding.victims().size() >= SOME_WORKERS))
                .findFirst()
                .map(finding -> headline(finding) + ", as before, and these dumps"
                        + (timed ? "" : ", without CPU times,")
                        + " do not tell whether they get one answer after the other.");
    }

    /** Half the service used to get on, as a recording tells, and does not; and what would explain it is a hint. */
    private Optional<String> stopped() {
        return findings.stream()
                .filter(finding -> finding.impact() >= HALF && finding.tier() == Tier.HINT)
                .filter(finding -> finding.victims().size() >= SOME_WORKERS
                        && finding.victims().first().stream()
                                .flatMap(id -> facts.thread(id).stream())
                                .allMatch(this::hasStopped))
                .findFirst()
                .map(finding -> finding.victims().size() + " threads that used to get on have not for long, and nothing"
                        + " tells for sure why: " + headline(finding) + '.');
    }

    private boolean hasStopped(ThreadFacts thread) {
        return thread.isStuck()
                && !thread.thread().status().isTimed()
                && facts.recorded().hasServed(thread)
                && facts.recorded().silence(thread).compareTo(LONG) >= 0;
    }

    private static final Duration LONG = Duration.ofSeconds(30);

    /**
     * Half the service, on virtual threads, has waited since the dump before, and a hint is all that explains it; unless the tasks that they
     * wait for have just ended.
     */
    private Optional<String> crowd() {
        if (facts.any(MereHints::getsOn)) {
            return Optional.empty();
        }
        return findings.stream()
                .filter(finding -> finding.tier() == Tier.HINT
                        && finding.impact() >= HALF
                        && finding.victims().size()
                                >= Math.max(
                                        SOME_WORKERS,
                                        1 + facts.evidence().focus().spentExecutors())
                        && haveMostStayed(finding.victims().first()))
                .findFirst()
                .map(finding -> headline(finding)
                        + ", as before, and these dumps do not tell whether somebody is about to help them.");
    }

    /** Somebody in the application's code, who may help them next. */
    private static boolean getsOn(ThreadFacts thread) {
        return !thread.isIdle()
                && thread.reading().appFrame().isPresent()
                && thread.persistence().kind() == Persistence.Kind.PROGRESS;
    }

    private boolean haveMostStayed(List<ThreadId> victims) {
        long stayed = victims.stream()
                .flatMap(id -> facts.thread(id).stream())
                .filter(thread ->
                        thread.thread().isVirtual() && thread.persistence().isMeasured())
                .count();
        return stayed >= HALF * victims.size();
    }

    private static boolean isMeasured(Pool pool) {
        return pool.workers().stream()
                .filter(ThreadFacts::isStuck)
                .allMatch(worker -> worker.persistence().isMeasured());
    }

    private static String headline(RankedFinding finding) {
        return finding.finding().headline();
    }
}
