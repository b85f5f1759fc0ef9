package dev.whyhung.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whyhung.rules.Rule;
import dev.whyhung.rules.Rules;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "diagnose",
                "--quiet",
                "--redact-map",
                "--keep-going x",
                "--fail-on severe x",
                "--ignore no-such-rule x",
                "--json - --markdown - x",
                "--json r --markdown r x",
                "--no-html -o page.html x",
                "-o - x",
                "--json",
                "- -",
                "explain",
                "explain no-such-rule",
                "rules more",
            })
    void wrongUsageIsShort(String line) {
        Call call = Call.of((Object[]) (line.isEmpty() ? new String[0] : line.split(" ")));
        assertEquals(2, call.exit(), call.toString());
        assertEquals("", call.out());
        assertTrue(call.err().startsWith("whyhung: "), call.err());
        assertTrue(call.err().endsWith("Try 'whyhung --help'" + System.lineSeparator()), call.err());
        assertTrue(call.err().lines().count() <= 3, call.err());
    }

    @Test
    void aMistypedOptionGetsASuggestion() {
        assertTrue(Call.of("--makdown", "x").err().contains("--markdown"));
    }

    @Test
    void aMistypedRuleGetsASuggestion() {
        String id = Rules.ALL.get(0).info().id();
        Call call = Call.of("explain", id.substring(1));
        assertEquals(2, call.exit());
        assertTrue(call.err().contains("did you mean " + id), call.err());
    }

    @Test
    void aReportNeverOverwritesAnInput() {
        assertEquals(2, Call.of("-o", "pom.xml", "pom.xml").exit());
    }

    @Test
    void aWordLikeACommandIsAnInputUnlessItComesFirst() {
        assertEquals(3, Call.of("--no-html", "rules").exit());
    }

    @Test
    void helpListsEverything() {
        Call call = Call.of("--help");
        assertEquals(0, call.exit());
        for (String word :
                "--output --no-html --json --markdown --fail-on --ignore --signatures --full --redact --redact-map --quiet --debug explain"
                        .split(" ")) {
            assertTrue(call.out().contains(word), word);
        }
        assertEquals(call, Call.of("--quiet", "--help"), "wherever it stands");
    }

    @Test
    void versionNamesJavaAndSystem() {
        Call call = Call.of("--version");
        assertEquals(0, call.exit());
        assertTrue(call.out().matches("(?s)whyhung \\d+\\.\\d+.*"), call.out());
        assertTrue(call.out().contains("Java " + System.getProperty("java.version")), call.out());
        assertTrue(call.out().contains(System.getProperty("os.name")), call.out());
    }

    @Test
    void everyRuleHasALineAndAPage() {
        Call rules = Call.of("rules");
        assertEquals(0, rules.exit());
        assertEquals(Rules.ALL.size(), rules.out().lines().count());
        for (Rule rule : Rules.ALL) {
            Call page = Call.of("explain", rule.info().id());
            assertEquals(0, page.exit(), page.err());
            assertFalse(page.out().contains("\033"));
            assertTrue(rules.out().contains(rule.info().id() + " "));
        }
    }

    @Test
    void completionKnowsCommandsAndOptions() {
        Call call = Call.of("generate-completion");
        assertEquals(0, call.exit());
        for (String word : Arrays.asList("explain", "rules", "--fail-on", "critical")) {
            assertTrue(call.out().contains(word), word);
        }
    }

    @Test
    void colourAndWidthComeFromTheEnvironment() {
        assertTrue(Terminal.allowsColour(Map.of("TERM", "xterm")));
        assertFalse(Terminal.allowsColour(Map.of("TERM", "dumb")));
        assertFalse(Terminal.allowsColour(Map.of("TERM", "xterm", "NO_COLOR", "1")));
        assertTrue(Terminal.allowsColour(Map.of("TERM", "xterm", "NO_COLOR", "")), "empty means unset");
        assertEquals(100, Terminal.width(Map.of("COLUMNS", "100")));
        assertEquals(80, Terminal.width(Map.of("COLUMNS", "wide")));
        assertEquals(40, Terminal.width(Map.of("COLUMNS", "3")));
        assertEquals(120, Terminal.width(Map.of("COLUMNS", "400")));
    }
}
