package dev.whyhung.read;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whyhung.fixtures.Cases;
import dev.whyhung.model.InputReport;
import dev.whyhung.model.InputReport.Status;
import dev.whyhung.read.bytes.Head;
import dev.whyhung.read.heap.HeapDump;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Damaged inputs, as many of one format as of another: so many as the system properties {@code whyhung.barrage} and
 * {@code whyhung.barrage.recordings} say. With the first set, each format prints what came of it as soon as it is done.
 * {@code whyhung.barrage.seed} makes another run, {@code whyhung.barrage.format} takes one format of all.
 */
class BarrageTest {

    private static final int INPUTS = Integer.getInteger("whyhung.barrage", 2_000);
    private static final int RECORDINGS = Integer.getInteger("whyhung.barrage.recordings", 20);
    private static final long SEED = Long.getLong("whyhung.barrage.seed", 20260302);
    private static final String ONLY = System.getProperty("whyhung.barrage.format", "");
    private static final int EXAMINED = 20;
    private static final String RECORDING = "recording";
    private static final int LARGEST = 64 << 10;

    @TestFactory
    Stream<DynamicTest> textAndJson() throws IOException {
        Map<String, List<byte[]>> samples = samples();
        samples.put(HeapDump.ID, List.of(HeapBytes.sample()));
        samples.put(
                "packed", samples.values().stream().flatMap(BarrageTest::packed).toList());
        int each = -(-INPUTS / samples.size());
        return samples.keySet().stream()
                .filter(format -> ONLY.isEmpty() || format.equals(ONLY))
                .map(format ->
                        DynamicTest.dynamicTest(format, () -> new Bombardment(format, samples.get(format)).run(each)));
    }

    @TestFactory
    Stream<DynamicTest> recordings() throws IOException {
        List<byte[]> recordings = new ArrayList<>();
        for (Path file : files(".jfr")) {
            recordings.add(Files.readAllBytes(file));
        }
        return Stream.of(RECORDING)
                .filter(format -> ONLY.isEmpty() || format.equals(ONLY))
                .map(format ->
                        DynamicTest.dynamicTest(format, () -> new Bombardment(format, recordings).run(RECORDINGS)));
    }

    /** Of one format, told by the seed alone. */
    private static final class Bombardment {
        private final String format;
        private final List<byte[]> samples;
        private final Random random;
        private final int[] outcomes = new int[Status.values().length];

        Bombardment(String format, List<byte[]> samples) {
            this.format = format;
            this.samples = samples;
            random = new Random(SEED + format.hashCode());
        }

        void run(int count) {
            long start = System.nanoTime();
            for (int i = 0; i < count; i++) {
                byte[] sample = samples.get(random.nextInt(samples.size()));
                Mutation mutation = new Mutation(random.nextLong());
                byte[] damaged = format.equals(RECORDING) && random.nextInt(4) > 0
                        ? mutation.inPlace(sample)
                        : mutation.of(sample);
                try {
                    count(i % EXAMINED == 0 ? Invariants.examine(damaged) : Invariants.check(damaged));
                } catch (RuntimeException | Error failure) {
                    throw new AssertionError(mutation + " of " + format + ", kept as " + keep(damaged), failure);
                }
            }
            String outcome = "%-20s %4d samples, %9d read, %9d partial, %9d skipped, %5d s"
                    .formatted(
                            format,
                            samples.size(),
                            outcomes[0],
                            outcomes[1],
                            outcomes[2],
                            (System.nanoTime() - start) / 1_000_000_000);
            if (System.getProperty("whyhung.barrage") != null) {
                System.out.println(outcome);
            }
            assertTrue(outcomes[0] + outcomes[1] > 0, outcome);
        }

        private void count(Intake.Result result) {
            Status best = result.inputs().stream()
                    .map(InputReport::status)
                    .min(Status::compareTo)
                    .orElse(Status.SKIPPED);
            outcomes[best.ordinal()]++;
        }
    }

    private static Path keep(byte[] damaged) {
        try {
            return Files.write(Files.createTempFile("whyhung-damaged", ".bin"), damaged);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Captures by what they are taken for. */
    private static Map<String, List<byte[]>> samples() throws IOException {
        Map<String, List<byte[]>> samples = new TreeMap<>();
        for (Path file : files(".txt", ".json")) {
            if (Files.size(file) <= LARGEST) {
                byte[] bytes = Files.readAllBytes(file);
                String format = Formats.of(new Head(bytes)).getClass().getSimpleName();
                samples.computeIfAbsent(format, name -> new ArrayList<>()).add(bytes);
            }
        }
        return samples;
    }

    private static List<Path> files(String... endings) throws IOException {
        try (Stream<Path> files = Files.walk(Cases.directory())) {
            return files.filter(file -> !file.endsWith("expected.json"))
                    .filter(file -> Stream.of(endings).anyMatch(file.toString()::endsWith))
                    .sorted()
                    .toList();
        }
    }

    /** One of each format as it is packed, shipped, exported, mailed and copied. */
    private static Stream<byte[]> packed(List<byte[]> kind) {
        byte[] sample = kind.get(0);
        String text = new String(sample, StandardCharsets.UTF_8);
        List<String> lines = text.lines().toList();
        List<String> backwards = new ArrayList<>(lines);
        Collections.reverse(backwards);
        return Stream.concat(
                Stream.of(gzip(sample), zip(sample), text.getBytes(StandardCharsets.UTF_16)),
                Stream.of(
                                each(lines, line -> "2026-03-01T12:00:00.000Z stdout F " + line),
                                each(
                                        lines,
                                        line -> "{\"log\":\""
                                                + line.replace("\\", "\\\\").replace("\"", "\\\"") + "\"}"),
                                "time,message\n" + each(lines, line -> "1,\"" + line.replace("\"", "\"\"") + '"'),
                                "From: a\nMIME-Version: 1.0\nContent-Transfer-Encoding: base64\n\n"
                                        + Base64.getMimeEncoder().encodeToString(sample),
                                String.join("\n", backwards),
                                each(lines, line -> "> " + line.replaceAll("(.{80})(?=.)", "$1\n")),
                                "[" + text.replace("\n", "\r") + "]",
                                Base64.getMimeEncoder().encodeToString(sample),
                                URLEncoder.encode(text, StandardCharsets.UTF_8),
                                each(lines, line -> "\"" + Wrappings.escaped(line) + "\","),
                                each(lines, line -> "\u001b[32m" + line + "\u001b[0m"),
                                text.replaceAll("\"([^\"\n]*)\"", "\u201c$1\u201d"),
                                text.replace("\t", "#011"),
                                "\0".repeat(Head.LENGTH) + text)
                        .map(each -> each.getBytes(StandardCharsets.UTF_8)));
    }

    private static String each(List<String> lines, UnaryOperator<String> change) {
        return lines.stream().map(change).collect(Collectors.joining("\n"));
    }

    private static byte[] gzip(byte[] sample) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            write(sample, new GZIPOutputStream(bytes));
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] zip(byte[] sample) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            ZipOutputStream zip = new ZipOutputStream(bytes);
            zip.putNextEntry(new ZipEntry("logs/dump.txt"));
            write(sample, zip);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(byte[] bytes, OutputStream out) throws IOException {
        try (out) {
            out.write(bytes);
        }
    }
}
