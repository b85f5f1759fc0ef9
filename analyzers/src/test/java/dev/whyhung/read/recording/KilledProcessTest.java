package dev.whyhung.read.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whyhung.model.InputReport;
import dev.whyhung.model.Recording;
import dev.whyhung.read.Intake;
import dev.whyhung.read.Source;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the recorder leaves in its repository when its process is killed. */
class KilledProcessTest {

    private static final long UNTIL_FLUSHED_MILLIS = 3_500;

    private static final String PROGRAM = """
            public class Waiting {
                public static void main(String[] arguments) throws Exception {
                    Thread.currentThread().setName("order-import");
                    System.out.write('R');
                    System.out.flush();
                    Thread.sleep(60_000);
                }
            }
            """;

    @TempDir
    private Path folder;

    @Test
    void readsTheChunkThatIsLeftBehind() throws IOException, InterruptedException {
        Path repository = folder.resolve("repository");
        kill(repository);
        Path chunk;
        try (Stream<Path> files = Files.walk(repository)) {
            chunk = files.filter(file -> file.toString().endsWith(".jfr"))
                    .findFirst()
                    .orElseThrow();
        }
        assertFalse(Chunks.of(chunk).readable().get(0).finished());
        Intake.Result result = Intake.read(List.of(Source.file("left.jfr", chunk, true)));
        InputReport report = result.inputs().get(0);
        assertEquals(InputReport.Status.READ, report.status(), String.valueOf(report.message()));
        assertEquals(1, report.dumps());
        Recording recording = result.processes().get(0).recordings().get(0);
        assertFalse(recording.loads().isEmpty());
        assertTrue(recording.wouldShow("ThreadPark"));
    }

    private void kill(Path repository) throws IOException, InterruptedException {
        Path source = Files.writeString(folder.resolve("Waiting.java"), PROGRAM);
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xlog:jfr+startup=off",
                        "-XX:FlightRecorderOptions=repository=" + repository,
                        "-XX:StartFlightRecording=settings=default",
                        source.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (InputStream out = process.getInputStream()) {
            assertEquals('R', out.read());
            Thread.sleep(UNTIL_FLUSHED_MILLIS);
        } finally {
            process.destroyForcibly();
        }
        assertTrue(process.waitFor(30, TimeUnit.SECONDS));
    }
}
