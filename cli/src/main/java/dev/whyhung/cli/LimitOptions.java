package dev.whyhung.cli;

import dev.whyhung.read.bytes.Limits;
import java.time.Duration;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How much a run takes in. The defaults let everything pass but what was made to do harm. */
final class LimitOptions {

    private static final String UNITS = "kmgt";

    @Option(
            names = "--max-bytes",
            paramLabel = "SIZE",
            converter = Size.class,
            description = "Limit for all inputs together, unpacked (default: 8g).")
    private long bytes = Limits.STANDARD.bytes();

    @Option(
            names = "--max-ratio",
            paramLabel = "N",
            converter = Size.class,
            description = "How many times its size a packed input may unpack to (default: 500).")
    private long ratio = Limits.STANDARD.ratio();

    @Option(
            names = "--max-members",
            paramLabel = "N",
            converter = Size.class,
            description = "Limit for the files in all archives (default: 10k).")
    private long members = Limits.STANDARD.members();

    @Option(
            names = "--max-nesting",
            paramLabel = "N",
            converter = Size.class,
            description = "How many layers of packing may be around a file (default: 8).")
    private long nesting = Limits.STANDARD.nesting();

    @Option(
            names = "--max-line",
            paramLabel = "SIZE",
            converter = Size.class,
            description = "Longer lines are cut (default: 32m).")
    private long lineLength = Limits.STANDARD.lineLength();

    @Option(
            names = "--max-threads",
            paramLabel = "N",
            converter = Size.class,
            description = "Limit for the threads of all dumps (default: 5m).")
    private long threads = Limits.STANDARD.threads();

    @Option(
            names = "--max-frames",
            paramLabel = "N",
            converter = Size.class,
            description = "Deeper stacks are cut (default: 20k).")
    private long frames = Limits.STANDARD.frames();

    @Option(
            names = "--max-time",
            paramLabel = "SECONDS",
            converter = Size.class,
            description = "Limit for reading (default: 3600).")
    private long seconds = Limits.STANDARD.time().toSeconds();

    Limits limits() {
        return new Limits(
                bytes,
                ratio,
                number(members),
                number(nesting),
                number(lineLength),
                threads,
                number(frames),
                Duration.ofSeconds(seconds));
    }

    private static int number(long value) {
        return (int) Math.min(value, Integer.MAX_VALUE - 8);
    }

    /** A number of one or more, with {@code k}, {@code m}, {@code g} or {@code t} behind it for powers of 1024. */
    static final class Size implements ITypeConverter<Long> {

        @Override
        public Long convert(String text) {
            String lower = text.toLowerCase(Locale.ROOT);
            int unit = lower.isEmpty() ? -1 : UNITS.indexOf(lower.charAt(lower.length() - 1));
            String digits = unit < 0 ? lower : lower.substring(0, lower.length() - 1);
            try {
                long value = Math.multiplyExact(Long.parseLong(digits), 1L << (10 * (unit + 1)));
                if (value > 0) {
                    return value;
                }
            } catch (ArithmeticException | NumberFormatException none) {
                // Told below, as for a number that is too small.
            }
            throw new TypeConversionException("'" + text + "' is no size: write it like 500, 64m or 8g");
        }
    }
}
