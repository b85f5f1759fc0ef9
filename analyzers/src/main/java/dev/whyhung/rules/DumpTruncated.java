package dev.whyhung.rules;

import dev.whyhung.graph.Facts;
import dev.whyhung.model.DumpInfo;
import java.util.List;

/** A dump whose end is missing: what is not in it may still exist. */
final class DumpTruncated implements Rule {

    private static final RuleInfo INFO =
            RuleInfo.of("dump-truncated", "The end of a dump is missing", Nature.DATA_QUALITY);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> examine(Facts facts) {
        List<DumpInfo> cut =
                facts.evidence().dumps().stream().filter(DumpInfo::truncated).toList();
        if (cut.isEmpty()) {
            return List.of();
        }
        Finding.Draft draft = Finding.of(INFO)
                .headline(
                        cut.size() == 1
                                ? "The end of a dump is missing"
                                : "The ends of " + cut.size() + " dumps are missing")
                .explanation(
                        "A whole dump ends with a line on JNI global references.",
                        "Threads behind the cut are unknown: that somebody is missing proves nothing.")
                .captureNext(Account.DUMP_WITH_OWNERS);
        cut.stream()
                .limit(5)
                .forEach(info -> draft.evidence(
                        new Exhibit(info.source(), info.line(), "begins here and has " + info.threads() + " threads")));
        return List.of(draft.build());
    }
}
