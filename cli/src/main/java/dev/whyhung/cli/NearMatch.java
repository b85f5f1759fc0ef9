package dev.whyhung.cli;

import dev.whyhung.rules.Rule;
import dev.whyhung.rules.Rules;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Finds rules by id, and what somebody meant who mistyped one. */
final class NearMatch {

    private static final int CANDIDATES = 3;

    private NearMatch() {}

    static boolean isRule(String id) {
        return Rules.ALL.stream().anyMatch(rule -> rule.info().id().equals(id));
    }

    /** The complaint about an id that is not a rule's. */
    static String unknown(String id) {
        List<String> near = Rules.ALL.stream()
                .map(Rule::info)
                .map(info -> info.id())
                .filter(candidate -> isNear(id, candidate))
                .sorted(Comparator.comparingInt((String candidate) -> distance(id, candidate))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(CANDIDATES)
                .toList();
        String hint = near.isEmpty()
                ? "see 'whyhung rules'"
                : "did you mean " + near.stream().collect(Collectors.joining(" or ")) + "?";
        return "Unknown rule '" + id + "'; " + hint;
    }

    private static boolean isNear(String typed, String candidate) {
        return !typed.isEmpty() && (candidate.contains(typed) || distance(typed, candidate) <= candidate.length() / 3);
    }

    /** Levenshtein's: insertions, deletions and replacements from one word to the other. */
    static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }
}
