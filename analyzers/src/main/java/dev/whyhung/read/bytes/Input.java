package dev.whyhung.read.bytes;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One opened input.
 *
 * @param label the input as it is shown
 * @param head its first bytes
 * @param bytes all of it from the beginning, to be read once; whoever opened the input closes it
 * @param file the same as a file, for formats that have to seek; null for a stream
 */
public record Input(
        String label,
        Head head,
        InputStream bytes,
        @Nullable Path file) {

    /** A stream that was read too far, with what was read put before the rest again. */
    public static InputStream behind(byte[] first, InputStream rest) {
        return new SequenceInputStream(new ByteArrayInputStream(first), rest);
    }
}
