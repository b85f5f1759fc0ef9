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
 * @param bytes its size; of what is packed, the size that it is stored in, but unpacked for a file of an archive
 * @param sha256 checksum of these bytes in hexadecimal; null if they were not read to their end or are more than 4 MiB
 */
public record InputReport(
        String path,
        String format,
        Status status,
        int dumps,
        long threads,
        long skippedLines,
        List<Skipped> skipped,
        @Nullable String message,
        long bytes,
        @Nullable String sha256) {

    /** The format of what holds other inputs. */
    public static final String ARCHIVE = "archive";

    /** How much of an input was read. */
    public enum Status {
        READ,
        PARTIAL,
        SKIPPED
    }

    public InputReport {
        skipped = List.copyOf(skipped);
    }

    /** Of an input whose content is not known yet. */
    public InputReport(
            String path,
            String format,
            Status status,
            int dumps,
            long threads,
            long skippedLines,
            List<Skipped> skipped,
            @Nullable String message) {
        this(path, format, status, dumps, threads, skippedLines, skipped, message, 0, null);
    }

    /** The same with its content. */
    public InputReport ofContent(long size, @Nullable String checksum) {
        return new InputReport(path, format, status, dumps, threads, skippedLines, skipped, message, size, checksum);
    }

    /** Of an archive, whose files have reports of their own. */
    public static InputReport archive(String path) {
        return new InputReport(path, ARCHIVE, Status.READ, 0, 0, 0, List.of(), null);
    }

    /** Of an input that gave nothing. */
    public static InputReport skipped(String path, String format, String message) {
        return new InputReport(path, format, Status.SKIPPED, 0, 0, 0, List.of(), message);
    }
}
