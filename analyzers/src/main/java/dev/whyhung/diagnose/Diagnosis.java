package dev.whyhung.diagnose;

import dev.whyhung.model.InputReport;
import java.util.List;

/**
 * The whole result of a run; terminal text, JSON, Markdown and page are functions of it alone.
 *
 * @param version version of the tool
 * @param inputs what became of each input, in the order of the command line
 * @param processes one entry a process, worst first; empty if nothing could be read
 * @param ignored findings dropped on request, as {@code rule: headline}
 */
public record Diagnosis(
        String version, List<InputReport> inputs, List<ProcessDiagnosis> processes, List<String> ignored) {

    public Diagnosis {
        inputs = List.copyOf(inputs);
        processes = List.copyOf(processes);
        ignored = List.copyOf(ignored);
    }
}
