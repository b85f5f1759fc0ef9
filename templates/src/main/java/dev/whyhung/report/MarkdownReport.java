package dev.whyhung.report;

import static dev.whyhung.report.MarkdownText.code;
import static dev.whyhung.report.MarkdownText.plain;

import dev.whyhung.diagnose.Diagnosis;
import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.diagnose.rank.RankedFinding;
import dev.whyhung.diagnose.verdict.Verdict;
import dev.whyhung.finding.Culprit;
import dev.whyhung.finding.Exhibit;
import dev.whyhung.finding.Finding;
import dev.whyhung.finding.Fix;
import dev.whyhung.finding.Quantity;
import dev.whyhung.model.InputReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A message for an incident channel: verdict, root cause, evidence, fix, what to capture next; the rest folded. It keeps within
 * 3,000 characters, the size of a chat message, by leaving out details that do not fit.
 */
public final class MarkdownReport {

    static final int LIMIT = 3_000;

    private static final int CLOSING = 120;
    private static final int MOST_BLOCKERS = 8;
    private static final int MOST_PROCESSES = 5;
    private static final int LONGEST_SENTENCE = 300;
    private static final int LONGEST_LINE = 160;
    private static final int LONGEST_NAME = 60;

    public void write(Diagnosis diagnosis, Appendable out) throws IOException {
        StringBuilder text = new StringBuilder();
        if (diagnosis.processes().isEmpty()) {
            text.append("## No result\n\nNo thread dump could be read from the input.\n");
        }
        if (diagnosis.processes().size() > 1) {
            writeOverview(text, diagnosis.processes());
        }
        for (ProcessDiagnosis process : diagnosis.processes()) {
            if (text.length() > LIMIT / 2) {
                text.append("\nFurther processes are in the page.\n");
                break;
            }
            text.append(text.length() == 0 ? "" : "\n");
            writeVerdict(text, process, diagnosis.processes().size() > 1);
            List<RankedFinding> leading = Wording.leading(process);
            if (leading.isEmpty()) {
                writeWhatIsMissing(text, process);
            } else {
                writeCause(text, process, leading.get(0));
            }
        }
        writeDetails(text, details(diagnosis));
        out.append(text);
    }

    private static void writeOverview(StringBuilder text, List<ProcessDiagnosis> processes) {
        text.append(processes.size()).append(" processes: ").append(Wording.verdicts(processes));
        text.append("\n\n");
        for (ProcessDiagnosis process : head(processes, MOST_PROCESSES)) {
            String status = Wording.id(process.verdict().status());
            item(text, status, plain(String.join(", ", Wording.whose(process, true)) + ": " + Wording.inputs(process)));
        }
        if (processes.size() > MOST_PROCESSES) {
            text.append("- and ").append(processes.size() - MOST_PROCESSES).append(" more\n");
        }
    }

    /** One finding as a message of its own. */
    static String finding(ProcessDiagnosis process, RankedFinding ranked) {
        StringBuilder text = new StringBuilder();
        text.append("### ").append(sentence(ranked.finding().headline())).append('\n');
        writeCause(text, process, ranked);
        return text.toString();
    }

    private static void writeVerdict(StringBuilder text, ProcessDiagnosis process, boolean several) {
        Verdict verdict = process.verdict();
        text.append("## ").append(verdict.status()).append(": ").append(sentence(verdict.headline()));
        List<String> facts = new ArrayList<>();
        Wording.whose(process, several).forEach(fact -> facts.add(plain(fact)));
        if (verdict.status() != Verdict.Status.INCONCLUSIVE) {
            facts.add("confidence " + Wording.percent(verdict.confidence()));
        }
        facts.add(Wording.dumps(process));
        facts.add(Quantity.count(process.threadCount(), "thread"));
        facts.add(process.stuck() + " stuck, " + process.unexplained().size() + " of them unexplained");
        text.append("\n\n").append(String.join(" · ", facts)).append('\n');
    }

    private static void writeCause(StringBuilder text, ProcessDiagnosis process, RankedFinding ranked) {
        Finding finding = ranked.finding();
        text.append(title(process.verdict(), ranked));
        writeCulprits(text, ranked);
        item(text, "Explains", Wording.explains(process, ranked) + "; " + Wording.persistence(ranked));
        for (Exhibit exhibit : head(finding.evidence(), 2)) {
            item(text, "Evidence", evidence(exhibit));
        }
        for (Fix fix : head(finding.fixes(), 1)) {
            item(text, "Fix", sentence(fix.text()));
        }
        for (String command : head(finding.captureNext(), 1)) {
            item(text, "Capture next", code(Legible.clipped(command, LONGEST_LINE)));
        }
    }

    private static String title(Verdict verdict, RankedFinding ranked) {
        String phrase = ranked.phrase();
        return "\n**" + phrase.substring(0, 1).toUpperCase(Locale.ROOT) + phrase.substring(1) + "** ("
                + code(Wording.rule(ranked)) + ", " + Wording.id(ranked.severity()) + ", " + Wording.id(ranked.tier())
                + ')'
                + (Wording.isSaidBy(verdict, ranked)
                        ? ""
                        : ": " + sentence(ranked.finding().headline())) + "\n\n";
    }

    private static void writeCulprits(StringBuilder text, RankedFinding ranked) {
        Finding finding = ranked.finding();
        if (finding.culprits().isEmpty()) {
            item(text, "Culprit", sentence(Wording.instead(ranked)));
        }
        for (Culprit culprit : head(finding.culprits(), 3)) {
            String at = culprit.at();
            item(
                    text,
                    "Culprit",
                    code(Wording.culprit(culprit, LONGEST_NAME))
                            + (at == null ? "" : " at " + code(Legible.shortened(at, LONGEST_LINE))));
        }
    }

    /** Without a finding the message is what to capture. */
    private static void writeWhatIsMissing(StringBuilder text, ProcessDiagnosis process) {
        String blank = "\n";
        for (RankedFinding note : head(Wording.informational(process), 2)) {
            for (String command : head(note.finding().captureNext(), 1)) {
                text.append(blank);
                item(text, "Capture next", code(Legible.clipped(command, LONGEST_LINE)));
                blank = "";
            }
        }
    }

    private static List<String> details(Diagnosis diagnosis) {
        List<String> details = new ArrayList<>();
        for (ProcessDiagnosis process : head(diagnosis.processes(), 1)) {
            List<RankedFinding> leading = Wording.leading(process);
            if (!leading.isEmpty()) {
                addCauseDetails(details, process, leading.get(0));
            }
            List<String> blockers = BlockerLines.of(process.blockers(), MOST_BLOCKERS);
            if (!blockers.isEmpty()) {
                details.add(
                        "\nWho waits for whom:\n\n" + MarkdownText.block("text", String.join("\n", blockers)) + "\n");
            }
            for (RankedFinding further : leading.subList(Math.min(1, leading.size()), leading.size())) {
                details.add(bullet(
                        "Also, " + further.phrase(), sentence(further.finding().headline())));
            }
            for (RankedFinding note : Wording.informational(process)) {
                details.add(bullet("Note", sentence(note.finding().headline())));
            }
            for (String note : process.notes()) {
                details.add(bullet("Note", sentence(note)));
            }
        }
        for (InputReport input : diagnosis.inputs()) {
            String problem = Wording.problem(input);
            if (problem != null) {
                details.add(
                        bullet("Input", code(Legible.shortened(input.path(), LONGEST_NAME)) + " " + sentence(problem)));
            }
        }
        return details;
    }

    private static void addCauseDetails(List<String> details, ProcessDiagnosis process, RankedFinding ranked) {
        Finding finding = ranked.finding();
        for (Fix fix : head(finding.fixes(), 1)) {
            String before = fix.before();
            String after = fix.after();
            if (before != null) {
                details.add("Before:\n\n" + MarkdownText.block("java", before) + "\n");
            }
            if (after != null) {
                details.add("After:\n\n" + MarkdownText.block("java", after) + "\n");
            }
        }
        int step = 0;
        for (String link : finding.chain()) {
            details.add(bullet("Step " + ++step, sentence(link)));
        }
        for (RankedFinding folded : Wording.folded(process, ranked)) {
            details.add(bullet("Consequence", sentence(folded.finding().headline())));
        }
        for (Exhibit exhibit : finding.evidence()
                .subList(
                        Math.min(2, finding.evidence().size()),
                        finding.evidence().size())) {
            details.add(bullet("Evidence", evidence(exhibit)));
        }
    }

    private static void writeDetails(StringBuilder text, List<String> details) {
        if (details.isEmpty()) {
            return;
        }
        text.append("\n<details><summary>Details</summary>\n\n");
        int left = 0;
        for (String detail : details) {
            if (text.length() + detail.length() <= LIMIT - CLOSING) {
                text.append(detail);
            } else {
                left++;
            }
        }
        if (left > 0) {
            text.append("- ").append(Quantity.count(left, "detail")).append(" more in the page\n");
        }
        text.append("\n</details>\n");
    }

    private static String evidence(Exhibit exhibit) {
        String place = Legible.shortened(exhibit.place(), LONGEST_LINE);
        return code(place) + " " + code(Legible.clipped(exhibit.text().strip(), LONGEST_LINE));
    }

    private static void item(StringBuilder text, String label, String value) {
        text.append("- **").append(label).append(":** ").append(value).append('\n');
    }

    private static String bullet(String label, String value) {
        return "- " + label + ": " + value + '\n';
    }

    private static String sentence(String text) {
        return plain(Legible.clipped(text, LONGEST_SENTENCE));
    }

    private static <T> List<T> head(List<T> list, int most) {
        return list.subList(0, Math.min(most, list.size()));
    }
}
