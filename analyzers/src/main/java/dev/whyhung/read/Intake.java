package dev.whyhung.read;

import dev.whyhung.model.Evidence;
import dev.whyhung.model.InputReport;
import dev.whyhung.model.InputReport.Status;
import dev.whyhung.model.ThreadDump;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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

    private final StackTable table = new StackTable();
    private final List<EvidenceCollector> collectors = new ArrayList<>();

    private Intake() {}

    /** Reads every source; what cannot be read is told in its report, never thrown. */
    public static Result read(List<Source> sources) {
        Intake intake = new Intake();
        List<InputReport> reports = new ArrayList<>();
        boolean namedUnreadable = false;
        for (Source source : sources) {
            InputReport report = intake.readOne(source);
            reports.add(report);
            namedUnreadable |= source.named() && report.status() == Status.SKIPPED;
        }
        List<Evidence> processes =
                intake.collectors.stream().map(EvidenceCollector::evidence).toList();
        return new Result(reports, processes, namedUnreadable);
    }

    private InputReport readOne(Source source) {
        try (InputStream in = source.opener().open()) {
            byte[] head = in.readNBytes(Recognition.HEAD);
            if (head.length == 0) {
                return skipped(source, "unknown", "is empty");
            }
            Optional<Recognition.Other> other = Recognition.of(head);
            if (other.isPresent()) {
                return skipped(source, other.get().id(), other.get().message());
            }
            InputStream whole = new SequenceInputStream(new ByteArrayInputStream(head), in);
            return new HotSpotText(source.label(), table, this::accept).read(whole);
        } catch (IOException e) {
            return skipped(source, "unknown", Sources.reason(e));
        }
    }

    private static InputReport skipped(Source source, String format, String message) {
        return new InputReport(source.label(), format, Status.SKIPPED, 0, 0, 0, List.of(), message);
    }

    private void accept(ThreadDump dump) {
        for (EvidenceCollector collector : collectors) {
            if (collector.accepts(dump)) {
                collector.add(dump);
                return;
            }
        }
        collectors.add(new EvidenceCollector(dump));
    }
}
