package dev.whyhung.cli;

import dev.whyhung.diagnose.Diagnosis;
import dev.whyhung.diagnose.Examiner;
import dev.whyhung.diagnose.rank.Ignore;
import dev.whyhung.knowledge.Knowledge;
import dev.whyhung.knowledge.SignatureException;
import dev.whyhung.model.InputReport;
import dev.whyhung.read.Intake;
import dev.whyhung.read.Source;
import dev.whyhung.read.Sources;
import dev.whyhung.report.Redaction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Reads dumps, names the root cause, writes the reports. */
@Command(
        name = "diagnose",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        abbreviateSynopsis = true,
        description = "Reads thread dumps and recordings of a hung Java service and names the root cause.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:analysed; no finding at or above --fail-on",
            "1:a finding at or above --fail-on",
            "2:wrong usage",
            "3:no usable input",
            "4:an input named on the command line could not be read",
            "70:a bug in whyhung, or too little memory",
            "74:a report could not be written",
            "130:interrupted"
        },
        footer = {
            "%nExamples:",
            "  whyhung jstack-1.txt jstack-2.txt jstack-3.txt",
            "  whyhung --fail-on high --json result.json dumps/",
            "  jstack -l 4711 | whyhung --markdown - -"
        })
class Diagnose implements Callable<Integer> {

    private static final String PAGE = "whyhung-report.html";
    private static final int WARNINGS = 20;

    private final Terminal terminal;
    private final HeadStart headStart;

    @Parameters(paramLabel = "INPUT", description = "File, directory, archive or pattern, or - for standard input.")
    private List<String> inputs = new ArrayList<>();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "HTML report (default: " + PAGE + ").")
    private @Nullable Path output;

    @Option(names = "--no-html", description = "No HTML report.")
    private boolean noPage;

    @Option(names = "--json", paramLabel = "FILE", description = "JSON report; - for standard output.")
    private @Nullable String json;

    @Option(names = "--markdown", paramLabel = "FILE", description = "Markdown report; - for standard output.")
    private @Nullable String markdown;

    @Option(
            names = "--fail-on",
            paramLabel = "SEVERITY",
            description = "Exit with 1 for a finding of this severity or above: ${COMPLETION-CANDIDATES}"
                    + " (default: ${DEFAULT-VALUE}).")
    private FailOn failOn = FailOn.NONE;

    @Option(
            names = "--ignore",
            paramLabel = "RULE[:TEXT]",
            description = "Drop findings of this rule whose culprit or resource contains the text. Repeatable.")
    private List<String> ignored = new ArrayList<>();

    @Option(
            names = "--signatures",
            paramLabel = "FILE",
            description = "More idle signatures, thread roles and library tables. Repeatable.")
    private List<Path> signatures = new ArrayList<>();

    @Mixin
    private LimitOptions limits = new LimitOptions();

    @Option(
            names = "--redact",
            description = "Hide hosts, addresses, paths and names of people behind pseudonyms, in every output.")
    private boolean redact;

    @Option(
            names = "--redact-map",
            paramLabel = "FILE",
            description = "What each pseudonym stands for, for you alone. Implies --redact.")
    private @Nullable Path redactMap;

    @Option(names = "--full", description = "No caps on threads and groups in the page.")
    @SuppressWarnings("UnusedVariable") // HeadStart looks for it: the page's renderer is made before this is parsed
    private boolean full;

    @Option(names = "--quiet", description = "No summary on the terminal.")
    private boolean quiet;

    @Option(names = "--debug", description = "Stack traces of errors.")
    @SuppressWarnings("UnusedVariable") // Failures looks for it: it must work even where nothing could be parsed
    private boolean debug;

    Diagnose(Terminal terminal, HeadStart headStart) {
        this.terminal = terminal;
        this.headStart = headStart;
    }

    /** Diagnoses these inputs with no option set. */
    int call(List<String> plainInputs) {
        inputs = plainInputs;
        return call();
    }

    @Override
    public Integer call() {
        checkInputs();
        checkOutputs();
        List<Ignore> ignores = ignored.stream().map(this::ignore).toList();
        Knowledge ownTables = signatures.isEmpty() ? null : ownTables();
        Redaction redaction = redact || redactMap != null ? new Redaction() : null;
        Intake.Result read = read();
        warn(read.inputs(), redaction);
        if (read.processes().isEmpty()) {
            terminal.complain("no usable input; nothing was written");
            return Exit.NO_USABLE_INPUT.code();
        }
        Diagnosis diagnosis = new Examiner(ownTables == null ? headStart.knowledge() : ownTables, ignores)
                .examine(Version.number(), read.inputs(), read.processes());
        return outputs(redaction)
                .write(redaction == null ? diagnosis : redaction.redact(diagnosis), headStart, terminal)
                .or(failOn.reachedBy(diagnosis) ? Exit.FINDING : Exit.DONE)
                .or(read.namedUnreadable() ? Exit.PARTLY_READ : Exit.DONE)
                .code();
    }

    private void checkInputs() {
        if (inputs.isEmpty()) {
            throw wrong("Missing INPUT: a file, a directory, or - for standard input");
        }
        if (inputs.contains("")) {
            throw wrong("An INPUT is empty");
        }
        if (Collections.frequency(inputs, "-") > 1) {
            throw wrong("Standard input (-) can be read only once");
        }
        if (inputs.contains("-") && terminal.typed()) {
            throw wrong("Standard input (-) is a terminal: pipe a dump into it");
        }
    }

    private void checkOutputs() {
        if (noPage && output != null) {
            throw wrong("--output and --no-html exclude each other");
        }
        if (output != null && output.toString().equals(Outputs.STANDARD_OUTPUT)) {
            throw wrong("--output needs a file; only --json and --markdown can be -");
        }
        if (Outputs.STANDARD_OUTPUT.equals(json) && Outputs.STANDARD_OUTPUT.equals(markdown)) {
            throw wrong("Only one of --json and --markdown can be -");
        }
        List<Path> files = outputs(null).files();
        for (Path file : files) {
            if (Collections.frequency(files, file) > 1) {
                throw wrong("Two reports have the same file: " + file);
            }
            if (inputs.stream().anyMatch(input -> isFile(input, file))) {
                throw wrong("A report would overwrite an input: " + file);
            }
        }
    }

    private static boolean isFile(String input, Path file) {
        try {
            return Files.isRegularFile(file) && Files.isSameFile(Path.of(input), file);
        } catch (IOException | IllegalArgumentException noFile) {
            return false;
        }
    }

    private Outputs outputs(@Nullable Redaction redaction) {
        Path page = output == null ? Path.of(PAGE) : output;
        return new Outputs(noPage ? null : page, json, markdown, redactMap, redaction, !quiet);
    }

    private Ignore ignore(String argument) {
        Ignore ignore = Ignore.parse(argument);
        if (!NearMatch.isRule(ignore.rule())) {
            throw wrong(NearMatch.unknown(ignore.rule()));
        }
        return ignore;
    }

    private Knowledge ownTables() {
        try {
            return Knowledge.standardWith(signatures);
        } catch (SignatureException wrong) {
            throw wrong(String.valueOf(wrong.getMessage()));
        } catch (NoSuchFileException missing) {
            throw wrong("Cannot read signatures: " + missing.getMessage() + " does not exist");
        } catch (IOException unreadable) {
            throw wrong("Cannot read signatures: " + unreadable.getMessage());
        }
    }

    private Intake.Result read() {
        List<Source> sources = Sources.expand(inputs, terminal.in());
        if (!terminal.watched() || quiet) {
            return Intake.read(sources, limits.limits());
        }
        try (Progress progress = new Progress(terminal.err(), Progress.size(sources))) {
            return Intake.read(sources, limits.limits(), progress::add);
        }
    }

    private void warn(List<InputReport> reports, @Nullable Redaction redaction) {
        if (redaction != null) {
            redaction.learn(reports);
        }
        List<InputReport> troubled =
                reports.stream().filter(report -> report.message() != null).toList();
        troubled.stream().limit(WARNINGS).forEach(report -> {
            String warning = report.path() + ": " + report.message();
            terminal.complain(redaction == null ? warning : redaction.text(warning));
        });
        if (troubled.size() > WARNINGS) {
            terminal.complain("and " + (troubled.size() - WARNINGS) + " more that could not be read in full");
        }
    }

    private static WrongUsage wrong(String message) {
        return new WrongUsage(message);
    }
}
