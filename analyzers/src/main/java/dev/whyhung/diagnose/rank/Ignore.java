package dev.whyhung.diagnose.rank;

import dev.whyhung.finding.Finding;
import org.jspecify.annotations.Nullable;

/**
 * Findings to drop, because they are known.
 *
 * @param rule id of the rule
 * @param text only those whose culprit or resource contains this, or null for all
 */
public record Ignore(String rule, @Nullable String text) {

    /** From {@code RULE} or {@code RULE:text}. */
    public static Ignore parse(String argument) {
        int colon = argument.indexOf(':');
        return colon < 0
                ? new Ignore(argument, null)
                : new Ignore(argument.substring(0, colon), argument.substring(colon + 1));
    }

    public boolean matches(Finding finding) {
        String wanted = text;
        return finding.rule().id().equals(rule)
                && (wanted == null
                        || finding.culprits().stream()
                                .anyMatch(culprit -> culprit.thread().contains(wanted))
                        || finding.resources().stream()
                                .anyMatch(resource -> resource.className().contains(wanted)
                                        || resource.name().contains(wanted)
                                        || resource.identity().contains(wanted)));
    }
}
