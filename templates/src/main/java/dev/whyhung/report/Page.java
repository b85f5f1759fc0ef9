package dev.whyhung.report;

import dev.whyhung.diagnose.Diagnosis;
import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.diagnose.verdict.Verdict;
import dev.whyhung.model.InputReport;
import dev.whyhung.model.Skipped;
import dev.whyhung.report.TemplateValues.Markup;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The page as its templates see it; they hold the words, this holds what the diagnosis says.
 *
 * @param css the style sheet, written as it is
 * @param script the script, likewise; its hash stands in the page's security policy
 * @param json the diagnosis as JSON
 * @param heading title and first heading
 * @param several whether each process needs a heading of its own
 */
record Page(
        String version,
        Markup css,
        Markup script,
        Markup json,
        String heading,
        boolean several,
        List<ProcessSection> processes,
        List<Input> inputs,
        List<String> ignored) {

    /**
     * An input.
     *
     * @param skipped the first of the lines that could not be used
     * @param more how many of them are not listed
     */
    record Input(
            String path,
            String format,
            String status,
            int dumps,
            long threads,
            long skippedLines,
            List<Skipped> skipped,
            long more,
            @Nullable String message,
            String size,
            @Nullable String sha256) {

        static Input of(InputReport input) {
            List<Skipped> skipped = Caps.head(input.skipped(), 50);
            return new Input(
                    input.path(),
                    input.format(),
                    Wording.id(input.status()),
                    input.dumps(),
                    input.threads(),
                    input.skippedLines(),
                    skipped,
                    input.skippedLines() - skipped.size(),
                    input.message(),
                    Wording.size(input.bytes()),
                    input.sha256());
        }
    }

    static Page of(Diagnosis diagnosis, Caps caps, String css, String script) throws IOException {
        List<ProcessSection> processes = new ArrayList<>();
        boolean several = diagnosis.processes().size() > 1;
        for (ProcessDiagnosis process : diagnosis.processes()) {
            String prefix = processes.isEmpty() ? "" : "p" + (processes.size() + 1) + "-";
            processes.add(ProcessSection.of(process, prefix, several, caps));
        }
        return new Page(
                diagnosis.version(),
                new Markup(css),
                new Markup(script),
                json(diagnosis),
                heading(diagnosis.processes()),
                several,
                processes,
                diagnosis.inputs().stream().map(Input::of).toList(),
                diagnosis.ignored());
    }

    private static Markup json(Diagnosis diagnosis) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new JsonReport().write(diagnosis, out);
        String json = out.toString(StandardCharsets.UTF_8);
        return new Markup(
                Markings.escape(new StringBuilder(json.length() * 5 / 4), json).toString());
    }

    private static String heading(List<ProcessDiagnosis> processes) {
        if (processes.isEmpty()) {
            return "No result";
        }
        if (processes.size() == 1) {
            Verdict verdict = processes.get(0).verdict();
            return verdict.status() + ": " + Legible.clipped(verdict.headline(), 300);
        }
        return processes.size() + " processes: " + Wording.verdicts(processes);
    }
}
