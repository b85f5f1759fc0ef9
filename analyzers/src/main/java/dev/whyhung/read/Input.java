package dev.whyhung.read;

import java.io.InputStream;
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
record Input(
        String label,
        Head head,
        InputStream bytes,
        @Nullable Path file) {}
