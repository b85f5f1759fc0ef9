package dev.whyhung.report;

import dev.whyhung.diagnose.Diagnosis;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes the samples as pages into a folder, to look at, and prints how long each took: {@code Preview FOLDER}. */
final class Preview {

    private Preview() {}

    public static void main(String[] args) throws IOException {
        Path folder = Files.createDirectories(Path.of(args[0]));
        Map<String, Diagnosis> samples = new LinkedHashMap<>();
        samples.put("hung", Samples.hung());
        samples.put("hostile", Samples.hostile());
        samples.put("healthy", Samples.healthy());
        samples.put("inconclusive", Samples.inconclusive());
        samples.put("two", Samples.twoProcesses());
        samples.put("nothing", Samples.nothing());
        samples.put("large", Samples.large(10_000));
        samples.put("full", Samples.large(100_000));
        for (Map.Entry<String, Diagnosis> sample : samples.entrySet()) {
            Path file = folder.resolve(sample.getKey() + ".html");
            long start = System.nanoTime();
            try (Writer out = Files.newBufferedWriter(file)) {
                new HtmlReport(sample.getKey().equals("full")).write(sample.getValue(), out);
            }
            long millis = (System.nanoTime() - start) / 1_000_000;
            System.out.println(sample.getKey() + ": " + Files.size(file) / 1024 + " KiB, " + millis + " ms");
        }
    }
}
