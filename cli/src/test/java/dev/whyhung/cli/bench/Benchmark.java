package dev.whyhung.cli.bench;

import dev.whyhung.fixtures.Cases;
import dev.whyhung.fixtures.generate.Crowd;
import dev.whyhung.fixtures.generate.LargeDumps;
import dev.whyhung.fixtures.generate.VirtualThreadDump;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * Runs the whole program as a child process on generated dumps and prints time, CPU and memory beside {@code grep} and a bare
 * Java pass over the same file; then its start on the case study beside {@code jfr summary}; then its time on recordings. Takes
 * the path of the jar, and which of {@code text}, {@code crowds}, {@code virtual}, {@code recordings} to run if not all of it.
 */
public final class Benchmark {

    static final List<String> HEAP = List.of("-Xmx256m", "-XX:+UseSerialGC");
    private static final List<String> MORE_HEAP = List.of("-Xmx512m", "-XX:+UseSerialGC");
    private static final int STARTS = 9;

    final Path folder;
    final Path jar;
    final Path launcher;
    final Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    private final Map<String, String> environment;
    final Map<String, String> limited;

    private Benchmark(Path folder, Path jar) {
        this.folder = folder;
        this.jar = jar;
        this.launcher = jar.getParent().resolveSibling("bin").resolve("whyhung");
        this.environment = Map.of(
                "LC_ALL", "C",
                "JAVA_HOME", System.getProperty("java.home"),
                "XDG_CACHE_HOME", folder.resolve("cache").toString());
        this.limited = new HashMap<>(environment);
        limited.put("WHYHUNG_JAVA_OPTS", "-Xmx256m");
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("whyhung-bench");
        try {
            Benchmark benchmark = new Benchmark(folder, Path.of(arguments[0]).toAbsolutePath());
            String part = arguments.length < 2 ? "all" : arguments[1];
            if (isIn("text", part)) {
                benchmark.sizes();
                benchmark.threads();
                benchmark.start();
            }
            if (isIn("crowds", part)) {
                benchmark.crowds();
            }
            if (isIn("virtual", part)) {
                benchmark.virtualThreads();
            }
            if (isIn("recordings", part)) {
                new RecordingBenchmark(benchmark).run();
            }
        } finally {
            delete(folder);
        }
    }

    private static boolean isIn(String part, String wanted) {
        return wanted.equals("all") || wanted.equals(part);
    }

    private void sizes() throws IOException, InterruptedException {
        System.out.printf("Java %s, heap %s%n%n", System.getProperty("java.version"), HEAP);
        System.out.println("| input | MB | what | wall s | CPU s | peak MiB | CPU, bare pass = 1 |");
        System.out.println("|---|---|---|---|---|---|---|");
        measure("200 threads x 3", generate("small.txt", 200, 3));
        measure("10,000 threads x 10", generate("medium.txt", 10_000, 10));
        Path hundred = folder.resolve("100m.txt");
        int few = generateBytes(hundred, 100_000_000);
        List<Child> before = measure("10,000 threads x " + few, hundred);
        double grown = Files.size(hundred);
        Files.delete(hundred);
        Path gibibyte = folder.resolve("1g.txt");
        int many = generateBytes(gibibyte, 1L << 30);
        List<Child> after = measure("10,000 threads x " + many, gibibyte);
        grown = Files.size(gibibyte) / grown;
        Files.delete(gibibyte);
        print(
                "%nInput times %.1f: wall time times %.1f without the page, %.1f with it%n%n",
                grown,
                after.get(0).wall() / before.get(0).wall(),
                after.get(1).wall() / before.get(1).wall());
    }

    /** Ten times the threads in two dumps each, all rules included: ten times the time would be linear. */
    private void threads() throws IOException, InterruptedException {
        print("| platform threads, heap %s | MB | what | wall s | CPU s | peak MiB | CPU, first = 1 |%n", MORE_HEAP);
        System.out.println("|---|---|---|---|---|---|---|");
        Child few = null;
        for (int threads : new int[] {10_000, 100_000}) {
            Path file = generate(threads + ".txt", threads, 2);
            Child child = best(javaCommand(MORE_HEAP, List.of("-jar", jar.toString(), "--no-html"), file));
            few = few == null ? child : few;
            row(String.format(Locale.ROOT, "%,d x 2 | %.0f", threads, Files.size(file) / 1e6), "whyhung", child, few);
            Files.delete(file);
        }
        System.out.println();
    }

    /** Four times the threads that are all different: four times the time would be linear. */
    private void crowds() throws IOException, InterruptedException {
        print(
                "| threads that wait for, heap %s | threads | what | wall s | CPU s | peak MiB | CPU, first = 1 |%n",
                MORE_HEAP);
        System.out.println("|---|---|---|---|---|---|---|");
        for (Crowd crowd : Crowd.values()) {
            Child few = null;
            for (int threads : new int[] {5_000, 20_000}) {
                Path file = folder.resolve("crowd.txt");
                try (OutputStream out = Files.newOutputStream(file)) {
                    crowd.write(threads, out);
                }
                Child child = best(javaCommand(MORE_HEAP, List.of("-jar", jar.toString(), "--no-html"), file));
                few = few == null ? child : few;
                row(String.format(Locale.ROOT, "%s | %,d x 2", crowd.title, threads), "whyhung", child, few);
                Files.delete(file);
            }
        }
        System.out.println();
    }

    /** A million virtual threads in JSON, without the page, beside a bare pass of the JSON parser; half a gigabyte of heap. */
    private void virtualThreads() throws IOException, InterruptedException {
        Path file = folder.resolve("virtual.json");
        try (OutputStream out = Files.newOutputStream(file)) {
            new VirtualThreadDump(1_000_000, 1).write(out);
        }
        Child pass = best(javaCommand(
                MORE_HEAP, List.of("-cp", System.getProperty("java.class.path"), JsonPass.class.getName()), file));
        Child bare = best(javaCommand(MORE_HEAP, List.of("-jar", jar.toString(), "--no-html"), file));
        String input = String.format(Locale.ROOT, "1,000,000 virtual threads | %.0f", Files.size(file) / 1e6);
        print("%n| input, heap %s | MB | what | wall s | CPU s | peak MiB | CPU, bare pass = 1 |%n", MORE_HEAP);
        System.out.println("|---|---|---|---|---|---|---|");
        row(input, "bare JSON pass", pass, pass);
        row(input, "whyhung --no-html", bare, pass);
        Files.delete(file);
    }

    private Path generate(String name, int threads, int dumps) throws IOException {
        Path file = folder.resolve(name);
        try (OutputStream out = Files.newOutputStream(file)) {
            new LargeDumps(threads, 1).write(dumps, out);
        }
        return file;
    }

    private int generateBytes(Path file, long bytes) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            return new LargeDumps(10_000, 1).writeBytes(bytes, out);
        }
    }

    /** Without the page, then with it, between the two yardsticks. */
    private List<Child> measure(String name, Path file) throws IOException, InterruptedException {
        Child grep = best(List.of("grep", "-c", "^\"", file.toString()));
        Child pass = best(
                javaCommand(List.of("-cp", System.getProperty("java.class.path"), LinePass.class.getName()), file));
        Child bare = best(javaCommand(List.of("-jar", jar.toString(), "--no-html"), file));
        Child page = best(javaCommand(List.of("-jar", jar.toString()), file));
        String input = String.format(Locale.ROOT, "%s | %.0f", name, Files.size(file) / 1e6);
        row(input, "LC_ALL=C grep -c '^\"'", grep, pass);
        row(input, "bare Java pass", pass, pass);
        row(input, "whyhung --no-html", bare, pass);
        row(input, "whyhung", page, pass);
        row(input, "whyhung through its launcher", best(limited, List.of(launcher.toString(), file.toString())), pass);
        return List.of(bare, page);
    }

    static void row(String input, String what, Child child, Child pass) {
        print(
                "| %s | %s | %.2f | %.2f | %.0f | %.2f |%n",
                input, what, child.wall(), child.cpu(), child.peakMiB(), child.cpu() / pass.cpu());
    }

    private List<String> javaCommand(List<String> words, Path file) {
        return javaCommand(HEAP, words, file);
    }

    List<String> javaCommand(List<String> heap, List<String> words, Path file) {
        List<String> command = new ArrayList<>(List.of(java.toString()));
        command.addAll(heap);
        command.addAll(words);
        command.add(file.toString());
        return command;
    }

    /** The better of two runs, by CPU: the first one also warms the file cache. */
    Child best(List<String> command) throws IOException, InterruptedException {
        return best(environment, command);
    }

    Child best(Map<String, String> variables, List<String> command) throws IOException, InterruptedException {
        Child one = run(variables, command);
        Child other = run(variables, command);
        return one.cpu() <= other.cpu() ? one : other;
    }

    Child run(List<String> command) throws IOException, InterruptedException {
        return run(environment, command);
    }

    private Child run(Map<String, String> variables, List<String> command) throws IOException, InterruptedException {
        Child child = Child.run(folder, variables, command);
        if (child.exit() != 0) {
            throw new IOException(command + " ended with " + child.exit() + ": " + Child.errors(folder));
        }
        return child;
    }

    private void start() throws IOException, InterruptedException {
        Path captures = Cases.directory().resolve("case-study").resolve("17");
        String[] dumps = {
            captures.resolve("jstack-l-1.txt").toString(),
            captures.resolve("jstack-l-2.txt").toString()
        };
        List<List<String>> commands = List.of(
                List.of(
                        java.resolveSibling("jfr").toString(),
                        "summary",
                        recording().toString()),
                List.of(launcher.toString(), dumps[0], dumps[1]),
                List.of(java.toString(), "-jar", jar.toString(), dumps[0], dumps[1]));
        run(commands.get(1)); // makes the archive
        List<List<Child>> runs = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (int i = 0; i < STARTS; i++) {
            for (int j = 0; j < commands.size(); j++) {
                runs.get(j).add(run(commands.get(j)));
            }
        }
        System.out.println(
                "| start, case study (two dumps of 224 threads) | wall s | CPU s | wall, jfr = 1 | CPU, jfr = 1 |");
        System.out.println("|---|---|---|---|---|");
        start("jfr summary", runs.get(0), runs.get(0));
        start("launcher, warm archive", runs.get(1), runs.get(0));
        start("java -jar", runs.get(2), runs.get(0));
    }

    private static void start(String what, List<Child> runs, List<Child> yardstick) {
        double wall = median(runs, Child::wall);
        double cpu = median(runs, Child::cpu);
        double itsWall = median(yardstick, Child::wall);
        double itsCpu = median(yardstick, Child::cpu);
        print("| %s | %.2f | %.2f | %.2f | %.2f |%n", what, wall, cpu, wall / itsWall, cpu / itsCpu);
    }

    private static double median(List<Child> runs, ToDoubleFunction<Child> figure) {
        return runs.stream().mapToDouble(figure).sorted().toArray()[runs.size() / 2];
    }

    /** A small recording of the bare pass over a small dump. */
    private Path recording() throws IOException, InterruptedException {
        Path file = folder.resolve("small.jfr");
        run(javaCommand(
                List.of(
                        "-XX:StartFlightRecording=filename=" + file,
                        "-cp",
                        System.getProperty("java.class.path"),
                        LinePass.class.getName()),
                folder.resolve("small.txt")));
        return file;
    }

    static void print(String format, Object... values) {
        System.out.printf(Locale.ROOT, format, values);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
