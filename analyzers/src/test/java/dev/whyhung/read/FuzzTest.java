package dev.whyhung.read;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whyhung.fixtures.Cases;
import dev.whyhung.read.bytes.Head;
import dev.whyhung.read.harvest.Format;
import dev.whyhung.read.recording.FlightRecording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Fuzzes each reader by coverage, with Jazzer in a process of its own, for so many seconds as the system property says; see
 * {@link ReaderFuzzer}. It starts from the kept corpus and the smallest captures of the format; an input that fails is written to
 * {@code target/fuzz}, and belongs into {@code fixtures/corpus}.
 */
@EnabledIfSystemProperty(named = "whyhung.fuzz", matches = "\\d+")
class FuzzTest {

    private static final int SAMPLES = 6;
    private static final int LARGEST = 32 << 10;
    private static final Path OUTPUT = Path.of("target", "fuzz");

    /** Recordings are left to the barrage: the JDK parses them, and a parser that hangs would stay in the fuzzer's process. */
    @TestFactory
    Stream<DynamicTest> everyReader() {
        return Formats.all().stream()
                .filter(format -> !(format instanceof FlightRecording || format instanceof Unreadable))
                .map(format -> DynamicTest.dynamicTest(name(format), () -> fuzz(name(format), format::equals)));
    }

    /** Everything, as it comes: containers and recognition, too. */
    @Test
    void wholeIntake() throws IOException, InterruptedException {
        fuzz("", format -> true);
    }

    /** The outermost class, which the file is named after. */
    private static String name(Format format) {
        return format.getClass().getName().replaceAll(".*\\.|\\$.*", "");
    }

    private static void fuzz(String name, Predicate<Format> wanted) throws IOException, InterruptedException {
        String shown = name.isEmpty() ? "Intake" : name;
        Path folder = Files.createDirectories(OUTPUT.resolve(shown));
        Path log = OUTPUT.resolve(shown + ".log");
        seed(wanted, Files.createDirectories(folder.resolve("corpus")));
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-Dwhyhung.reader=" + name,
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + ReaderFuzzer.class.getName(),
                "--instrumentation_includes=dev.whyhung.**",
                "--reproducer_path=" + folder,
                "-artifact_prefix=" + folder + "/",
                "-seed=1",
                "-max_total_time=" + System.getProperty("whyhung.fuzz"),
                folder.resolve("corpus").toString());
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertEquals(0, process.waitFor(), () -> "see " + log.toAbsolutePath());
    }

    private static void seed(Predicate<Format> wanted, Path corpus) throws IOException {
        try (Stream<Path> cases = Files.walk(Cases.directory());
                Stream<Path> kept = Files.walk(Cases.directory().resolveSibling("corpus"))) {
            List<Path> captures = cases.filter(file -> isOf(wanted, file))
                    .sorted(Comparator.comparingLong(
                                    (Path file) -> file.toFile().length())
                            .thenComparing(Path::toString))
                    .limit(SAMPLES)
                    .toList();
            List<Path> seeds = Stream.concat(
                            captures.stream(),
                            kept.filter(file -> file.toString().matches(".*\\.(txt|json)")))
                    .toList();
            byte[] heap = HeapBytes.sample();
            if (wanted.test(Formats.of(new Head(heap)))) {
                Files.write(corpus.resolve("seed-heap"), heap);
            }
            for (int i = 0; i < seeds.size(); i++) {
                Files.write(corpus.resolve("seed-" + i), Files.readAllBytes(seeds.get(i)));
            }
        }
    }

    private static boolean isOf(Predicate<Format> wanted, Path file) {
        try {
            return file.toString().matches(".*\\.(txt|json)")
                    && !file.endsWith("expected.json")
                    && Files.size(file) <= LARGEST
                    && wanted.test(Formats.of(new Head(Files.readAllBytes(file))));
        } catch (IOException e) {
            return false;
        }
    }
}
