package dev.whyhung.read;

import dev.whyhung.model.Evidence;
import dev.whyhung.model.InputReport;
import dev.whyhung.model.InputReport.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.List;

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
        Processes processes = new Processes();
        List<InputReport> reports = new ArrayList<>();
        boolean namedUnreadable = false;
        for (Source source : sources) {
            InputReport report = readOne(source, processes);
            reports.add(report);
            namedUnreadable |= source.named() && report.status() == Status.SKIPPED;
        }
        return new Result(reports, processes.evidence(), namedUnreadable);
    }

    private static InputReport readOne(Source source, Harvest harvest) {
        try (InputStream in = source.opener().open()) {
            byte[] first = in.readNBytes(Head.LENGTH);
            if (first.length == 0) {
                return InputReport.skipped(source.label(), "unknown", "is empty");
            }
            Head head = new Head(first);
            InputStream whole = new SequenceInputStream(new ByteArrayInputStream(first), in);
            return Formats.of(head).read(new Input(source.label(), head, whole, source.file()), harvest);
        } catch (IOException e) {
            return InputReport.skipped(source.label(), "unknown", Sources.reason(e));
        }
    }
}
