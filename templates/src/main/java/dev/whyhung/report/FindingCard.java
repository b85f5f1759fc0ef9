package dev.whyhung.report;

import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.diagnose.rank.RankedFinding;
import dev.whyhung.diagnose.rank.Score;
import dev.whyhung.diagnose.rank.Severity;
import dev.whyhung.diagnose.view.ThreadRow;
import dev.whyhung.finding.Culprit;
import dev.whyhung.finding.Exhibit;
import dev.whyhung.finding.Finding;
import dev.whyhung.report.TemplateValues.Code;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A finding on the page.
 *
 * @param anchor its id, behind the prefix of its process
 * @param factors what the score is made of, in order
 * @param share how many of the stuck threads it explains, in words
 * @param stacks where the culprits stand, or their victims if no culprit is left
 * @param keywords what to search for
 * @param message the finding as Markdown, for a message or a ticket; null for a note
 * @param victims names of the first of them
 * @param folded the findings that follow from this one, directly or not
 */
record FindingCard(
        String anchor,
        String rule,
        String title,
        int rank,
        String phrase,
        String severity,
        String tier,
        String headline,
        String score,
        List<Factor> factors,
        String share,
        String persistence,
        String impact,
        List<Guilty> culprits,
        List<MarkedStack> stacks,
        List<String> resources,
        List<String> chain,
        String explanation,
        List<Exhibit> evidence,
        List<Remedy> fixes,
        List<String> captureNext,
        List<String> keywords,
        @Nullable Code message,
        int victimCount,
        List<String> victims,
        List<FindingCard> folded) {

    private static final int MOST_KEYWORDS = 5;

    /** A factor of the score: its value as text, and as a whole percentage for the bar. */
    record Factor(String name, String value, int percent, String meaning) {}

    /** A culprit, and the anchors of its stack and of its row in the thread table, or null. */
    record Guilty(
            String name,
            @Nullable String at,
            @Nullable String stack,
            @Nullable String row) {}

    /** A fix with its code. */
    record Remedy(
            String text, @Nullable Code before, @Nullable Code after) {}

    static FindingCard of(ProcessDiagnosis process, RankedFinding ranked, String prefix, Caps caps) {
        List<FindingCard> folded = Wording.folded(process, ranked).stream()
                .map(consequence -> of(process, consequence, List.of(), prefix, caps))
                .toList();
        return of(process, ranked, folded, prefix, caps);
    }

    private static FindingCard of(
            ProcessDiagnosis process, RankedFinding ranked, List<FindingCard> folded, String prefix, Caps caps) {
        Finding finding = ranked.finding();
        return new FindingCard(
                prefix + ranked.id(),
                Wording.rule(ranked),
                finding.rule().title(),
                ranked.rank(),
                ranked.foldedUnder() == null ? ranked.phrase() : "consequence",
                Wording.id(ranked.severity()),
                Wording.id(ranked.tier()),
                finding.headline(),
                Wording.rounded(ranked.score().value(), 1).toPlainString(),
                factors(ranked.score()),
                Wording.explains(process, ranked),
                Wording.persistence(ranked),
                Wording.percent(ranked.impact()),
                finding.culprits().stream()
                        .map(culprit -> guilty(process, culprit, prefix, caps))
                        .toList(),
                MarkedStack.of(process, ranked),
                finding.resources().stream().map(resource -> resource.label()).toList(),
                finding.chain(),
                finding.explanation(),
                finding.evidence(),
                finding.fixes().stream()
                        .map(fix -> new Remedy(fix.text(), code(fix.before()), code(fix.after())))
                        .toList(),
                finding.captureNext(),
                keywords(finding),
                ranked.severity() == Severity.INFO ? null : new Code(MarkdownReport.finding(process, ranked)),
                ranked.victims().size(),
                ranked.victims().first().stream()
                        .map(id -> Legible.shortened(process.nameOf(id), Wording.LONGEST_NAME))
                        .toList(),
                folded);
    }

    private static List<Factor> factors(Score score) {
        return List.of(
                factor("explains", score.explains(), "share of the stuck threads"),
                factor("confidence", score.confidence(), "how sure the finding is"),
                factor("root-ness", score.rootness(), "not explained by a deeper cause"),
                factor("permanence", score.permanence(), "will not resolve by itself"));
    }

    private static Factor factor(String name, double value, String meaning) {
        int percent = Wording.rounded(value * 100, 0).intValue();
        return new Factor(name, Wording.rounded(value, 2).toPlainString(), percent, meaning);
    }

    private static Guilty guilty(ProcessDiagnosis process, Culprit culprit, String prefix, Caps caps) {
        ThreadRow row = process.row(culprit.id());
        String stack = row == null ? null : StackList.anchor(row.stackGroup(), prefix, caps);
        String anchor = row == null ? null : ThreadTable.anchor(culprit.id(), prefix);
        return new Guilty(Wording.culprit(culprit, Wording.LONGEST_NAME), culprit.at(), stack, anchor);
    }

    /** Words under which others have written about the same: the fault, the classes, the call. */
    private static List<String> keywords(Finding finding) {
        Set<String> words = new LinkedHashSet<>();
        words.add(finding.rule().id().replace('-', ' '));
        finding.resources().forEach(resource -> words.add(resource.className()));
        words.add(finding.site());
        for (Culprit culprit : finding.culprits()) {
            String at = culprit.at();
            words.add(at == null ? "" : at.substring(0, Math.max(0, at.indexOf('('))));
        }
        words.remove("");
        return words.stream().limit(MOST_KEYWORDS).toList();
    }

    private static @Nullable Code code(@Nullable String text) {
        return text == null ? null : new Code(text);
    }
}
