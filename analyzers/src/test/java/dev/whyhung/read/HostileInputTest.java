package dev.whyhung.read;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whyhung.fixtures.Cases;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every captured file, corrupted: nothing is thrown, counts add up, and the same bytes give the same result. Each file is corrupted
 * at as many places as the system property {@code whyhung.corruptions} says, some of them at a time.
 */
class HostileInputTest {

    private static final int CORRUPTIONS = Integer.getInteger("whyhung.corruptions", 50);
    private static final int EXAMINED = 10;
    private static final long SEED = 20260301;

    @TestFactory
    Stream<DynamicTest> everyCapture() throws IOException {
        return captures().stream()
                .map(file -> DynamicTest.dynamicTest(
                        Cases.directory().relativize(file).toString(), () -> corrupt(file)));
    }

    /** What a fuzzer or an incident once found. */
    @TestFactory
    Stream<DynamicTest> corpus() throws IOException {
        Path folder = Cases.directory().resolveSibling("corpus");
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> found = files.filter(Files::isRegularFile).sorted().toList();
            return found.stream()
                    .map(file -> DynamicTest.dynamicTest(
                            file.getFileName().toString(), () -> check(Files.readAllBytes(file), true)));
        }
    }

    private static List<Path> captures() throws IOException {
        try (Stream<Path> files = Files.walk(Cases.directory())) {
            return files.filter(HostileInputTest::isCapture).sorted().toList();
        }
    }

    private static boolean isCapture(Path file) {
        String name = file.getFileName().toString();
        boolean isFormat = name.endsWith(".txt") || name.endsWith(".json") || name.endsWith(".jfr");
        return isFormat && !name.equals("expected.json");
    }

    private static void corrupt(Path file) throws IOException {
        byte[] original = Files.readAllBytes(file);
        Random random = new Random(SEED ^ file.getFileName().hashCode());
        boolean isRecording = file.toString().endsWith(".jfr");
        int count = Math.max(1, CORRUPTIONS / (isRecording ? 10 * Mutation.PLACES : Mutation.PLACES));
        for (int i = 0; i < count; i++) {
            Mutation mutation = new Mutation(random.nextLong());
            try {
                check(mutation.of(original), i % EXAMINED == 0);
            } catch (RuntimeException | Error failure) {
                throw new AssertionError(mutation + " of " + file, failure);
            }
        }
    }

    private static Intake.Result check(byte[] input, boolean examined) {
        return examined ? Invariants.examine(input) : Invariants.check(input);
    }

    @Test
    void emptyAndTiny() {
        for (String text : List.of(
                "\n", "\"", "{", "[", "\"x\" #", "Full thread dump", "\u0000", "HTTP/1.1", "- ", "{}", "[{}]")) {
            check(text.getBytes(StandardCharsets.UTF_8), true);
        }
        assertEquals(
                "is empty",
                String.valueOf(check(new byte[0], false).inputs().get(0).message())
                        .toLowerCase(Locale.ROOT));
    }
}
