package dev.whyhung.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A report as a file that is there whole or not at all: it is written beside its place under another name and then moved. An
 * interrupted run leaves neither half of it behind.
 */
final class ReportFile {

    private static final int BUFFER = 1 << 16;

    private ReportFile() {}

    /** Writes a report to a stream. */
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    static void write(Path file, Content content) throws IOException {
        Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
        if (Files.exists(target) && !Files.isRegularFile(target)) {
            // A device or a named pipe must be written to, not replaced; a directory fails here.
            fill(target, content, StandardOpenOption.WRITE);
            return;
        }
        Path draft = target.resolveSibling(
                ".whyhung-" + ProcessHandle.current().pid() + "-" + Long.toHexString(System.nanoTime()) + ".tmp");
        Thread cleaner = new Thread(() -> delete(draft));
        Runtime.getRuntime().addShutdownHook(cleaner);
        try {
            fill(draft, content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            move(draft, target);
        } finally {
            delete(draft);
            forget(cleaner);
        }
    }

    private static void fill(Path path, Content content, OpenOption... options) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(path, options), BUFFER)) {
            content.writeTo(out);
        }
    }

    private static void move(Path draft, Path target) throws IOException {
        try {
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException unsupported) {
            Files.move(draft, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void delete(Path draft) {
        try {
            Files.deleteIfExists(draft);
        } catch (IOException left) {
            draft.toFile().deleteOnExit();
        }
    }

    private static void forget(Thread cleaner) {
        try {
            Runtime.getRuntime().removeShutdownHook(cleaner);
        } catch (IllegalStateException ending) {
            // The hook is running already.
        }
    }

    /** Why a file could not be written, in words; the JDK's own message is often just the path. */
    static String reason(IOException failure) {
        if (failure instanceof NoSuchFileException) {
            return "its directory does not exist";
        }
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        String reason = failure instanceof FileSystemException system ? system.getReason() : failure.getMessage();
        return reason == null ? failure.getClass().getSimpleName() : reason;
    }
}
