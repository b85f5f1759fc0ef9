package dev.whyhung.read;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One input.
 *
 * @param label the input as it is shown
 * @param opener opens it
 * @param named whether it was named on the command line, not found in a folder that was
 * @param file the file that it is, for formats that have to seek or to read it again; null for anything else, as a pipe
 */
public record Source(
        String label,
        Opener opener,
        boolean named,
        @Nullable Path file) {

    /** Opens an input for reading, once. */
    @FunctionalInterface
    public interface Opener {
        InputStream open() throws IOException;
    }

    /** An input that can only be read from its beginning to its end. */
    public static Source stream(String label, Opener opener, boolean named) {
        return new Source(label, opener, named, null);
    }

    public static Source file(String label, Path file, boolean named) {
        Path seekable = Files.isRegularFile(file) ? file : null;
        return new Source(label, () -> Files.newInputStream(file), named, seekable);
    }
}
