package dev.whyhung.diagnose.verdict;

import dev.whyhung.diagnose.rank.RankedFinding;
import dev.whyhung.diagnose.rank.Ranking;
import dev.whyhung.diagnose.rank.Severity;
import dev.whyhung.finding.Nature;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.Resource;
import dev.whyhung.model.Visible;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** From ranked findings to a verdict. */
public final class Judge {

    private static final double HUNG_PERMANENCE = .8;
    private static final double HUNG_CONFIDENCE = .4;
    private static final double HINTED = .5;

    private final Facts facts;
    private final Ranking ranking;
    private final List<RankedFinding> findings;

    public Judge(Facts facts, Ranking ranking, List<RankedFinding> findings) {
        this.facts = facts;
        this.ranking = ranking;
        this.findings = findings;
    }

    /** The verdict; {@code tool} says what the process is if it is no service. */
    public Verdict verdict(@Nullable String tool) {
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
        Doubts doubts = new Doubts(facts, ranking, findings);
        return doubts.told().map(Judge::inconclusive).orElseGet(() -> healthy(doubts.isHinted()));
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

    private Verdict healthy(boolean hinted) {
        Optional<String> doubt = new Standing(facts).stillThere();
        double confidence = hinted || doubt.isPresent() ? HINTED : facts.isSingleDump() ? .6 : .9;
        return new Verdict(
                Verdict.Status.HEALTHY, calm() + doubt.map(text -> ' ' + text).orElse(""), confidence);
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
}
