package dev.whyhung.rules;

import dev.whyhung.finding.Exhibit;
import dev.whyhung.finding.Finding;
import dev.whyhung.finding.Nature;
import dev.whyhung.finding.RuleInfo;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.model.Visible;
import java.util.List;

/** Nothing is stuck: if the service did not answer, the reason is not in this dump. */
final class HealthyIdle implements Rule {

    private static final RuleInfo INFO =
            RuleInfo.of("healthy-idle", "No thread is stuck in this dump", Nature.DATA_QUALITY);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> examine(Facts facts) {
        if (facts.threads().isEmpty()
                || facts.recorded().isDumpMissing()
                || facts.threads().stream().anyMatch(ThreadFacts::isStuck)) {
            return List.of();
        }
        Finding.Draft draft = Finding.of(INFO)
                .headline("Nothing in these threads keeps a service from answering")
                .explanation(
                        "If the service did not answer when it was taken, look before the process (load balancer, accept"
                                + " queue, DNS), at virtual threads, which text dumps do not show, or at another process.")
                .evidence(new Exhibit(
                        facts.dump().source(),
                        facts.dump().line(),
                        facts.threads().size() + " threads, none stuck"));
        if (!facts.shows(Visible.UNMOUNTED_VIRTUAL_THREADS)) {
            draft.captureNext("jcmd <pid> Thread.dump_to_file -format=json <file>   # JDK 21+: shows virtual threads");
        }
        return List.of(draft.build());
    }
}
