package dev.whyhung.rules;

import dev.whyhung.finding.Exhibit;
import dev.whyhung.finding.Finding;
import dev.whyhung.finding.Fix;
import dev.whyhung.finding.Nature;
import dev.whyhung.finding.Quantity;
import dev.whyhung.finding.RuleInfo;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.Persistence;
import dev.whyhung.model.Recording;
import dev.whyhung.model.Recording.Load;
import dev.whyhung.model.Recording.Pause;
import dev.whyhung.model.Recording.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** The JVM stood still for garbage collection most of the time, or once for very long. */
final class GcThrashOrLongPause implements Rule {

    private static final RuleInfo INFO = RuleInfo.of(
                    "gc-thrash-or-long-pause", "Garbage collection stops the process", Nature.EXOGENOUS)
            .withEvents("GCPhasePause");

    private static final double SHARE = .3;
    private static final double FULL = .95;
    private static final int WINDOW_SECONDS = 60;
    private static final int LEAST_SECONDS = 5;
    private static final Duration LONG = Duration.ofSeconds(10);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> examine(Facts facts) {
        List<Finding> findings = new ArrayList<>();
        for (Recording recording : facts.recorded().recordings()) {
            Optional<Pause> longest = recording.pauses().stream()
                    .filter(pause ->
                            pause.kind() == Pause.Kind.GC && pause.length().compareTo(LONG) > 0)
                    .max(Comparator.comparing(Pause::length));
            double share = isStretched(recording) ? 0 : worstShare(recording);
            if (longest.isPresent() || share > SHARE) {
                findings.add(finding(recording, longest, share));
            }
        }
        return findings;
    }

    /** The largest share of pauses in any minute, or in all of a shorter recording. */
    private static double worstShare(Recording recording) {
        double seconds = Math.min(WINDOW_SECONDS, recording.length().toNanos() / 1e9);
        double worst = 0;
        for (Reading begin : recording.gcTimes()) {
            Instant end = begin.at().plusSeconds(WINDOW_SECONDS);
            double paused = recording.gcTimes().stream()
                    .filter(each -> !each.at().isBefore(begin.at()) && each.at().isBefore(end))
                    .mapToLong(Reading::value)
                    .sum();
            worst = Math.max(worst, paused / 1e9);
        }
        return seconds < LEAST_SECONDS ? 0 : worst / seconds;
    }

    /**
     * Whether the process used less of a processor than its pauses lasted, on a full machine: the collector did not collect in them, it
     * waited for its turn, as anything else does there.
     */
    private static boolean isStretched(Recording recording) {
        double paused = recording.gcTimes().stream().mapToLong(Reading::value).sum() / 1e9;
        double used = recording.jvm().processors()
                * average(recording, Load::jvm)
                * recording.length().toSeconds();
        return used > 0 && used < paused / 2 && average(recording, Load::machine) >= FULL;
    }

    private static double average(Recording recording, ToDoubleFunction<Load> share) {
        return recording.loads().stream().mapToDouble(share).average().orElse(0);
    }

    private static Finding finding(Recording recording, Optional<Pause> longest, double share) {
        String what = longest.map(
                        pause -> "A garbage collection stopped the process for " + Quantity.duration(pause.length()))
                .orElse("Garbage collection stops the process " + Math.min(99, Math.round(share * 100))
                        + " % of the time");
        Finding.Draft draft = Finding.of(INFO)
                .headline(what)
                .explanation(
                        "While the collector pauses, no thread runs: requests time out though nothing waits for anything.",
                        "Mostly the heap is too small for what is kept alive, or something is kept that should not be.")
                .confidence(.9)
                .persistence(Persistence.PROGRESS)
                .chain("the collector stops all threads")
                .chain("everything is late");
        recording.pauses().stream()
                .filter(pause -> pause.kind() == Pause.Kind.GC)
                .sorted(Comparator.comparing(Pause::length).reversed())
                .limit(3)
                .forEach(pause -> draft.evidence(new Exhibit(
                        recording.source(),
                        Account.time(pause.at()) + ' ' + pause.cause() + " took "
                                + Quantity.duration(pause.length()))));
        return draft.fix(Fix.of(
                        "Find what fills the heap with a heap dump; then release it, or give the JVM a larger heap."))
                .captureNext("jcmd <pid> GC.heap_info")
                .captureNext("jcmd <pid> GC.class_histogram")
                .build();
    }
}
