package dev.whyhung.report;

import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.diagnose.chronicle.Chronicle;
import dev.whyhung.diagnose.chronicle.RoleSamples;
import dev.whyhung.diagnose.chronicle.Timeline;
import dev.whyhung.report.TemplateValues.Markup;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What became of a process over time: from dump to dump, and in a recording. */
record Histories(DumpMatrix matrix, List<Chart> timelines, List<ExceptionRow> exceptions, List<SampleTable> samples) {

    static Histories of(ProcessDiagnosis process) {
        return new Histories(
                DumpMatrix.of(process),
                process.inventory().timelines().stream().map(Chart::of).toList(),
                ExceptionRow.of(process.chronicle()),
                SampleTable.of(process.chronicle()));
    }

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
}
