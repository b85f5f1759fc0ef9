package dev.whyhung.report;

import dev.whyhung.diagnose.Check;
import dev.whyhung.diagnose.ProcessDiagnosis;
import java.util.List;

/**
 * What became of all the rules that were tried.
 *
 * @param found how many found something
 */
record CheckList(int found, List<Line> clear, List<Line> impossible, List<Line> failed) {

    /** A rule that found nothing: why, and what would help. */
    record Line(String rule, String title, List<String> missing, String detail) {}

    static CheckList of(ProcessDiagnosis process) {
        return new CheckList(
                lines(process, Check.Outcome.FOUND).size(),
                lines(process, Check.Outcome.CLEAR),
                lines(process, Check.Outcome.NOT_APPLICABLE),
                lines(process, Check.Outcome.FAILED));
    }

    private static List<Line> lines(ProcessDiagnosis process, Check.Outcome outcome) {
        return process.checks().stream()
                .filter(check -> check.outcome() == outcome)
                .map(check -> new Line(check.rule().id(), check.rule().title(), check.missing(), check.detail()))
                .toList();
    }
}
