package dev.whyhung.cli.bench;

import dev.whyhung.fixtures.generate.BusyRecording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The whole program on recordings of a busy service that hangs in the end, beside other ways to read the same file. */
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
            Path file = generate(megabytes);
            measure(file);
            Files.delete(file);
        }
    }

    private Path generate(int megabytes) throws IOException, InterruptedException {
        Path file = benchmark.folder.resolve(megabytes + ".jfr");
        List<String> command = new ArrayList<>(List.of(benchmark.java.toString()));
        command.add("-XX:FlightRecorderOptions=repository=" + benchmark.folder.resolve("repository"));
        command.addAll(CLASS_PATH);
        command.addAll(List.of(BusyRecording.class.getName(), file.toString(), Integer.toString(megabytes)));
        benchmark.run(command);
        return file;
    }

    private void measure(Path file) throws IOException, InterruptedException {
        Child rare = best(Benchmark.HEAP, CLASS_PATH, EventPass.class.getName(), "rare", file.toString());
        Child all = best(Benchmark.HEAP, CLASS_PATH, EventPass.class.getName(), "all", file.toString());
        String jfr = benchmark.java.resolveSibling("jfr").toString();
        Child summary = benchmark.best(List.of(jfr, "summary", file.toString()));
        List<String> jar = List.of("-jar", benchmark.jar.toString());
        String input = String.format(Locale.ROOT, "busy | %.0f", Files.size(file) / 1e6);
        Benchmark.row(input, "bare EventStream, rare types", rare, rare);
        Benchmark.row(input, "bare EventStream, all types", all, rare);
        Benchmark.row(input, "jfr summary", summary, rare);
        Benchmark.row(input, "whyhung --no-html", best(Benchmark.HEAP, jar, "--no-html", file.toString()), rare);
        Benchmark.row(input, "whyhung", best(Benchmark.HEAP, jar, file.toString()), rare);
        List<String> launcher = List.of(benchmark.launcher.toString(), file.toString());
        Benchmark.row(input, "whyhung through its launcher", benchmark.best(benchmark.limited, launcher), rare);
        missionControl(input, file, rare);
    }

    /** Last, since it may not end in time. */
    private void missionControl(String input, Path file, Child rare) throws InterruptedException {
        String what = "JMC loader, " + MUCH_HEAP.get(0);
        try {
            Child control = best(MUCH_HEAP, CLASS_PATH, MissionControlPass.class.getName(), file.toString());
            Benchmark.row(input, what, control, rare);
        } catch (IOException failure) {
            Benchmark.print("| %s | %s: %s |%n", input, what, failure.getMessage());
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
