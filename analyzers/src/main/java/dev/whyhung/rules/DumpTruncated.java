package dev.whyhung.rules;

import dev.whyhung.finding.Exhibit;
import dev.whyhung.finding.Finding;
import dev.whyhung.finding.Nature;
import dev.whyhung.finding.RuleInfo;
import dev.whyhung.graph.Facts;
import dev.whyhung.model.DumpInfo;
import java.util.List;

/** A dump whose beginning or end is missing, or much of whose lines or a lock could not be read: what is not in it may still exist. */
final class DumpTruncated implements Rule {

    private static final RuleInfo INFO =
            RuleInfo.of("dump-truncated", "Part of a dump is missing", Nature.DATA_QUALITY);

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
                        cut.size() == 1 ? "Part of a dump is missing" : "Parts of " + cut.size() + " dumps are missing")
                .explanation(
                        "A whole dump begins with the words Full thread dump, ends with a line on JNI global references, and all its lines on locks can be read.",
                        "What could not be read is unknown: that somebody is missing proves nothing.")
                .captureNext(Account.DUMP_WITH_OWNERS);
        cut.stream()
                .limit(5)
                .forEach(info -> draft.evidence(
                        new Exhibit(info.source(), info.line(), "begins here and has " + info.threads() + " threads")));
        return List.of(draft.build());
    }
}
