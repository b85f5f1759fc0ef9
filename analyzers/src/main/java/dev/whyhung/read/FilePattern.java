package dev.whyhung.read;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.PatternSyntaxException;

/** A pattern of file names that the shell has left alone, because it was quoted or cannot expand it. */
final class FilePattern {

    private FilePattern() {}

    static boolean isOne(String argument) {
        return argument.chars().anyMatch(c -> "*?[{".indexOf(c) >= 0);
    }

    /** The files and folders that match, sorted: {@code *} and {@code ?} in any part of the path, no {@code **}. */
    static List<Path> matches(String argument) {
        List<Path> found = List.of(Path.of(argument.startsWith("/") ? "/" : ""));
        for (String part : argument.replace(File.separatorChar, '/').split("/+", -1)) {
            List<Path> next = new ArrayList<>();
            for (Path folder : part.isEmpty() ? List.<Path>of() : found) {
                addMatches(folder, part, next);
            }
            found = part.isEmpty() ? found : next;
        }
        found.sort(Comparator.naturalOrder());
        return found;
    }

    private static void addMatches(Path folder, String part, List<Path> matches) {
        if (!isOne(part)) {
            Path member = folder.resolve(part);
            if (Files.exists(member)) {
                matches.add(member);
            }
            return;
        }
        try (DirectoryStream<Path> members = Files.newDirectoryStream(folder, part)) {
            members.forEach(member -> {
                if (!member.getFileName().toString().startsWith(".") || part.startsWith(".")) {
                    matches.add(folder.resolve(member.getFileName()));
                }
            });
        } catch (IOException | PatternSyntaxException | DirectoryIteratorException none) {
            // A folder that cannot be listed holds no match; neither does what is no pattern.
        }
    }
}
