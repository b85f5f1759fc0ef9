package dev.whyhung.scorecard;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** The figures that must not get worse, kept beside this class: a name and a number a line. */
final class Floor {

    private static final String FILE = "floor.txt";
    private static final double ROUNDING = .0005;

    private final Map<String, Double> figures = new TreeMap<>();

    static Floor read() throws IOException {
        Floor floor = new Floor();
        try (InputStream in = Objects.requireNonNull(Floor.class.getResourceAsStream(FILE), FILE)) {
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.trim().split("\\s+"))
                    .forEach(line -> floor.figures.put(line[0], Double.parseDouble(line[1])));
        }
        return floor;
    }

    static Floor of(Scorecard cases, Scorecard mixtures) {
        Floor floor = new Floor();
        floor.put("cases", cases);
        floor.put("mixtures", mixtures);
        return floor;
    }

    private void put(String of, Scorecard card) {
        figures.put(of + ".admits", card.shareAdmitted());
        figures.put(of + ".alarms", (double) -card.alarms());
        figures.put(of + ".top-1", card.shareRight());
        figures.put(of + ".top-3", card.shareAmongThree());
    }

    /** What is worse than in the other; false alarms count below zero, so that more is better everywhere. */
    List<String> worseThan(Floor other) {
        List<String> worse = new ArrayList<>();
        other.figures.forEach((name, least) -> {
            double now = figures.getOrDefault(name, Double.NEGATIVE_INFINITY);
            if (now < least - ROUNDING) {
                worse.add(name + " was " + least + " and is " + now);
            }
        });
        return worse;
    }

    void write() throws IOException {
        StringBuilder text = new StringBuilder(
                "# Figures of the scorecard that must not get worse. CONTRIBUTING.md says how to rewrite them.\n");
        figures.forEach((name, value) -> text.append(String.format(Locale.ROOT, "%-16s %.3f%n", name, value)));
        Files.writeString(Path.of("src/test/resources/dev/whyhung/scorecard", FILE), text);
    }
}
