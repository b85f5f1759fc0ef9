package dev.whyhung.rules;

import dev.whyhung.finding.Finding;
import dev.whyhung.finding.Fix;
import dev.whyhung.finding.Nature;
import dev.whyhung.finding.RuleInfo;
import dev.whyhung.graph.Facts;
import java.util.List;

/** A cleaner's only thread is stuck in a cleaning action. */
final class CleanerStuck implements Rule {

    private static final StuckCleanup CLEANUP = new StuckCleanup(
            RuleInfo.of("cleaner-stuck", "A cleaner's thread is stuck in a cleaning action", Nature.OPAQUE),
            "runs cleaning actions",
            thread -> !thread.name().endsWith("inalizer"),
            Fix.of(
                    "Let cleaning actions do no more than free a resource: no locks, no input or output, no waiting. Close the"
                            + " object explicitly where that is not enough, and give each library a Cleaner of its own."));

    @Override
    public RuleInfo info() {
        return CLEANUP.info();
    }

    @Override
    public List<Finding> examine(Facts facts) {
        return CLEANUP.examine(facts);
    }
}
