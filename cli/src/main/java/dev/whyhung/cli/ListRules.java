package dev.whyhung.cli;

import dev.whyhung.finding.RuleInfo;
import dev.whyhung.rules.Rule;
import dev.whyhung.rules.Rules;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Lists the rules, a line each: id, nature, title. */
@Command(
        name = "rules",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Lists all rules.")
final class ListRules implements Callable<Integer> {

    private final Terminal terminal;

    ListRules(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        List<RuleInfo> rules = Rules.ALL.stream()
                .map(Rule::info)
                .sorted(Comparator.comparing(RuleInfo::id))
                .toList();
        int ids = rules.stream().mapToInt(rule -> rule.id().length()).max().orElse(1);
        int natures =
                rules.stream().mapToInt(rule -> nature(rule).length()).max().orElse(1);
        String line = "%-" + ids + "s  %-" + natures + "s  %s%n";
        rules.forEach(rule -> terminal.out().printf(Locale.ROOT, line, rule.id(), nature(rule), rule.title()));
        return Exit.DONE.code();
    }

    private static String nature(RuleInfo rule) {
        return rule.nature().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
