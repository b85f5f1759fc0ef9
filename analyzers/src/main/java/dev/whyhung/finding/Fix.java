package dev.whyhung.finding;

import org.jspecify.annotations.Nullable;

/** Something to change: a sentence, and code before and after where that helps. */
public record Fix(
        String text, @Nullable String before, @Nullable String after) {

    public static Fix of(String text) {
        return new Fix(text, null, null);
    }
}
