package dev.whyhung.read.bytes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A temporary file that only this user can read, and that goes away with the run however it ends, unless it is killed. */
public record PrivateFile(Path path) implements AutoCloseable {

    public static PrivateFile create() throws IOException {
        Path path = Files.createTempFile("whyhung", ".jfr");
        path.toFile().deleteOnExit(); // where the run is interrupted
        return new PrivateFile(path);
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(path);
    }
}
