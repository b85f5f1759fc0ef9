package dev.whyhung.rules;

import dev.whyhung.finding.Exhibit;
import dev.whyhung.finding.Finding;
import dev.whyhung.finding.Nature;
import dev.whyhung.finding.RuleInfo;
import dev.whyhung.graph.Facts;
import java.util.List;

/** One dump is a photograph: it cannot tell slow from stuck. */
final class SingleDump implements Rule {

    private static final RuleInfo INFO =
            RuleInfo.of("single-dump", "One dump cannot tell slow from stuck", Nature.DATA_QUALITY);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> examine(Facts facts) {
        if (!facts.isSingleDump()) {
            return List.of();
        }
        return List.of(Finding.of(INFO)
                .headline("There is only one dump: it cannot tell slow from stuck")
                .explanation("Three dumps, ten seconds apart, show which threads have not moved.")
                .evidence(new Exhibit(facts.dump().source(), facts.dump().line(), "the only dump"))
                .captureNext(Account.THREE_DUMPS)
                .build());
    }
}
