package dev.whyhung.cli.bench;

import dev.whyhung.fixtures.generate.BusyRecording;
import dev.whyhung.fixtures.generate.ShortLivedThreads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The whole program beside other ways to read the same file: on recordings of rare events alone, of many short-lived threads; and on
 * those of a busy service that hangs in the end.
 */
final class RecordingBenchmark {

    private static final List<String> MUCH_HEAP = List.of("-Xmx6g", "-XX:+UseSerialGC");
    private static final List<String> CLASS_PATH = List.of("-cp", System.getProperty("java.class.path"));

    private final Benchmark benchmark;

    RecordingBenchmark(Benchmark benchmark) {
        this.benchmark = benchmark;
    }

    void run() throws IOException, InterruptedException {
        Benchmark.print(
                "%n| recording, heap %s | MB | what | wall s | CPU s | peak MiB | CPU, bare stream = 1 |%n",
                Benchmark.HEAP);
        System.out.println("|---|---|---|---|---|---|---|");
        for (int megabytes : new int[] {80, 400}) {
            Path file = generate(ShortLivedThreads.class, ",maxchunksize=1m", megabytes);
            measure("rare events", file);
            Files.delete(file);
        }
        for (int megabytes : new int[] {80, 400}) {
            Path file = generate(BusyRecording.class, "", megabytes);
            missionControl(measure("busy", file));
            Files.delete(file);
        }
    }

    private Path generate(Class<?> generator, String options, int megabytes) throws IOException, InterruptedException {
        Path file = benchmark.folder.resolve(megabytes + ".jfr");
        List<String> command = new ArrayList<>(List.of(benchmark.java.toString()));
        command.add("-XX:FlightRecorderOptions=repository=" + benchmark.folder.resolve("repository") + options);
        command.addAll(CLASS_PATH);
        command.addAll(List.of(generator.getName(), file.toString(), Integer.toString(megabytes)));
        benchmark.run(command);
        return file;
    }

    private Measured measure(String what, Path file) throws IOException, InterruptedException {
        Child rare = best(Benchmark.HEAP, CLASS_PATH, EventPass.class.getName(), "rare", file.toString());
        Child all = best(Benchmark.HEAP, CLASS_PATH, EventPass.class.getName(), "all", file.toString());
        String jfr = benchmark.java.resolveSibling("jfr").toString();
        Child summary = benchmark.best(List.of(jfr, "summary", file.toString()));
        List<String> jar = List.of("-jar", benchmark.jar.toString());
        String input = String.format(Locale.ROOT, "%s | %.0f", what, Files.size(file) / 1e6);
        Benchmark.row(input, "bare EventStream, rare types", rare, rare);
        Benchmark.row(input, "bare EventStream, all types", all, rare);
        Benchmark.row(input, "jfr summary", summary, rare);
        Benchmark.row(input, "whyhung --no-html", best(Benchmark.HEAP, jar, "--no-html", file.toString()), rare);
        Benchmark.row(input, "whyhung", best(Benchmark.HEAP, jar, file.toString()), rare);
        List<String> launcher = List.of(benchmark.launcher.toString(), file.toString());
        Benchmark.row(input, "whyhung through its launcher", benchmark.best(benchmark.limited, launcher), rare);
        return new Measured(input, file, rare);
    }

    /** A recording, how it is named in the table, and what the bare stream took for it. */
    private record Measured(String input, Path file, Child rare) {}

    /** Last, since it may not end in time. */
    private void missionControl(Measured busy) throws InterruptedException {
        String what = "JMC loader, " + MUCH_HEAP.get(0);
        try {
            Child control = best(MUCH_HEAP, CLASS_PATH, MissionControlPass.class.getName(), busy.file.toString());
            Benchmark.row(busy.input, what, control, busy.rare);
        } catch (IOException failure) {
            Benchmark.print("| %s | %s: %s |%n", busy.input, what, failure.getMessage());
        }
    }

    private Child best(List<String> heap, List<String> words, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(benchmark.java.toString()));
        command.addAll(heap);
        command.addAll(words);
        command.addAll(List.of(arguments));
        return benchmark.best(command);
    }
}
