package dev.whyhung.rules;

import dev.whyhung.finding.Exhibit;
import dev.whyhung.finding.Finding;
import dev.whyhung.finding.Fix;
import dev.whyhung.finding.Nature;
import dev.whyhung.finding.RuleInfo;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.judgement.Processors;
import dev.whyhung.graph.thread.Persistence;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.graph.thread.Wait;
import dev.whyhung.model.Recording;
import dev.whyhung.model.ThreadStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The process wants to run and gets no processor: its container is throttled, or others take the machine. */
final class CpuStarvedContainer implements Rule {

    private static final RuleInfo INFO = RuleInfo.of(
                    "cpu-starved-container", "The process is short of processor time", Nature.EXOGENOUS)
            .withEvents("CPULoad");

    private static final double THROTTLED = .25;
    /** One or two are running at the moment of a dump in any service that has a little to do. */
    private static final int LEAST_RUNNABLE = 4;

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> examine(Facts facts) {
        List<Finding> findings = new ArrayList<>();
        for (Recording recording : facts.recorded().recordings()) {
            Processors processors = Processors.of(recording);
            String share = percent(processors.throttled());
            if (processors.throttled() > THROTTLED) {
                findings.add(finding(
                        recording,
                        .85,
                        "The container was throttled in " + share + " of its time slices",
                        share + " of the slices hit the CPU quota"));
            } else if (processors.areTakenByOthers() && runnable(facts) >= LEAST_RUNNABLE) {
                findings.add(finding(
                        recording,
                        .6,
                        "Other programs take the processors: the machine is full, this process gets little of it",
                        "machine " + percent(processors.machine()) + " busy, this JVM " + percent(processors.jvm())));
            }
        }
        return findings;
    }

    private static long runnable(Facts facts) {
        return facts.threads().stream()
                .filter(thread -> !thread.isJvm() && !thread.isIdle())
                .filter(thread -> thread.waitsFor().kind() == Wait.Kind.NONE)
                .filter(thread -> thread.thread().status() == ThreadStatus.RUNNABLE)
                .map(ThreadFacts::where)
                .filter(where -> where.filter(frame -> facts.knowledge().isApplication(frame.className()))
                        .isPresent())
                .count();
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", share * 100);
    }

    private static Finding finding(Recording recording, double confidence, String headline, String evidence) {
        return Finding.of(INFO)
                .headline(headline)
                .explanation(
                        "Threads that could run do not get a processor; locks are held longer, and everything is late.",
                        "Nothing in the code has to be wrong for that.")
                .confidence(confidence)
                .persistence(Persistence.PROGRESS)
                .chain("the processors are taken")
                .chain("runnable threads wait for their turn")
                .evidence(new Exhibit(recording.source(), evidence))
                .fix(Fix.of("Raise the CPU limit of the container, or move its neighbours."))
                .fix(Fix.of("Make the pools fit the processors that the container really has."))
                .captureNext("cat /sys/fs/cgroup/cpu.stat   # nr_throttled, inside the container")
                .build();
    }
}
