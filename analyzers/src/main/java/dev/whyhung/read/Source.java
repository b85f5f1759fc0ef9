package dev.whyhung.read;

import java.io.IOException;
import java.io.InputStream;

/**
 * One input.
 *
 * @param label the input as it is shown
 * @param opener opens it
 * @param named whether it was named on the command line, not found in a folder that was
 */
public record Source(String label, Opener opener, boolean named) {

    /** Opens an input for reading, once. */
    @FunctionalInterface
    public interface Opener {
        InputStream open() throws IOException;
    }
}
