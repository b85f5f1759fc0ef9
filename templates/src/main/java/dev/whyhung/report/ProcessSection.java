package dev.whyhung.report;

import dev.whyhung.diagnose.Check;
import dev.whyhung.diagnose.Chronicle;
import dev.whyhung.diagnose.Inventory;
import dev.whyhung.diagnose.Occupancy;
import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.diagnose.RankedFinding;
import dev.whyhung.diagnose.RoleSamples;
import dev.whyhung.diagnose.Timeline;
import dev.whyhung.diagnose.Verdict;
import dev.whyhung.model.DumpInfo;
import dev.whyhung.model.ThreadId;
import dev.whyhung.report.TemplateValues.Markup;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One process on the page.
 *
 * @param prefix what its anchors begin with; empty for the first process, whose findings have their ids as anchors
 * @param level level of its sections' headings
 * @param confidence as a percentage, or null where there is none
 * @param since since when the first finding is known to hold, or null
 * @param program what the process runs, or null
 * @param started when its JVM started, or null
 * @param inputs what it was read from
 * @param picture the blockers as a picture, or null
 * @param findings the findings that stand for themselves
 * @param notes findings about the evidence
 * @param remarks what to know about the evidence, a sentence each
 * @param unexplained names of the first threads that no finding explains
 */
record ProcessSection(
        String prefix,
        int level,
        String status,
        String headline,
        @Nullable String confidence,
        @Nullable String since,
        @Nullable String jvm,
        @Nullable String pid,
        @Nullable String program,
        @Nullable String started,
        String inputs,
        String evidence,
        List<Dump> dumps,
        int threads,
        int virtualThreads,
        int stuck,
        List<FindingCard> findings,
        List<FindingCard> notes,
        List<String> remarks,
        int unexplainedCount,
        List<String> unexplained,
        List<BlockerNode> blockers,
        @Nullable Markup picture,
        DumpMatrix matrix,
        List<Chart> timelines,
        List<ExceptionRow> exceptions,
        List<SampleTable> samples,
        List<PoolBar> pools,
        List<ContainerLine> containers,
        int moreContainers,
        List<Histogram> occupancies,
        ResourceTable resources,
        List<CallNode> calls,
        StackList stacks,
        ThreadTable table,
        List<CheckLine> clear,
        List<CheckLine> impossible,
        List<CheckLine> failed,
        int found) {

    private static final int MOST_POOLS = 24;

    /** A dump: where it stands and when it was taken. */
    record Dump(
            String source, int line, String format, String time, int threads, boolean truncated, boolean examined) {}

    /** A timeline: its picture, and each series as text for those who do not see it. */
    record Chart(String title, Markup picture, List<String> words) {

        static Chart of(Timeline timeline) {
            return new Chart(
                    timeline.title(),
                    TimelineChart.of(timeline),
                    timeline.series().stream().map(Chart::words).toList());
        }

        private static String words(Timeline.Series series) {
            List<String> values = series.values().stream()
                    .map(value -> value.isNaN()
                            ? "?"
                            : Wording.rounded(value, 1).stripTrailingZeros().toPlainString())
                    .toList();
            return series.name() + ": " + String.join(", ", values);
        }
    }

    /** How often and when exceptions of one class were created. */
    record ExceptionRow(String type, long count, String first, String last) {

        private static final int MOST = 12;
        private static final DateTimeFormatter TIME =
                DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

        static List<ExceptionRow> of(@Nullable Chronicle chronicle) {
            return chronicle == null
                    ? List.of()
                    : Caps.head(chronicle.exceptions(), MOST).stream()
                            .map(count -> new ExceptionRow(
                                    Legible.shortened(count.className(), Wording.LONGEST_NAME),
                                    count.count(),
                                    TIME.format(count.first()),
                                    TIME.format(count.last())))
                            .toList();
        }
    }

    /** Whose code ran in some time, by role. */
    record SampleTable(String title, List<RoleSamples.Row> rows) {

        static List<SampleTable> of(@Nullable Chronicle chronicle) {
            return chronicle == null
                    ? List.of()
                    : chronicle.samples().stream().map(SampleTable::of).toList();
        }

        private static SampleTable of(RoleSamples samples) {
            return new SampleTable(
                    samples.title(),
                    samples.rows().stream()
                            .map(row -> new RoleSamples.Row(
                                    row.role(),
                                    row.threads(),
                                    row.running(),
                                    row.inNative(),
                                    Legible.shortened(row.busiest(), Wording.LONGEST_NAME),
                                    row.most()))
                            .toList());
        }
    }

    /** A histogram; each bar with its length as a percentage of the longest. */
    record Histogram(String title, List<Bar> bars) {

        record Bar(String range, long count, int percent) {}

        static Histogram of(Occupancy occupancy) {
            long most = occupancy.bars().stream()
                    .mapToLong(Occupancy.Bar::count)
                    .max()
                    .orElse(0);
            return new Histogram(
                    occupancy.title(),
                    occupancy.bars().stream()
                            .map(bar ->
                                    new Bar(bar.range(), bar.count(), (int) (100 * bar.count() / Math.max(1, most))))
                            .toList());
        }
    }

    /** A rule that found nothing: why, and what would help. */
    record CheckLine(String rule, String title, List<String> missing, String detail) {}

    static ProcessSection of(ProcessDiagnosis process, String prefix, boolean several, Caps caps) {
        Verdict verdict = process.verdict();
        Long pid = process.pid();
        Inventory inventory = process.inventory();
        Set<ThreadId> listed = ThreadTable.listed(process, caps);
        boolean sure = verdict.status() != Verdict.Status.INCONCLUSIVE;
        return new ProcessSection(
                prefix,
                several ? 3 : 2,
                Wording.id(verdict.status()),
                verdict.headline(),
                sure ? Wording.percent(verdict.confidence()) : null,
                Wording.since(process),
                process.jvm(),
                pid == null ? null : pid.toString(),
                process.identity().tool() == null
                        ? process.identity().program()
                        : process.identity().tool(),
                Wording.started(process),
                Wording.inputs(process),
                Wording.dumps(process),
                dumps(process),
                process.threadCount(),
                process.virtualThreads(),
                process.stuck(),
                cards(process, Wording.leading(process), prefix, caps),
                cards(process, Wording.informational(process), prefix, caps),
                process.notes(),
                process.unexplained().size(),
                process.unexplained().first().stream()
                        .map(id -> Legible.shortened(process.nameOf(id), Wording.LONGEST_NAME))
                        .toList(),
                BlockerNode.of(process.blockers(), caps),
                BlockerPicture.of(process.blockers()),
                DumpMatrix.of(process),
                inventory.timelines().stream().map(Chart::of).toList(),
                ExceptionRow.of(process.chronicle()),
                SampleTable.of(process.chronicle()),
                Caps.head(inventory.pools(), MOST_POOLS).stream()
                        .map(PoolBar::of)
                        .toList(),
                Caps.head(inventory.containers(), caps.resources()).stream()
                        .map(row -> ContainerLine.of(process, row, listed, prefix))
                        .toList(),
                Math.max(0, inventory.containers().size() - caps.resources()),
                inventory.occupancies().stream().map(Histogram::of).toList(),
                ResourceTable.of(process, listed, prefix, caps),
                CallNode.of(inventory.calls(), caps),
                StackList.of(process, prefix, caps),
                ThreadTable.of(process, listed, prefix, caps),
                checks(process, Check.Outcome.CLEAR),
                checks(process, Check.Outcome.NOT_APPLICABLE),
                checks(process, Check.Outcome.FAILED),
                checks(process, Check.Outcome.FOUND).size());
    }

    private static List<Dump> dumps(ProcessDiagnosis process) {
        List<Dump> dumps = new ArrayList<>();
        for (DumpInfo dump : process.dumps()) {
            dumps.add(new Dump(
                    dump.source(),
                    dump.line(),
                    dump.format(),
                    Wording.time(dump),
                    dump.threads(),
                    dump.truncated(),
                    dumps.size() == process.focus()));
        }
        return dumps;
    }

    private static List<FindingCard> cards(
            ProcessDiagnosis process, List<RankedFinding> findings, String prefix, Caps caps) {
        return findings.stream()
                .map(finding -> FindingCard.of(process, finding, prefix, caps))
                .toList();
    }

    private static List<CheckLine> checks(ProcessDiagnosis process, Check.Outcome outcome) {
        return process.checks().stream()
                .filter(check -> check.outcome() == outcome)
                .map(check -> new CheckLine(check.rule().id(), check.rule().title(), check.missing(), check.detail()))
                .toList();
    }
}
