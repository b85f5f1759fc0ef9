package dev.whyhung.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;

/** The program: {@code diagnose} with the other commands below it. */
@Command(
        name = "whyhung",
        synopsisSubcommandLabel = "",
        customSynopsis = {
            "whyhung [OPTIONS] INPUT...",
            "       whyhung explain RULE",
            "       whyhung rules",
            "       whyhung generate-completion"
        })
public final class Main extends Diagnose {

    private static final Set<String> COMMANDS = Set.of("diagnose", "explain", "rules", "generate-completion");
    private static final Set<String> HELP = Set.of("-h", "--help");

    private Main(Terminal terminal, HeadStart headStart) {
        super(terminal, headStart);
    }

    public static void main(String[] arguments) {
        System.exit(run(Terminal.system(), arguments));
    }

    /** Runs the program on streams that are no terminal and returns its exit code. */
    public static int run(InputStream in, OutputStream out, OutputStream err, String... arguments) {
        return run(Terminal.plain(in, out, err), arguments);
    }

    static int run(Terminal terminal, String... arguments) {
        Failures failures = new Failures(terminal, List.of(arguments));
        int code;
        try {
            code = execute(terminal, failures, arguments);
        } catch (Throwable failure) {
            code = failures.handle(failure);
        }
        terminal.out().flush();
        terminal.raw().flush();
        IOException loss = terminal.raw().loss();
        if (loss != null) {
            terminal.complain("cannot write standard output: " + ReportFile.reason(loss));
            code = Exit.NOT_WRITTEN.orCode(code);
        }
        return code;
    }

    private static int execute(Terminal terminal, Failures failures, String... arguments) {
        boolean commands = needsCommands(arguments);
        HeadStart headStart = new HeadStart(List.of(arguments), !commands && arguments.length > 0);
        Main main = new Main(terminal, headStart);
        return !commands && areInputs(arguments)
                ? main.call(List.of(arguments))
                : commandLine(main, commands, terminal, headStart, failures).execute(arguments);
    }

    /** Whether there is nothing to parse; making the parser takes a tenth of an ordinary run. */
    private static boolean areInputs(String... arguments) {
        return arguments.length > 0 && Stream.of(arguments).noneMatch(argument -> argument.startsWith("-"));
    }

    private static CommandLine commandLine(
            Main main, boolean commands, Terminal terminal, HeadStart headStart, Failures failures) {
        CommandLine line = new CommandLine(main);
        // An ordinary run is spared building the other commands, and a file may have the name of one.
        if (commands) {
            line.addSubcommand(new Diagnose(terminal, headStart))
                    .addSubcommand(new Explain(terminal))
                    .addSubcommand(new ListRules(terminal))
                    .addSubcommand(new GenerateCompletion())
                    .setUsageHelpWidth(terminal.width())
                    .setColorScheme(Help.defaultColorScheme(terminal.colour() ? Help.Ansi.ON : Help.Ansi.OFF));
        }
        return line.setOut(terminal.out())
                .setErr(terminal.err())
                .setExpandAtFiles(false)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(failures)
                .setExecutionExceptionHandler(failures)
                .setExitCodeExceptionMapper(failures);
    }

    private static boolean needsCommands(String... arguments) {
        return (arguments.length > 0 && COMMANDS.contains(arguments[0]))
                || Stream.of(arguments).anyMatch(HELP::contains);
    }
}
