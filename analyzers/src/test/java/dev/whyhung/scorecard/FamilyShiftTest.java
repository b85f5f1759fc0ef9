package dev.whyhung.scorecard;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.whyhung.Trial;
import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.diagnose.Shifted;
import dev.whyhung.read.Intake;
import dev.whyhung.read.Source;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * How much hangs on the figures that rules put on their findings. Nothing fits them to the cases, so that there is nothing to fit again
 * with a family left out; instead the figures of one family at a time are taken from it, and all cases are judged with others. It
 * runs with {@code -Dwhyhung.scorecard=print}.
 */
class FamilyShiftTest {

    private static final List<Double> SHIFTS = List.of(-.15, -.1, .1, .15);
    private static final double MUST_REACH = .95;

    @Test
    void theFirstLineDoesNotHangOnOneFigure() throws IOException {
        assumeTrue(System.getProperty("whyhung.scorecard", "").equals("print"));
        Families families = new Families();
        Map<String, List<Integer>> right = new LinkedHashMap<>();
        int runs = 0;
        for (Trial trial : Trial.all().toList()) {
            Intake.Result read = Intake.read(sources(trial));
            Truth truth = Truth.of(trial.run());
            runs++;
            for (String family : families.names()) {
                List<Integer> counts = right.computeIfAbsent(family, key -> new ArrayList<>(List.of(0, 0, 0, 0)));
                for (int i = 0; i < SHIFTS.size(); i++) {
                    ProcessDiagnosis process = Shifted.diagnose(
                                    read, rule -> families.of(rule).equals(family), SHIFTS.get(i))
                            .get(0);
                    boolean hit = Mark.of(trial.of().id(), "", truth, process).isRight();
                    counts.set(i, counts.get(i) + (hit ? 1 : 0));
                }
            }
        }
        String report = table(right, runs);
        Files.writeString(Path.of("target", "scorecard-families.txt"), report);
        new PrintStream(System.out, true, StandardCharsets.UTF_8).println(report);
        int all = runs;
        assertTrue(right.values().stream().flatMap(List::stream).allMatch(count -> count >= MUST_REACH * all), report);
    }

    private static List<Source> sources(Trial trial) {
        List<Source> sources = new ArrayList<>();
        trial.run()
                .files()
                .forEach(name -> sources.add(Source.file(name, trial.of().file(name), true)));
        return sources;
    }

    private static String table(Map<String, List<Integer>> right, int runs) {
        StringBuilder text = new StringBuilder(
                String.format(Locale.ROOT, "top-1 of %d, confidence of a family shifted by%n%-20s", runs, ""));
        SHIFTS.forEach(shift -> text.append(String.format(Locale.ROOT, "%7.2f", shift)));
        right.forEach((family, counts) -> {
            text.append(String.format(Locale.ROOT, "%n%-20s", family));
            counts.forEach(count -> text.append(String.format(Locale.ROOT, "%7d", count)));
        });
        return text.append(String.format("%n")).toString();
    }
}
