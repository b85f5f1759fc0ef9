package dev.whyhung.rules;

import dev.whyhung.finding.Exhibit;
import dev.whyhung.finding.Finding;
import dev.whyhung.finding.Nature;
import dev.whyhung.finding.RuleInfo;
import dev.whyhung.graph.Facts;
import dev.whyhung.model.Visible;
import java.util.List;

/** The process uses virtual threads, and this dump shows none but those that are mounted on a carrier. */
final class VirtualThreadsInvisible implements Rule {

    private static final RuleInfo INFO = RuleInfo.of(
            "virtual-threads-invisible", "Waiting virtual threads are not in this dump", Nature.DATA_QUALITY);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> examine(Facts facts) {
        boolean used = facts.usesVirtualThreads() && !facts.shows(Visible.UNMOUNTED_VIRTUAL_THREADS);
        if (!used && !facts.mayHideVirtualThreads()) {
            return List.of();
        }
        return List.of(Finding.of(INFO)
                .headline((used ? "This process uses" : "This process may use")
                        + " virtual threads; those that wait are not in this dump")
                .explanation(
                        "A text dump shows a virtual thread only while it is mounted on its carrier, and no lock that one owns.",
                        "A deadlock or a lost lock among them leaves nothing here but idle carriers.")
                .evidence(new Exhibit(facts.dump().source(), facts.dump().line(), "a text dump with carriers"))
                .captureNext("jcmd <pid> Thread.dump_to_file -format=json <file>   # has every virtual thread")
                .build());
    }
}
