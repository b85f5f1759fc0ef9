package dev.whyhung.diagnose;

import dev.whyhung.finding.RuleInfo;
import java.util.List;

/**
 * What came of one rule.
 *
 * @param missing for {@link Outcome#NOT_APPLICABLE}: what the evidence lacks
 * @param detail for {@link Outcome#FAILED}: the error; else what would have to be captured, or empty
 */
public record Check(RuleInfo rule, Outcome outcome, List<String> missing, String detail) {

    /** Every rule has one of these in every run. */
    public enum Outcome {
        FOUND,
        CLEAR,
        NOT_APPLICABLE,
        FAILED
    }

    public Check {
        missing = List.copyOf(missing);
    }
}
