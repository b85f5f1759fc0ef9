package dev.whyhung.scorecard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whyhung.Trial;
import dev.whyhung.fixtures.Run;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * How often the diagnosis is right: over every run of every case, and over mixtures of two cases. The figures may not get worse
 * than those that are kept; {@code -Dwhyhung.scorecard=write} keeps new ones. The tables are written to {@code target/scorecard.txt},
 * and to standard output with {@code -Dwhyhung.scorecard=print} or {@code write}.
 */
class ScorecardTest {

    private static final String WISH = System.getProperty("whyhung.scorecard", "");

    @Test
    void isNotWorseThanItWas() throws IOException {
        Scorecard cases = new Scorecard(Trial.all().map(ScorecardTest::mark).toList());
        Scorecard mixtures =
                new Scorecard(Mixture.all().stream().map(Mixture::mark).toList());
        String report = report(cases, mixtures);
        Files.writeString(Path.of("target", "scorecard.txt"), report);
        if (!WISH.isEmpty()) {
            new PrintStream(System.out, true, StandardCharsets.UTF_8).println(report);
        }
        Floor now = Floor.of(cases, mixtures);
        if (WISH.equals("write")) {
            now.write();
        }
        assertEquals(List.of(), WISH.equals("write") ? List.of() : now.worseThan(Floor.read()), report);
    }

    static Mark mark(Trial trial) {
        return Mark.of(
                trial.of().id(),
                evidence(trial.run()),
                Truth.of(trial.run()),
                trial.processes().get(0));
    }

    /** {@code 17/jstack-l-1.txt, 17/jstack-l-2.txt} as {@code 17 jstack-l x2}. */
    private static String evidence(Run run) {
        return run.files().stream()
                .map(file -> file.replaceFirst("(-\\d+)?\\.[a-z]+$", "").replace('/', ' '))
                .collect(Collectors.groupingBy(kind -> kind, TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .map(kind -> kind.getKey() + (kind.getValue() > 1 ? " x" + kind.getValue() : ""))
                .collect(Collectors.joining(" + "));
    }

    private static String report(Scorecard cases, Scorecard mixtures) throws IOException {
        Map<String, String> families = new Families().ofCases();
        return String.join(
                System.lineSeparator(),
                cases.table("case", Mark::of),
                cases.table("family", mark -> families.getOrDefault(mark.of(), "")),
                cases.table("evidence", Mark::evidence),
                cases.byRule(),
                mixtures.table("mixture", Mark::of),
                "Calibration, cases and mixtures apart",
                cases.calibration(),
                mixtures.calibration(),
                "Misses among cases",
                cases.misses(),
                "Misses among mixtures",
                mixtures.misses());
    }
}
