package dev.whyhung.report;

import dev.whyhung.diagnose.Check;
import dev.whyhung.diagnose.Diagnosis;
import dev.whyhung.diagnose.Identity;
import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.diagnose.rank.RankedFinding;
import dev.whyhung.diagnose.rank.Score;
import dev.whyhung.diagnose.rank.Severity;
import dev.whyhung.diagnose.verdict.Verdict;
import dev.whyhung.diagnose.view.BlockerTree;
import dev.whyhung.diagnose.view.StackGroup;
import dev.whyhung.diagnose.view.ThreadRow;
import dev.whyhung.finding.Culprit;
import dev.whyhung.finding.Exhibit;
import dev.whyhung.finding.Finding;
import dev.whyhung.finding.Fix;
import dev.whyhung.finding.Tier;
import dev.whyhung.graph.thread.Persistence;
import dev.whyhung.graph.thread.Resource;
import dev.whyhung.model.CallStack;
import dev.whyhung.model.Frame;
import dev.whyhung.model.InputReport;
import dev.whyhung.model.Skipped;
import dev.whyhung.model.ThreadId;
import dev.whyhung.model.ThreadSnapshot;
import dev.whyhung.model.ThreadStatus;
import java.time.Duration;
import java.util.List;

/** A diagnosis in which every text that can come out of a dump is hostile. */
final class HostileSample {

    private static final String NAME = Samples.HOSTILE;
    private static final ThreadId ID = ThreadId.ofNative(0x4c5f);
    private static final CallStack STACK = new CallStack(List.of(new Frame(NAME, NAME, NAME)));

    private HostileSample() {}

    static Diagnosis diagnosis() {
        InputReport input =
                new InputReport(NAME, NAME, InputReport.Status.PARTIAL, 1, 1, 1, List.of(new Skipped(9, NAME)), NAME);
        return new Diagnosis(NAME, List.of(input), List.of(process()), List.of(NAME));
    }

    private static ProcessDiagnosis process() {
        return new ProcessDiagnosis(
                new Identity(NAME, 7L, NAME, NAME, null),
                List.of(SampleThreads.dump(NAME, null, 1)),
                0,
                1,
                0,
                new Verdict(Verdict.Status.HUNG, NAME, .98),
                List.of(finding()),
                SampleFindings.crowd(List.of(ID)),
                List.of(
                        new Check(Samples.ORPHANED, Check.Outcome.FAILED, List.of(NAME), NAME),
                        new Check(Samples.STALL, Check.Outcome.NOT_APPLICABLE, List.of(NAME), NAME)),
                List.of(tree()),
                List.of(new StackGroup(
                        STACK.frames(), ThreadRow.Activity.STUCK, List.of(ID), NAME, List.of("in " + NAME))),
                List.of(row()),
                SampleInventories.hostileInventory(NAME, ID),
                null,
                List.of(NAME));
    }

    private static RankedFinding finding() {
        Finding finding = Finding.of(Samples.ORPHANED)
                .kind(NAME)
                .headline("Lock is held by " + NAME)
                .explanation(NAME, NAME)
                .culprit(new Culprit(NAME, ID, true, false, NAME))
                .resource(new Resource(Resource.Kind.POOL, NAME, 16, NAME))
                .confidence(.98)
                .persistence(Persistence.SINGLE)
                .site(NAME)
                .evidence(new Exhibit(NAME, 3, NAME))
                .chain(NAME)
                .fix(new Fix(NAME, NAME, NAME))
                .captureNext(NAME)
                .build();
        return new RankedFinding(
                "orphaned-lock-idle-owner-1",
                NAME,
                finding,
                1,
                Severity.HIGH,
                new Score(70, 1, .98, 1, .8),
                Tier.PROVEN,
                .5,
                1,
                SampleFindings.crowd(List.of(ID)),
                List.of(),
                null);
    }

    private static ThreadRow row() {
        ThreadSnapshot thread = new ThreadSnapshot(
                ID,
                NAME,
                ThreadSnapshot.Kind.PLATFORM,
                false,
                ThreadStatus.PARKED,
                STACK,
                List.of(),
                -1,
                -1,
                null,
                3,
                0,
                null,
                null);
        return new ThreadRow(
                thread,
                NAME,
                NAME,
                NAME,
                ID,
                ThreadRow.Activity.STUCK,
                NAME,
                NAME,
                NAME,
                0,
                0,
                List.of(0),
                Duration.ZERO);
    }

    private static BlockerTree tree() {
        return new BlockerTree(
                BlockerTree.Kind.RESOURCE,
                NAME,
                NAME,
                0,
                1,
                true,
                0,
                List.of(
                        new BlockerTree(BlockerTree.Kind.THREADS, NAME, NAME, 1, 0, false, 0, List.of()),
                        new BlockerTree(BlockerTree.Kind.CYCLE, NAME, NAME, 0, 0, false, 1, List.of())));
    }
}
