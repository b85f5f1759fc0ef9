package dev.whyhung.diagnose;

import dev.whyhung.finding.Finding;
import dev.whyhung.finding.RuleInfo;
import dev.whyhung.graph.Facts;
import dev.whyhung.knowledge.Knowledge;
import dev.whyhung.read.Intake;
import dev.whyhung.rules.Rule;
import dev.whyhung.rules.Rules;
import java.util.List;
import java.util.function.Predicate;

/** A rule that is surer, or less sure, of all it finds. */
public record Shifted(Rule rule, double by) implements Rule {

    /** Diagnoses with the confidence of some rules shifted. */
    public static List<ProcessDiagnosis> diagnose(Intake.Result read, Predicate<String> shifted, double by) {
        List<Rule> rules = Rules.ALL.stream()
                .map(rule -> shifted.test(rule.info().id()) ? new Shifted(rule, by) : rule)
                .toList();
        return new Examiner(Knowledge.standard(), List.of(), rules)
                .examine("test", read.inputs(), read.processes())
                .processes();
    }

    @Override
    public RuleInfo info() {
        return rule.info();
    }

    @Override
    public List<Finding> examine(Facts facts) {
        return rule.examine(facts).stream().map(this::shift).toList();
    }

    private Finding shift(Finding finding) {
        return new Finding(
                finding.rule(),
                finding.kind(),
                finding.headline(),
                finding.explanation(),
                finding.culprits(),
                finding.resources(),
                finding.targets(),
                Math.max(.05, Math.min(.99, finding.confidence() + by)),
                finding.permanent(),
                finding.knot(),
                finding.printed(),
                finding.background(),
                finding.persistence(),
                finding.site(),
                finding.evidence(),
                finding.chain(),
                finding.fixes(),
                finding.captureNext());
    }
}
