package dev.whyhung.read.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whyhung.fixtures.Cases;
import dev.whyhung.model.DumpTrace;
import dev.whyhung.model.EventState;
import dev.whyhung.model.Evidence;
import dev.whyhung.model.InputReport;
import dev.whyhung.model.InputReport.Status;
import dev.whyhung.model.Recording;
import dev.whyhung.model.ThreadDump;
import dev.whyhung.read.Intake;
import dev.whyhung.read.Packed;
import dev.whyhung.read.Source;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import jdk.jfr.Event;
import jdk.jfr.Name;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recordings as a JVM leaves them and as they become: whatever is wrong is named, and nothing hangs. */
class FlightRecordingTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private static byte[] recording(String jdk) throws IOException {
        return Files.readAllBytes(Cases.named("recording-held-monitor").file(jdk + "/recording.jfr"));
    }

    private Intake.Result read(byte[] bytes) throws IOException {
        Path file = Files.write(folder.resolve("r.jfr"), bytes);
        return assertTimeoutPreemptively(PATIENCE, () -> Intake.read(List.of(Source.file("r.jfr", file, true))));
    }

    private static InputReport report(Intake.Result result) {
        return result.inputs().get(0);
    }

    private static Recording only(Intake.Result result) {
        Evidence evidence = result.processes().get(0);
        assertEquals(1, evidence.recordings().size());
        return evidence.recordings().get(0);
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    @Test
    void readsDumpsSettingsAndFacts() throws IOException {
        for (String jdk : List.of("17", "25")) {
            Intake.Result result = read(recording(jdk));
            assertEquals(Status.READ, report(result).status(), jdk);
            assertNull(report(result).message());
            assertEquals(2, report(result).dumps());
            Recording recording = only(result);
            assertNotNull(recording.jvm().pid());
            assertEquals(
                    jdk.equals("17"), recording.event("JavaExceptionThrow").kind() == EventState.Kind.DISABLED, jdk);
            assertEquals(Duration.ofMillis(20), recording.event("ThreadPark").threshold());
            assertEquals(
                    EventState.Kind.NOT_RECORDED, recording.event("NoSuchEvent").kind());
            assertFalse(recording.loads().isEmpty());
            assertTrue(recording.starts().stream()
                    .anyMatch(start -> start.thread().name().equals("price-refresher")));
            assertTrue(recording.length().compareTo(Duration.ofSeconds(10)) > 0);
        }
    }

    /** The recorder takes one at the end of a chunk and one at the begin of the next. */
    @Test
    void tellsDumpsOfOneSecondApart() throws IOException {
        Path file = folder.resolve("chunks.jfr");
        try (jdk.jfr.Recording recorder = new jdk.jfr.Recording()) {
            recorder.enable("jdk.ThreadDump").with("period", "everyChunk");
            recorder.start();
            for (int i = 0; i < 3; i++) {
                try (jdk.jfr.Recording chunk = new jdk.jfr.Recording()) {
                    chunk.start(); // begins a new chunk
                }
            }
            recorder.dump(file);
        }
        Evidence evidence = read(Files.readAllBytes(file)).processes().get(0);
        assertTrue(evidence.past().size() > 2);
        assertEquals(
                evidence.others().stream().map(DumpTrace::info).toList(),
                evidence.past().stream().map(ThreadDump::info).toList());
    }

    /** Stands in for the event of the JDK, which is written when its buffers are full. */
    @Name("jdk.DataLoss")
    private static final class Loss extends Event {
        final long amount;

        Loss(long amount) {
            this.amount = amount;
        }
    }

    @Test
    void whatTheRecorderLostIsAGap() throws IOException {
        Path file = folder.resolve("lossy.jfr");
        try (jdk.jfr.Recording recorder = new jdk.jfr.Recording()) {
            recorder.enable(Loss.class);
            recorder.enable("jdk.ThreadDump").with("period", "everyChunk");
            recorder.start();
            new Loss(500).commit();
            new Loss(134).commit();
            recorder.stop();
            recorder.dump(file);
        }
        List<Recording.Gap> gaps = only(read(Files.readAllBytes(file))).gaps();
        assertEquals(
                List.of("the recorder lost 634 bytes of events"),
                gaps.stream().map(Recording.Gap::reason).toList());
    }

    @Test
    void readsStandardInputAndLeavesNothingBehind() throws IOException {
        byte[] bytes = recording("25");
        Intake.Result result =
                Intake.read(List.of(Source.stream("<standard input>", () -> new ByteArrayInputStream(bytes), true)));
        assertEquals(Status.READ, report(result).status());
        assertEquals(2, report(result).dumps());
    }

    @Test
    void readsWhatIsPackedFromAPrivateFile() throws IOException {
        byte[] bytes = recording("25");
        List<byte[]> packings = List.of(
                Packed.gzip(bytes),
                Packed.zip(new String[] {"notes.txt", "r.jfr"}, new byte[] {'x'}, bytes),
                Packed.gzip(Packed.tar("r.jfr", bytes, true)));
        for (byte[] packed : packings) {
            Set<Path> seen = new HashSet<>();
            Intake.Result result = Intake.read(List.of(Source.stream("in", () -> watched(packed, seen), true)));
            assertEquals(1, result.processes().size());
            assertEquals(
                    2,
                    result.inputs().stream().mapToInt(InputReport::dumps).sum(),
                    result.inputs().toString());
            assertFalse(seen.isEmpty());
            assertTrue(seen.stream().noneMatch(Files::exists), "temporary files are left: " + seen);
        }
    }

    /** Looks for the temporary file, which must be ours alone, while the last bytes are read. */
    private static InputStream watched(byte[] bytes, Set<Path> seen) {
        return new FilterInputStream(new ByteArrayInputStream(bytes)) {
            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
                try (DirectoryStream<Path> files = Files.newDirectoryStream(temporary, "whyhung*.jfr")) {
                    for (Path file : files) {
                        assertEquals(PosixFilePermissions.fromString("rw-------"), Files.getPosixFilePermissions(file));
                        seen.add(file);
                    }
                }
                return super.read(target, offset, Math.min(length, 1 << 14));
            }
        };
    }

    @Test
    void repairsAChunkThatWasNeverFinished() throws IOException {
        byte[] bytes = recording("17");
        bytes[Chunk.STATE] = 6;
        Intake.Result result = read(bytes);
        assertEquals(2, report(result).dumps());
        assertEquals(2, result.processes().get(0).dumps().size());
    }

    @Test
    void namesWhatIsCutOffAndReadsTheRest() throws IOException {
        byte[] whole = recording("17");
        byte[] cut = Arrays.copyOf(recording("25"), whole.length / 2);
        Intake.Result result = read(join(whole, cut));
        assertEquals(Status.PARTIAL, report(result).status());
        assertTrue(message(result).contains("chunk 2 is cut off"), message(result));
        assertTrue(message(result).contains("events from 20"), message(result));
        assertEquals(2, report(result).dumps());
        assertEquals(1, only(result).gaps().size());
    }

    @Test
    void findsTheNextChunkBehindADamagedOne() throws IOException {
        byte[] broken = recording("25");
        broken[0] = 'X';
        Intake.Result result = read(join(recording("17"), broken, recording("17")));
        assertEquals(4, report(result).dumps(), message(result));
        assertTrue(message(result).contains("belong to no chunk"), message(result));

        byte[] empty = recording("25");
        ByteBuffer.wrap(empty).putLong(8, 0);
        Intake.Result size = read(join(recording("17"), empty));
        assertEquals(Status.PARTIAL, report(size).status());
        assertTrue(message(size).contains("chunk 2 has a damaged header"), message(size));
        assertEquals(2, report(size).dumps());
    }

    @Test
    void namesBrokenEventsInsideAChunk() throws IOException {
        byte[] bytes = recording("17");
        byte[] noise = new byte[2_000];
        new Random(7).nextBytes(noise);
        System.arraycopy(noise, 0, bytes, Chunk.HEADER, noise.length);
        Intake.Result result = read(bytes);
        assertEquals(Status.PARTIAL, report(result).status());
        assertTrue(message(result).contains("is damaged after "), message(result));
    }

    @Test
    void readsWhatStandsBeforeRubbish() throws IOException {
        Intake.Result result = read(join(recording("25"), new byte[1_000]));
        assertEquals(2, report(result).dumps());
    }

    @Test
    void refusesWhatHoldsNothing() throws IOException {
        for (byte[] bytes : List.of(
                Arrays.copyOf(recording("17"), 40),
                Arrays.copyOf(recording("17"), 5_000),
                version(recording("17"), 0, 9))) {
            Intake.Result result = read(bytes);
            assertEquals(Status.SKIPPED, report(result).status());
            assertTrue(message(result).startsWith("holds nothing that can be read"), message(result));
            assertTrue(result.processes().isEmpty());
        }
        assertTrue(message(read(version(recording("17"), 0, 9))).contains("before JDK 11"));
    }

    private static byte[] version(byte[] bytes, int major, int minor) {
        ByteBuffer.wrap(bytes).putShort(4, (short) major).putShort(6, (short) minor);
        return bytes;
    }

    private static String message(Intake.Result result) {
        return String.valueOf(report(result).message());
    }

    /** Whatever a byte is changed to: no exception, no endless loop. */
    @Test
    void survivesAnyDamage() throws IOException {
        byte[] whole = recording("17");
        Random random = new Random(11);
        for (int i = 0; i < 25; i++) {
            byte[] bytes = whole.clone();
            int from = i < 8 ? random.nextInt(Chunk.HEADER) : random.nextInt(bytes.length);
            for (int j = 0; j < 1 + random.nextInt(200) && from + j < bytes.length; j++) {
                bytes[from + j] = (byte) random.nextInt();
            }
            assertNotNull(report(read(bytes)));
        }
    }

    @Test
    void givesUpWorkThatDoesNothing() {
        CountDownLatch never = new CountDownLatch(1);
        assertThrows(Watched.GivenUp.class, () -> Watched.run(Duration.ofMillis(50), step -> never.await()));
        assertThrows(
                IOException.class,
                () -> Watched.run(Duration.ofSeconds(10), step -> {
                    throw new IOException("no");
                }));
    }

    @Test
    void understandsSettings() {
        assertEquals(Duration.ofMillis(20), Settings.duration("20 ms"));
        assertEquals(Duration.ofMinutes(1), Settings.duration("1 m"));
        assertEquals(Duration.ZERO, Settings.duration("everyChunk"));
    }

    @Test
    void tellsTheZoneFromALocalTime() {
        Instant at = Instant.parse("2026-03-01T10:00:07Z");
        assertEquals(ZoneOffset.ofHours(2), RecordedDumps.zone(LocalDateTime.of(2026, 3, 1, 12, 0, 7), at));
        assertEquals(ZoneOffset.ofHoursMinutes(5, 45), RecordedDumps.zone(LocalDateTime.of(2026, 3, 1, 15, 45, 9), at));
        assertEquals(ZoneOffset.UTC, RecordedDumps.zone(null, at));
    }
}
