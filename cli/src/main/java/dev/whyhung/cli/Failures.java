package dev.whyhung.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what went wrong into one line and an exit code; a stack trace only with {@code --debug}. */
final class Failures
        implements CommandLine.IParameterExceptionHandler,
                CommandLine.IExecutionExceptionHandler,
                CommandLine.IExitCodeExceptionMapper {

    private final Terminal terminal;
    private final boolean debug;

    Failures(Terminal terminal, List<String> arguments) {
        this.terminal = terminal;
        this.debug = arguments.contains("--debug");
    }

    @Override
    public int handleParseException(ParameterException wrong, String[] arguments) {
        terminal.complain(String.valueOf(wrong.getMessage()));
        if (wrong instanceof UnmatchedArgumentException unmatched) {
            String near = String.join(" or ", unmatched.getSuggestions());
            if (!near.isEmpty()) {
                terminal.err().println("Did you mean " + near + "?");
            }
        }
        return usage();
    }

    private int usage() {
        terminal.err().println("Try 'whyhung --help'");
        return Exit.USAGE.code();
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        return handle(failure);
    }

    @Override
    public int getExitCode(Throwable failure) {
        return Exit.BUG.code();
    }

    /** What ended a run, whether or not picocli was part of it. */
    int handle(Throwable failure) {
        if (failure instanceof WrongUsage) {
            terminal.complain(String.valueOf(failure.getMessage()));
            return usage();
        }
        return crash(failure);
    }

    /** A bug of ours, or a lack of memory. */
    private int crash(Throwable failure) {
        boolean lack = failure instanceof OutOfMemoryError;
        terminal.complain(
                lack ? "out of memory; give it more: java -Xmx1g -jar whyhung.jar ..." : "this is a bug: " + failure);
        if (debug) {
            failure.printStackTrace(terminal.err());
        } else if (!lack) {
            terminal.err().println("Run it again with --debug for the stack trace, and please report it");
        }
        return Exit.BUG.code();
    }
}
