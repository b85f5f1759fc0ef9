package dev.whyhung.rules;

/** How sure a finding is, in words. */
public enum Tier {
    PROVEN,
    STRONG,
    INFERRED,
    HINT;

    public static Tier of(double confidence) {
        if (confidence >= .945) {
            return PROVEN;
        }
        return confidence >= .745 ? STRONG : confidence >= .395 ? INFERRED : HINT;
    }
}
