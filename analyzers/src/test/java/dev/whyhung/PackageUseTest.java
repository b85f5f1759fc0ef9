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
    /** Within {@code graph}: from a thread and its wait to the judgement of how it stands. */
    private static final Map<String, Set<String>> MAY_DERIVE = Map.of(
            "thread", Set.of(),
            "time", Set.of("thread"),
            "carrier", Set.of("thread", "time"),
            "holder", Set.of("thread", "time", "carrier"),
            "waitfor", Set.of("thread", "holder"),
            "judgement", Set.of("thread", "time", "carrier", "holder", "waitfor"));

    /** Within {@code diagnose}: from the ranking of findings to what a report shows. */
    private static final Map<String, Set<String>> MAY_DIAGNOSE = Map.of(
            "rank", Set.of(),
            "verdict", Set.of("rank"),
            "chronicle", Set.of("rank"),
            "view", Set.of("rank", "chronicle"));

    private static final Map<String, Map<String, Set<String>>> PARTS =
            Map.of("read", MAY_READ, "graph", MAY_DERIVE, "diagnose", MAY_DIAGNOSE);

    private static final Map<String, Set<String>> LIBRARIES = Map.of(
            "com.fasterxml.jackson", Set.of("read", "report"),
            "freemarker", Set.of("report"),
            "picocli", Set.of("cli"),
            "jdk.jfr", Set.of("read"));
    private static final Pattern OURS = Pattern.compile("dev\\.whyhung\\.([a-z]+)\\b");
    private static final Pattern USED =
            Pattern.compile("import (?:static )?dev\\.whyhung\\.(read|graph|diagnose)\\.(\\w+)");
    private static final Pattern MARKS = Pattern.compile("[.:]mark[A-Z]");
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
    void partsUseOnlyWhatTheyMay() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (Path file : sources()) {
            Set<String> may = PARTS.getOrDefault(packageOf(file), Map.of()).get(folderOf(file));
            Matcher used = USED.matcher(Files.readString(file));
            while (may != null && used.find()) {
                String to = used.group(2);
                if (used.group(1).equals(packageOf(file)) && !to.equals(folderOf(file)) && !may.contains(to)) {
                    wrong.add(file.getFileName() + " uses " + to);
                }
            }
        }
        assertEquals(List.of(), wrong);
    }

    /** Threads are marked while the facts about a process are built, before any rule reads them. */
    @Test
    void onlyTheGraphMarksThreads() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (Path file : sources()) {
            if (!packageOf(file).equals("graph")
                    && MARKS.matcher(Files.readString(file)).find()) {
                wrong.add(file.getFileName().toString());
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
        String folder = folderOf(file);
        return PARTS.keySet().stream()
                .filter(whole -> PARTS.get(whole).containsKey(folder))
                .findFirst()
                .orElse(folder);
    }

    private static String folderOf(Path file) {
        return file.getParent().getFileName().toString();
    }
}
