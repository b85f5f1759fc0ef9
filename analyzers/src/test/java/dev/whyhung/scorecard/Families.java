package dev.whyhung.scorecard;

import dev.whyhung.Trial;
import dev.whyhung.fixtures.Run;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Rules by family, and the cases by that of the first rule which answers them: {@code families.txt}. */
final class Families {

    private static final String FILE = "families.txt";
    static final String HEALTHY = "healthy";

    private final Map<String, Set<String>> rules = new LinkedHashMap<>();

    Families() throws IOException {
        try (InputStream in = Objects.requireNonNull(Families.class.getResourceAsStream(FILE), FILE)) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                int colon = line.indexOf(": ");
                if (!line.startsWith("#") && colon > 0) {
                    rules.put(
                            line.substring(0, colon),
                            Set.of(line.substring(colon + 2).split(" ")));
                }
            }
        }
    }

    Set<String> names() {
        return rules.keySet();
    }

    /** The family of a rule; empty for the notes on the evidence. */
    String of(String rule) {
        return rules.entrySet().stream()
                .filter(family -> family.getValue().contains(rule))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("");
    }

    /** By the name of a case. */
    Map<String, String> ofCases() {
        Map<String, String> families = new LinkedHashMap<>();
        Trial.all()
                .map(Trial::of)
                .distinct()
                .forEach(each -> families.put(
                        each.id(),
                        each.expectation().runs().stream()
                                .map(Run::top)
                                .flatMap(List::stream)
                                .map(this::of)
                                .filter(family -> !family.isEmpty())
                                .findFirst()
                                .orElse(HEALTHY)));
        return families;
    }
}
