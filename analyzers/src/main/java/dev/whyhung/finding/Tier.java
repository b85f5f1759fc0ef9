package dev.whyhung.finding;

/** How sure a finding is, in words. */
public enum Tier {
    PROVEN,
    STRONG,
    INFERRED,
    HINT;

    /** The confidence of what is taken for a hint, whatever else speaks for it. */
    public static final double HINT_AT_MOST = .38;

    public static Tier of(double confidence) {
        if (confidence >= .945) {
            return PROVEN;
        }
        return confidence >= .745 ? STRONG : confidence >= .395 ? INFERRED : HINT;
    }
}
