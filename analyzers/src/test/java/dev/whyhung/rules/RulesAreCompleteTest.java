package dev.whyhung.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whyhung.finding.Nature;
import dev.whyhung.fixtures.Case;
import dev.whyhung.fixtures.Cases;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every rule is registered and has its page, a case that fires and a near miss. */
class RulesAreCompleteTest {

    private static final List<String> HEADINGS =
            List.of("## What it is", "## How whyhung knows", "## What it cannot know", "## What to do", "## See also");

    @Test
    void everyRuleClassIsRegisteredInOrder() throws IOException {
        List<String> ids = Rules.ALL.stream().map(rule -> rule.info().id()).toList();
        assertEquals(ids.stream().sorted().toList(), ids);
        Set<String> registered = Rules.ALL.stream()
                .map(rule -> rule.getClass().getSimpleName())
                .collect(Collectors.toCollection(TreeSet::new));
        try (Stream<Path> files = Files.list(Path.of("src/main/java/dev/whyhung/rules"))) {
            Set<String> written = files.filter(RulesAreCompleteTest::isRule)
                    .map(file -> file.getFileName().toString().replace(".java", ""))
                    .collect(Collectors.toCollection(TreeSet::new));
            assertEquals(written, registered);
        }
    }

    private static boolean isRule(Path file) {
        try {
            return Files.readString(file).contains(" implements Rule {");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void classNameIsTheId() {
        for (Rule rule : Rules.ALL) {
            String pascal = Arrays.stream(rule.info().id().split("-"))
                    .map(word -> word.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + word.substring(1))
                    .collect(Collectors.joining());
            assertEquals(pascal, rule.getClass().getSimpleName());
        }
    }

    @Test
    void everyRuleHasItsPage() throws IOException {
        for (Rule rule : Rules.ALL) {
            try (InputStream in = Rule.class.getResourceAsStream(rule.info().page())) {
                assertTrue(in != null, rule.info().id() + " has no page");
                String page = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                assertTrue(
                        page.startsWith("# " + rule.info().id() + "\n"),
                        rule.info().id());
                List<String> headings =
                        page.lines().filter(line -> line.startsWith("## ")).toList();
                assertEquals(HEADINGS, headings, rule.info().id());
            }
        }
    }

    @Test
    void everyRuleFiresSomewhereAndIsSilentSomewhere() {
        Set<String> fires = new TreeSet<>();
        Set<String> silent = new TreeSet<>();
        for (Case each : Cases.all()) {
            each.expectation().runs().forEach(run -> {
                fires.addAll(run.top());
                fires.addAll(run.also());
                silent.addAll(run.forbid());
                if (run.top().isEmpty()) {
                    Rules.ALL.forEach(rule -> silent.add(rule.info().id()));
                }
            });
        }
        List<String> wrong = new ArrayList<>();
        for (Rule rule : Rules.ALL) {
            boolean ranked = rule.info().nature() != Nature.DATA_QUALITY;
            if (ranked && !fires.contains(rule.info().id())) {
                wrong.add("no case fires " + rule.info().id());
            }
            if (ranked && !silent.contains(rule.info().id())) {
                wrong.add("no near miss for " + rule.info().id());
            }
        }
        assertEquals(List.of(), wrong);
    }
}
