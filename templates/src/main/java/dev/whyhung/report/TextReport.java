package dev.whyhung.report;

import dev.whyhung.diagnose.Diagnosis;
import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.diagnose.rank.Crowd;
import dev.whyhung.diagnose.rank.RankedFinding;
import dev.whyhung.diagnose.verdict.Verdict;
import dev.whyhung.finding.Culprit;
import dev.whyhung.finding.Exhibit;
import dev.whyhung.finding.Fix;
import dev.whyhung.finding.Quantity;
import dev.whyhung.model.InputReport;
import dev.whyhung.report.Screen.Ink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The summary for a terminal: root cause first, in 24 lines of 100 columns for an ordinary incident, in words that can be read
 * aloud. Own words are ASCII, for terminals that know nothing else; only the tree of blockers, where there is room for it, is drawn.
 */
public final class TextReport {

    private static final int LABELS = 13;
    private static final int MOST_CULPRITS = 3;
    private static final int MOST_FURTHER = 3;
    private static final int MOST_NOTES = 2;
    private static final int MOST_INPUTS = 2;
    private static final int MOST_BLOCKERS = 8;
    private static final int MOST_PROCESSES = 12;
    private static final int PAGE_LINES = 2;
    private static final int READ_LINES = 1;
    private static final int SCREEN_LINES = 24;
    private static final int LONGEST_NAME = 60;

    private final boolean colour;
    private final int width;

    /**
     * @param colour whether to write ANSI colours
     * @param width columns of the terminal; less than 40 count as 40
     */
    public TextReport(boolean colour, int width) {
        this.colour = colour;
        this.width = width;
    }

    /**
     * Writes the summary.
     *
     * @param page where the HTML page was written, or null
     */
    public void write(Diagnosis diagnosis, @Nullable String page, Appendable out) throws IOException {
        Screen screen = new Screen(out, colour, width);
        if (diagnosis.processes().isEmpty()) {
            screen.write(Ink.MAGENTA, "NO RESULT", LABELS, "No thread dump could be read from the input.", 2);
        }
        boolean several = diagnosis.processes().size() > 1;
        if (several) {
            writeOverview(screen, diagnosis.processes());
        }
        for (ProcessDiagnosis process : diagnosis.processes()) {
            if (several) {
                screen.blank();
            }
            writeProcess(screen, process, several);
        }
        if (diagnosis.processes().size() == 1) {
            writeBlockers(screen, diagnosis);
        }
        writeInputs(screen, diagnosis.inputs());
        if (!diagnosis.ignored().isEmpty()) {
            String ignored = String.join("; ", diagnosis.ignored());
            screen.write(Ink.FAINT, "Ignored", LABELS, diagnosis.ignored().size() + " on request: " + ignored, 1);
        }
        if (page != null) {
            screen.write(Ink.FAINT, "Page", LABELS, page, 2);
        }
    }

    private static void writeOverview(Screen screen, List<ProcessDiagnosis> processes) throws IOException {
        screen.write(Ink.BOLD, "PROCESSES", LABELS, processes.size() + ": " + Wording.verdicts(processes), 1);
        for (ProcessDiagnosis process : head(processes, MOST_PROCESSES)) {
            Verdict.Status status = process.verdict().status();
            String text = String.join(", ", Wording.whose(process, true)) + ": " + Wording.inputs(process);
            screen.write(ink(status), "  " + Wording.id(status), LABELS, text, 1);
        }
        if (processes.size() > MOST_PROCESSES) {
            screen.write(Ink.NONE, "", LABELS, "and " + (processes.size() - MOST_PROCESSES) + " more", 1);
        }
    }

    private static void writeProcess(Screen screen, ProcessDiagnosis process, boolean several) throws IOException {
        writeVerdict(screen, process, several);
        List<RankedFinding> leading = Wording.leading(process);
        if (!leading.isEmpty()) {
            screen.blank();
            writeFirst(screen, process, leading.get(0));
            screen.blank();
            writeFurther(screen, leading);
        }
        writeUnexplained(screen, process);
        writeNotes(screen, process);
    }

    private static void writeVerdict(Screen screen, ProcessDiagnosis process, boolean several) throws IOException {
        Verdict verdict = process.verdict();
        String status = verdict.status().name();
        screen.write(ink(verdict.status()), status, LABELS, verdict.headline(), 2);
        List<String> facts = new ArrayList<>();
        if (verdict.status() != Verdict.Status.INCONCLUSIVE) {
            facts.add("confidence " + Wording.percent(verdict.confidence()));
        }
        facts.addAll(Wording.whose(process, several));
        facts.add(Wording.dumps(process));
        facts.add(Quantity.count(process.threadCount(), "thread"));
        facts.add(process.stuck() + " stuck");
        if (process.jvm() != null) {
            facts.add(process.jvm());
        }
        screen.write(Ink.NONE, "", LABELS, String.join(", ", facts), 1);
    }

    private static Ink ink(Verdict.Status status) {
        return switch (status) {
            case HUNG -> Ink.RED;
            case DEGRADED -> Ink.YELLOW;
            case HEALTHY -> Ink.GREEN;
            case INCONCLUSIVE -> Ink.MAGENTA;
        };
    }

    private static void writeFirst(Screen screen, ProcessDiagnosis process, RankedFinding first) throws IOException {
        String sure = Wording.id(first.severity()) + ", " + Wording.id(first.tier()) + " ("
                + Wording.percent(first.score().confidence()) + "), score "
                + Wording.rounded(first.score().value(), 1).toPlainString();
        String phrase = first.rank() + ". " + first.phrase().toUpperCase(Locale.ROOT);
        screen.write(Ink.BOLD, phrase, phrase.length() + 2, Wording.rule(first) + ": " + sure, 1);
        if (!Wording.isSaidBy(process.verdict(), first)) {
            screen.write(Ink.NONE, "", 3, first.finding().headline(), 2);
        }
        screen.write(Ink.FAINT, "   Culprit", LABELS, culprits(first), 2);
        String explained = Wording.explains(process, first) + "; " + Wording.persistence(first);
        screen.write(Ink.FAINT, "   Explains", LABELS, explained, 1);
        for (Exhibit exhibit : head(first.finding().evidence(), 1)) {
            String text = exhibit.place() + "  " + exhibit.text().strip();
            screen.write(Ink.FAINT, "   Evidence", LABELS, text, 1);
        }
        for (Fix fix : head(first.finding().fixes(), 1)) {
            screen.write(Ink.FAINT, "   Fix", LABELS, fix.text(), 2);
        }
        for (String command : head(first.finding().captureNext(), 1)) {
            screen.write(Ink.FAINT, "   Next time", LABELS, command, 1);
        }
        String folded = Wording.folded(process, first).stream()
                .map(finding -> finding.finding().headline())
                .collect(Collectors.joining("; "));
        if (!folded.isEmpty()) {
            screen.write(Ink.FAINT, "   Leads to", LABELS, folded, 1);
        }
    }

    private static String culprits(RankedFinding ranked) {
        List<Culprit> culprits = ranked.finding().culprits();
        if (culprits.isEmpty()) {
            return Wording.instead(ranked);
        }
        String named =
                head(culprits, MOST_CULPRITS).stream().map(TextReport::standing).collect(Collectors.joining("; "));
        int more = culprits.size() - MOST_CULPRITS;
        return more > 0 ? named + "; and " + more + " more" : named;
    }

    private static String standing(Culprit culprit) {
        String at = culprit.at();
        return Wording.culprit(culprit, LONGEST_NAME) + (at == null ? "" : " at " + Legible.shortened(at, 90));
    }

    private static void writeFurther(Screen screen, List<RankedFinding> leading) throws IOException {
        List<RankedFinding> further = leading.subList(1, leading.size());
        for (RankedFinding finding : head(further, MOST_FURTHER)) {
            String label = finding.rank() + ". " + finding.phrase();
            String text = finding.finding().headline() + " (" + Wording.id(finding.severity()) + ")";
            screen.write(Ink.NONE, label, Math.max(LABELS, label.length() + 2), text, 1);
        }
        if (further.size() > MOST_FURTHER) {
            screen.write(
                    Ink.NONE, "", LABELS, "and " + Quantity.count(further.size() - MOST_FURTHER, "more finding"), 1);
        }
    }

    private static void writeUnexplained(Screen screen, ProcessDiagnosis process) throws IOException {
        Crowd unexplained = process.unexplained();
        if (process.stuck() == 0 && unexplained.size() == 0) {
            return;
        }
        String names = head(unexplained.first(), 4).stream()
                .map(id -> Legible.shortened(process.nameOf(id), 40))
                .collect(Collectors.joining(", "));
        String text = unexplained.size() == 0
                ? "none of the stuck threads"
                : Quantity.count(unexplained.size(), "stuck thread") + ": " + names
                        + (unexplained.size() > 4 ? ", ..." : "");
        screen.write(Ink.FAINT, "Unexplained", LABELS, text, 1);
    }

    private static void writeNotes(Screen screen, ProcessDiagnosis process) throws IOException {
        List<RankedFinding> findings = Wording.informational(process);
        for (RankedFinding finding : head(findings, MOST_NOTES)) {
            screen.write(Ink.FAINT, "Note", LABELS, finding.finding().headline(), 1);
            for (String command : head(finding.finding().captureNext(), 1)) {
                screen.write(Ink.FAINT, "  Capture", LABELS, command, 1);
            }
        }
        int room = Math.max(0, MOST_NOTES - findings.size());
        int lines = Wording.leading(process).isEmpty() ? 3 : 1;
        for (String note : head(process.notes(), room)) {
            screen.write(Ink.FAINT, "Note", LABELS, note, lines);
        }
        int more = findings.size() + process.notes().size() - MOST_NOTES;
        if (more > 0) {
            screen.write(Ink.FAINT, "", LABELS, "and " + Quantity.count(more, "more note"), 1);
        }
    }

    /** As much of the tree as the screen has room for beside what is still to come. */
    private static void writeBlockers(Screen screen, Diagnosis diagnosis) throws IOException {
        long problems = diagnosis.inputs().stream()
                .filter(input -> Wording.problem(input) != null)
                .count();
        int after = (int) Math.min(problems, MOST_INPUTS + 1)
                + (diagnosis.ignored().isEmpty() ? 0 : 1)
                + READ_LINES
                + PAGE_LINES;
        int room = Math.min(MOST_BLOCKERS, SCREEN_LINES - after - screen.lines());
        String label = "Blockers";
        for (String line : BlockerLines.of(diagnosis.processes().get(0).blockers(), room)) {
            screen.draw(Ink.FAINT, label, LABELS, line);
            label = "";
        }
    }

    private static void writeInputs(Screen screen, List<InputReport> inputs) throws IOException {
        screen.write(Ink.FAINT, "Read", LABELS, Wording.formats(inputs), 1);
        int problems = 0;
        for (InputReport input : inputs) {
            String problem = Wording.problem(input);
            if (problem != null && ++problems <= MOST_INPUTS) {
                String text = Legible.shortened(input.path(), LONGEST_NAME) + ": " + problem;
                screen.write(Ink.YELLOW, "Input", LABELS, text, 1);
            }
        }
        if (problems > MOST_INPUTS) {
            String text = "and " + (problems - MOST_INPUTS) + " more inputs with problems";
            screen.write(Ink.YELLOW, "", LABELS, text, 1);
        }
    }

    private static <T> List<T> head(List<T> list, int most) {
        return list.subList(0, Math.min(most, list.size()));
    }
}
