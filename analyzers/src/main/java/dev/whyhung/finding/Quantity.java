package dev.whyhung.finding;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;

/** Numbers and durations as people say them; findings and reports say them alike. */
public final class Quantity {

    private Quantity() {}

    /** {@code 1 thread}, {@code 200 threads}. */
    public static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    /** {@code 340 ms}, {@code 2.5 s}, {@code 10 s}, {@code 2 min 5 s}, {@code 1 h 3 min}. */
    public static String duration(Duration span) {
        long seconds = span.toSeconds();
        if (seconds < 1) {
            return span.toMillis() + " ms";
        }
        if (seconds < 10) {
            BigDecimal tenths = BigDecimal.valueOf(span.toMillis(), 3).setScale(1, RoundingMode.HALF_UP);
            return tenths.stripTrailingZeros().toPlainString() + " s";
        }
        if (seconds < 60) {
            return seconds + " s";
        }
        return seconds < 3600
                ? seconds / 60 + " min" + (seconds % 60 == 0 ? "" : " " + seconds % 60 + " s")
                : seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
    }
}
