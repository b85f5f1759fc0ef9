package dev.whyhung.read;

import dev.whyhung.model.Evidence;
import dev.whyhung.model.InputReport;
import dev.whyhung.model.InputReport.Status;
import dev.whyhung.read.bytes.Budget;
import dev.whyhung.read.bytes.Limits;
import dev.whyhung.read.join.Processes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/** Reads all inputs of a run, one after another, and sorts what they hold by process. */
public final class Intake {

    /**
     * What all inputs gave.
     *
     * @param inputs what became of each, in order
     * @param processes one entry a process, in order of first appearance
     * @param namedUnreadable whether an input that the command line named could not be used
     */
    public record Result(List<InputReport> inputs, List<Evidence> processes, boolean namedUnreadable) {}

    private Intake() {}

    /** Reads every source; what cannot be read is told in its report, never thrown. */
    public static Result read(List<Source> sources) {
        return read(sources, Limits.STANDARD);
    }

    /** The same within other limits. */
    public static Result read(List<Source> sources, Limits limits) {
        return read(sources, limits, bytes -> {});
    }

    /** The same, telling how many more bytes have been read, as they are stored. */
    public static Result read(List<Source> sources, Limits limits, LongConsumer progress) {
        Processes processes = new Processes(new Budget(limits, progress));
        List<Settled> reports = new ArrayList<>();
        boolean namedUnreadable = false;
        Checksums checksums = new Checksums();
        for (Source source : sources) {
            List<Settled> found = new Unpacker(processes, checksums).read(source);
            reports.addAll(found);
            namedUnreadable |= source.named() && !anyRead(found);
        }
        return new Result(reports.stream().map(Settled::whole).toList(), processes.evidence(), namedUnreadable);
    }

    private static boolean anyRead(List<Settled> reports) {
        return reports.stream()
                .map(Settled::report)
                .filter(report -> !report.format().equals(InputReport.ARCHIVE))
                .anyMatch(report -> report.status() != Status.SKIPPED);
    }
}
