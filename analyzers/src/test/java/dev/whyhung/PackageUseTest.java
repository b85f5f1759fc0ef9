package dev.whyhung;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The way of the data: which package may use which, in all modules. */
class PackageUseTest {

    private static final Set<String> ALL =
            Set.of("model", "read", "knowledge", "graph", "finding", "rules", "diagnose", "report", "cli");
    private static final Map<String, Set<String>> MAY_USE = Map.of(
            "model", Set.of(),
            "read", Set.of("model"),
            "knowledge", Set.of("model"),
            "graph", Set.of("model", "knowledge"),
            "finding", Set.of("model", "graph"),
            "rules", Set.of("model", "knowledge", "graph", "finding"),
            "diagnose", Set.of("model", "knowledge", "graph", "finding", "rules"),
            "report", Set.of("model", "finding", "diagnose"),
            "cli", ALL);
    /** Within {@code read}: from the bytes to the evidence of a process. */
    private static final Map<String, Set<String>> MAY_READ = Map.of(
            "bytes", Set.of(),
            "harvest", Set.of("bytes"),
            "container", Set.of("bytes"),
            "filedump", Set.of("bytes", "harvest"),
            "dialect", Set.of("bytes", "harvest"),
            "hotspot", Set.of("bytes", "harvest", "dialect"),
            "heap", Set.of("bytes", "harvest", "dialect"),
            "recording", Set.of("bytes", "harvest", "hotspot"),
            "join", Set.of("bytes", "harvest", "filedump", "recording"));

    private static final Map<String, Set<String>> LIBRARIES = Map.of(
            "com.fasterxml.jackson", Set.of("read", "report"),
            "freemarker", Set.of("report"),
            "picocli", Set.of("cli"),
            "jdk.jfr", Set.of("read"));
    private static final Pattern OURS = Pattern.compile("dev\\.whyhung\\.([a-z]+)\\b");
    private static final Pattern PARTS = Pattern.compile("dev\\.whyhung\\.read\\.([a-z]+)\\b");
    private static final Pattern TALKS =
            Pattern.compile("System\\.(?:out|err|console|(?:exit|getenv|getProperty)\\()|printStackTrace");

    @Test
    void packagesUseOnlyWhatTheyMay() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (Path file : sources()) {
            String from = packageOf(file);
            String text = Files.readString(file);
            Matcher used = OURS.matcher(text);
            while (used.find()) {
                String to = used.group(1);
                if (!to.equals(from) && !MAY_USE.get(from).contains(to)) {
                    wrong.add(file.getFileName() + " uses " + to);
                }
            }
            LIBRARIES.forEach((library, users) -> {
                if (text.contains("import " + library) && !users.contains(from)) {
                    wrong.add(file.getFileName() + " uses " + library);
                }
            });
        }
        assertEquals(List.of(), wrong);
    }

    @Test
    void partsOfTheReaderUseOnlyWhatTheyMay() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (Path file : sources()) {
            Set<String> may = MAY_READ.get(folderOf(file));
            Matcher used = PARTS.matcher(Files.readString(file));
            while (may != null && used.find()) {
                String to = used.group(1);
                if (!to.equals(folderOf(file)) && !may.contains(to)) {
                    wrong.add(file.getFileName() + " uses " + to);
                }
            }
        }
        assertEquals(List.of(), wrong);
    }

    @Test
    void onlyTheCommandLinePrintsAndReadsTheEnvironment() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (Path file : sources()) {
            if (!packageOf(file).equals("cli")
                    && TALKS.matcher(Files.readString(file)).find()) {
                wrong.add(file.getFileName().toString());
            }
        }
        assertEquals(List.of(), wrong);
    }

    private static List<Path> sources() throws IOException {
        List<Path> sources = new ArrayList<>();
        for (String module : List.of("analyzers", "templates", "cli")) {
            Path root = Path.of("..", module, "src", "main", "java");
            if (Files.isDirectory(root)) {
                try (Stream<Path> files = Files.walk(root)) {
                    files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
                }
            }
        }
        return sources;
    }

    private static String packageOf(Path file) {
        return MAY_READ.containsKey(folderOf(file)) ? "read" : folderOf(file);
    }

    private static String folderOf(Path file) {
        return file.getParent().getFileName().toString();
    }
}
