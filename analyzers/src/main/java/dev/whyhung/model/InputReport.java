package dev.whyhung.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of one input.
 *
 * @param path the input as it is shown
 * @param format what it was taken for, or {@code unknown}
 * @param status how much was read
 * @param dumps dumps found
 * @param threads threads found in all of them
 * @param skippedLines lines that could not be used
 * @param skipped the first of those
 * @param message one sentence about what is wrong with it, or null
 */
public record InputReport(
        String path,
        String format,
        Status status,
        int dumps,
        long threads,
        long skippedLines,
        List<Skipped> skipped,
        @Nullable String message) {

    /** How much of an input was read. */
    public enum Status {
        READ,
        PARTIAL,
        SKIPPED
    }

    public InputReport {
        skipped = List.copyOf(skipped);
    }

    /** Of an input that gave nothing. */
    public static InputReport skipped(String path, String format, String message) {
        return new InputReport(path, format, Status.SKIPPED, 0, 0, 0, List.of(), message);
    }
}
