package dev.whyhung.scorecard;

import dev.whyhung.Trial;
import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.diagnose.rank.RankedFinding;
import dev.whyhung.finding.Nature;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * How good the diagnosis of some captures is.
 *
 * @param of the case, or the two cases that were mixed
 * @param evidence what it was diagnosed from: {@code 17 jstack-l x2}
 * @param ranked its findings without the notes on the evidence, by rank
 * @param notes the ids of those notes
 */
record Mark(String of, String evidence, Truth truth, List<RankedFinding> ranked, List<String> notes) {

    private static final int THREE = 3;

    static Mark of(String name, String evidence, Truth truth, ProcessDiagnosis process) {
        List<RankedFinding> ranked = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        for (RankedFinding finding : process.findings()) {
            if (finding.finding().rule().nature() == Nature.DATA_QUALITY) {
                notes.add(rule(finding));
            } else {
                ranked.add(finding);
            }
        }
        return new Mark(name, evidence, truth, ranked, notes);
    }

    static String rule(RankedFinding finding) {
        return finding.finding().rule().id();
    }

    /** The first line of the report is right; or there is none, and that is right. */
    boolean isRight() {
        if (isSilent()) {
            return truth.mayBeSilent();
        }
        String first = rule(ranked.get(0));
        return truth.names(first) || (truth.mayBeSilent() && truth.allows(first));
    }

    /** The right answer to everything that is wrong stands among the first three that are not folded. */
    boolean isAmongThree() {
        if (isSilent()) {
            return truth.mayBeSilent();
        }
        List<String> first = ranked.stream()
                .filter(finding -> finding.foldedUnder() == null)
                .limit(THREE)
                .map(Mark::rule)
                .toList();
        return truth.isHealthy()
                ? alarms().isEmpty()
                : truth.causes().stream().allMatch(cause -> first.stream().anyMatch(cause::contains));
    }

    /** The rules that were found with weight, not as consequences, though they are known to be wrong. */
    List<String> alarms() {
        return ranked.stream()
                .filter(finding -> Trial.matters(finding) && finding.foldedUnder() == null)
                .map(Mark::rule)
                .filter(truth::denies)
                .distinct()
                .toList();
    }

    private boolean isSilent() {
        return ranked.stream().noneMatch(Trial::matters);
    }

    /** Of the things that these captures hide, those that the report says it cannot know. */
    long admitted() {
        Set<String> wanted = truth.cannotKnow();
        return notes.stream().distinct().filter(wanted::contains).count()
                + ranked.stream()
                        .map(Mark::rule)
                        .distinct()
                        .filter(wanted::contains)
                        .count();
    }

    /** A line for those who look into a miss. */
    String story() {
        return of + " (" + evidence + "): wanted " + truth.causes() + ", got "
                + ranked.stream()
                        .limit(4)
                        .map(finding -> finding.severity() + " " + rule(finding) + ": "
                                + finding.finding().headline())
                        .toList();
    }
}
