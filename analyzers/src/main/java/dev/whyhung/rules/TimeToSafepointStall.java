package dev.whyhung.rules;

import dev.whyhung.finding.Exhibit;
import dev.whyhung.finding.Finding;
import dev.whyhung.finding.Fix;
import dev.whyhung.finding.Nature;
import dev.whyhung.finding.Quantity;
import dev.whyhung.finding.RuleInfo;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.judgement.Processors;
import dev.whyhung.graph.thread.Persistence;
import dev.whyhung.model.Recording;
import dev.whyhung.model.Recording.Activity;
import dev.whyhung.model.Recording.Pause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** All threads had to wait for one that did not come to a safepoint. */
final class TimeToSafepointStall implements Rule {

    private static final RuleInfo INFO = RuleInfo.of(
                    "time-to-safepoint-stall", "All threads wait for one that comes to no safepoint", Nature.EXOGENOUS)
            .withEvents("SafepointBegin");

    private static final Duration LONG = Duration.ofSeconds(1);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> examine(Facts facts) {
        List<Finding> findings = new ArrayList<>();
        for (Recording recording : facts.recorded().recordings()) {
            List<Pause> stalls = recording.pauses().stream()
                    .filter(pause -> pause.kind() == Pause.Kind.SAFEPOINT
                            && pause.length().compareTo(LONG) > 0)
                    .sorted(Comparator.comparing(Pause::length).reversed().thenComparing(Pause::at))
                    .toList();
            if (!stalls.isEmpty()) {
                findings.add(finding(recording, stalls));
            }
        }
        return findings;
    }

    private static Finding finding(Recording recording, List<Pause> stalls) {
        Duration worst = stalls.get(0).length();
        Finding.Draft draft = Finding.of(INFO)
                .headline("All threads stood still for up to " + Quantity.duration(worst) + ", waiting for one to stop")
                .explanation(
                        "To collect garbage or to take a dump, the JVM stops every thread at a safepoint; those that have stopped"
                                + " wait for the last one.",
                        "A long counted loop, a copy of a large array, or a page fault of a mapped file keeps a thread from"
                                + " coming there; so does a machine that has no processor to spare.")
                .confidence(Processors.of(recording).areTakenByOthers() ? .55 : .85)
                .persistence(Persistence.PROGRESS)
                .chain("one thread comes to no safepoint")
                .chain("all others stand still meanwhile, " + stalls.size()
                        + (stalls.size() == 1 ? " time" : " times"));
        stalls.stream()
                .limit(3)
                .forEach(pause -> draft.evidence(new Exhibit(
                        recording.source(),
                        Account.time(pause.at()) + " reaching a safepoint took " + Quantity.duration(pause.length()))));
        recording.activities().values().stream()
                .filter(activity -> activity.samples() > 0)
                .max(Comparator.comparing(Activity::samples)
                        .thenComparing(activity -> activity.thread().id()))
                .ifPresent(busiest -> draft.evidence(new Exhibit(
                        recording.source(),
                        "the most sampled thread is " + busiest.thread().quoted())));
        return draft.fix(Fix.of("Break the loop up, count it with a long, or copy in pieces."))
                .fix(Fix.of("-XX:+UseCountedLoopSafepoints puts safepoints into counted loops."))
                .captureNext("java -Xlog:safepoint ...   # says which operation waited, and for how long")
                .captureNext("java -XX:+SafepointTimeout -XX:SafepointTimeoutDelay=1000 ...   # names the thread")
                .build();
    }
}
