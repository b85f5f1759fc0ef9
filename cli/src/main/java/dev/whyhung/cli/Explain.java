package dev.whyhung.cli;

import dev.whyhung.finding.RuleInfo;
import dev.whyhung.rules.Rule;
import dev.whyhung.rules.Rules;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints the page of a rule. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Prints a rule's page: what it is, how whyhung knows, what to do.")
final class Explain implements Callable<Integer> {

    private final Terminal terminal;

    @Parameters(
            index = "0",
            paramLabel = "RULE",
            completionCandidates = RuleIds.class,
            description = "Id of a rule; 'whyhung rules' lists them.")
    private String rule = "";

    Explain(Terminal terminal) {
        this.terminal = terminal;
    }

    /** What the shell may complete a rule to. */
    static final class RuleIds implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Rules.ALL.stream().map(Rule::info).map(RuleInfo::id).iterator();
        }
    }

    @Override
    public Integer call() throws IOException {
        RuleInfo info = Rules.ALL.stream()
                .map(Rule::info)
                .filter(candidate -> candidate.id().equals(rule))
                .findFirst()
                .orElseThrow(() -> new WrongUsage(NearMatch.unknown(rule)));
        terminal.out().print(new PageText(terminal.colour(), terminal.width()).format(page(info)));
        return Exit.DONE.code();
    }

    private static String page(RuleInfo info) throws IOException {
        try (InputStream in = Rules.class.getResourceAsStream(info.page())) {
            if (in == null) {
                throw new FileNotFoundException("no page " + info.page());
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
