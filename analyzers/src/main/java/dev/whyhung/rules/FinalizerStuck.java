package dev.whyhung.rules;

import dev.whyhung.finding.Finding;
import dev.whyhung.finding.Fix;
import dev.whyhung.finding.Nature;
import dev.whyhung.finding.RuleInfo;
import dev.whyhung.graph.Facts;
import java.util.List;

/** The thread that runs all finalizers is stuck in one of them. */
final class FinalizerStuck implements Rule {

    private static final StuckCleanup CLEANUP = new StuckCleanup(
            RuleInfo.of("finalizer-stuck", "The finalizer thread is stuck in a finalizer", Nature.OPAQUE),
            "runs all finalizers",
            thread -> thread.name().endsWith("inalizer"),
            Fix.of(
                    "Do not override finalize. Give the class a close method, use it in try-with-resources, and as a safety"
                            + " net register a Cleaner whose action takes no lock and does no input or output."));

    @Override
    public RuleInfo info() {
        return CLEANUP.info();
    }

    @Override
    public List<Finding> examine(Facts facts) {
        return CLEANUP.examine(facts);
    }
}
