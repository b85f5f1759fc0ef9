package dev.whyhung.diagnose.rank;

/**
 * {@code value = 100 x explains x confidence x rootness x permanence}, but for a proven permanent fault, which never scores below
 * 25, and a folded consequence, which stays below its cause.
 *
 * @param value 0 to 100
 * @param explains share of the stuck weight that the finding explains
 * @param confidence how sure it is
 * @param rootness the part of it that no deeper finding explains
 * @param permanence 1 for what will never resolve, less for what was seen once or moves
 */
public record Score(double value, double explains, double confidence, double rootness, double permanence) {

    public static final Score NONE = new Score(0, 0, 0, 0, 0);
}
