package dev.whyhung.rules;

import dev.whyhung.finding.Exhibit;
import dev.whyhung.finding.Finding;
import dev.whyhung.finding.Nature;
import dev.whyhung.finding.Quantity;
import dev.whyhung.finding.RuleInfo;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.model.Recording;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The recording was over before the dump that shows the hang. */
final class JfrEndsBeforeHang implements Rule {

    private static final RuleInfo INFO = RuleInfo.of(
            "jfr-ends-before-hang", "The recording ends before the dump that shows the hang", Nature.DATA_QUALITY);

    private static final Duration AT_ONCE = Duration.ofSeconds(10);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> examine(Facts facts) {
        List<Recording> recordings = facts.recorded().recordings();
        Optional<Instant> taken = facts.recorded().instant(facts.dump());
        if (recordings.isEmpty() || taken.isEmpty() || facts.threads().stream().noneMatch(ThreadFacts::isStuck)) {
            return List.of();
        }
        Recording last = recordings.get(recordings.size() - 1);
        Duration gap = Duration.between(last.to(), taken.get());
        if (gap.compareTo(AT_ONCE) <= 0) {
            return List.of();
        }
        return List.of(Finding.of(INFO)
                .headline("The recording ends " + Quantity.duration(gap) + " before the dump that shows the hang")
                .explanation(
                        "What happened in between is not recorded: that the recording shows no fault proves nothing.",
                        "If the threads were stuck already when it ended, its own events say since when.")
                .evidence(new Exhibit(last.source(), "recorded until " + Account.time(last.to())))
                .captureNext("jcmd <pid> JFR.dump filename=<file>   # while it hangs")
                .build());
    }
}
