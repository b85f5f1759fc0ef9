package dev.whyhung.read;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** From the words of a command line to inputs. */
public final class Sources {

    private Sources() {}

    /**
     * One source for each file; for each folder one for each visible regular file below it, sorted by path; {@code -} is standard
     * input. What is missing or empty becomes a source that says so when it is opened.
     */
    public static List<Source> expand(List<String> arguments, InputStream standardInput) {
        List<Source> sources = new ArrayList<>();
        for (String argument : arguments) {
            if (argument.equals("-")) {
                sources.add(Source.stream("<standard input>", () -> standardInput, true));
            } else {
                addPath(argument, sources);
            }
        }
        return sources;
    }

    private static void addPath(String argument, List<Source> sources) {
        Path path = path(argument);
        if (path != null && Files.isDirectory(path)) {
            addFolder(path, sources);
        } else if ((path == null || !Files.exists(path)) && FilePattern.isOne(argument)) {
            List<Path> matches = FilePattern.matches(argument);
            matches.forEach(match -> addPath(match.toString(), sources));
            if (matches.isEmpty()) {
                sources.add(failing(argument, "matches no file"));
            }
        } else {
            sources.add(path == null ? failing(argument, "is no valid path") : Source.file(argument, path, true));
        }
    }

    private static @Nullable Path path(String argument) {
        try {
            return Path.of(argument);
        } catch (InvalidPathException e) {
            return null;
        }
    }

    private static void addFolder(Path folder, List<Source> sources) {
        List<Source> members = new ArrayList<>();
        try {
            Path real = folder.toRealPath();
            Files.walkFileTree(real, new Members(folder, real, members));
        } catch (IOException e) {
            sources.add(Source.stream(folder.toString(), failure(e), true));
            return;
        }
        members.sort(Comparator.comparing(Source::label));
        if (members.isEmpty()) {
            sources.add(failing(folder.toString(), "holds no files"));
        }
        sources.addAll(members);
    }

    private static Source failing(String label, String message) {
        return Source.stream(label, failure(new IOException(message)), true);
    }

    private static Source.Opener failure(IOException failure) {
        return () -> {
            throw failure;
        };
    }

    /** Why an input could not be opened, as the end of a sentence that begins with its name. */
    static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "does not exist";
        }
        if (e instanceof AccessDeniedException) {
            return "may not be read: permission denied";
        }
        String message = e.getMessage();
        return message == null ? "could not be read" : message;
    }

    /** Collects the files of a folder; hidden ones are left out, unreadable ones become sources that fail. */
    private static final class Members extends SimpleFileVisitor<Path> {
        private final Path shown;
        private final Path root;
        private final List<Source> members;

        Members(Path shown, Path root, List<Source> members) {
            this.shown = shown;
            this.root = root;
            this.members = members;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return folder.equals(root) || !isHidden(folder) ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (!isHidden(file) && Files.isRegularFile(file)) {
                members.add(Source.file(label(file), file, false));
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            members.add(Source.stream(label(file), failure(e), false));
            return FileVisitResult.CONTINUE;
        }

        private String label(Path file) {
            return shown.resolve(root.relativize(file)).toString();
        }

        private static boolean isHidden(Path file) {
            Path name = file.getFileName();
            return name != null && name.toString().startsWith(".");
        }
    }
}
