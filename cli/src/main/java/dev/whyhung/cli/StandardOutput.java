package dev.whyhung.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Standard output that never throws: the first failure is kept and everything after it dropped, so that a reader who leaves early
 * ({@code whyhung ... | head}) does not turn a finished analysis into an error.
 */
final class StandardOutput extends OutputStream {

    private final OutputStream target;

    private @Nullable IOException failure;

    StandardOutput(OutputStream target) {
        this.target = target;
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        attempt(() -> target.write(bytes, offset, length));
    }

    @Override
    public void flush() {
        attempt(target::flush);
    }

    @Override
    public void close() {
        flush();
    }

    /** Why output was lost; null if nothing was, or if the reader closed its end. */
    @Nullable
    IOException loss() {
        return failure == null || closedByReader(failure) ? null : failure;
    }

    /** The JDK has no type for it; the words are those of Linux, macOS and Windows. */
    private static boolean closedByReader(IOException failure) {
        String text = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        return text.contains("pipe") || text.contains("bad file descriptor") || text.contains("handle is invalid");
    }

    private void attempt(Action action) {
        if (failure != null) {
            return;
        }
        try {
            action.run();
        } catch (IOException exception) {
            failure = exception;
        }
    }

    private interface Action {
        void run() throws IOException;
    }
}
