package dev.whyhung.read.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whyhung.fixtures.generate.LongRecording;
import dev.whyhung.model.InputReport;
import dev.whyhung.model.PastWait;
import dev.whyhung.model.Recording;
import dev.whyhung.model.Recording.Lifetime;
import dev.whyhung.model.Recording.Thrown;
import dev.whyhung.model.Recording.ThrownCount;
import dev.whyhung.model.Recording.WaitTotal;
import dev.whyhung.model.ThreadDump;
import dev.whyhung.read.Kept;
import dev.whyhung.read.join.Sequels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import jdk.jfr.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A large recording is handed to the parser one chunk after the other: nothing of it may depend on that. */
class ChunkByChunkTest {

    private static final int ROUNDS = 4;
    private static final int PARKS = 300;

    @TempDir
    private Path folder;

    private static Kept read(Path file, long large) throws IOException {
        Kept kept = new Kept(new ArrayList<>());
        InputReport report = new RecordingReader("r.jfr", file, kept, bytes -> {}, large).read();
        assertEquals(InputReport.Status.READ, report.status(), report.message());
        return kept;
    }

    /** Threads that park, throw and end in each of its chunks; each chunk begins and ends with a dump. */
    private Path record() throws IOException, ParseException, InterruptedException {
        Path file = folder.resolve("chunks.jfr");
        try (jdk.jfr.Recording recorder = new jdk.jfr.Recording(Configuration.getConfiguration("default"))) {
            recorder.enable("jdk.ThreadPark").withThreshold(Duration.ZERO);
            recorder.enable("jdk.JavaExceptionThrow");
            recorder.start();
            for (int round = 0; round < ROUNDS; round++) {
                Thread worker = new Thread(ChunkByChunkTest::work, "worker-" + round);
                worker.start();
                work();
                worker.join();
                recorder.dump(folder.resolve("part.jfr")); // ends the chunk
            }
            recorder.stop();
            recorder.dump(file);
        }
        return file;
    }

    private static void work() {
        for (int i = 0; i < PARKS; i++) {
            LockSupport.parkNanos(1);
            assertTrue(new IllegalStateException("order " + i).getStackTrace().length > 0);
        }
    }

    private static void assertSame(Path file) throws IOException {
        Kept whole = read(file, Long.MAX_VALUE);
        Kept parts = read(file, 1);
        Recording expected = whole.recordings().get(0);
        Recording found = parts.recordings().get(0);
        assertSame(expected, found);
        assertSame(expected.thrown(), found.thrown(), Thrown::at, thrown -> thrown.thread() + thrown.message());
        assertEquals(expected.samples(), found.samples());
        assertEquals(sizes(whole.dumps()), sizes(parts.dumps()));
        assertTrue(whole.dumps().size() >= ROUNDS, "dumps: " + whole.dumps().size());
        assertTrue(expected.waitTotals().size() > 1 && expected.ends().size() >= ROUNDS);
    }

    private static void assertSame(Recording expected, Recording found) {
        assertSame(expected.waitTotals(), found.waitTotals(), WaitTotal::lastEnd, ChunkByChunkTest::words);
        assertSame(
                expected.recentWaits(),
                found.recentWaits(),
                PastWait::start,
                wait -> wait.thread() + " " + wait.stack().frames());
        assertSame(expected.thrownCounts(), found.thrownCounts(), ThrownCount::last, count -> "" + count.count());
        assertSame(expected.ends(), found.ends(), Lifetime::at, end -> "" + end.thread());
        assertEquals(expected.events(), found.events());
        assertEquals(expected.activities().keySet(), found.activities().keySet());
    }

    private static String words(WaitTotal total) {
        return total.kind()
                + total.subject()
                + total.stack().frames()
                + total.count()
                + total.total()
                + total.longest()
                + total.lastThread();
    }

    private static List<Integer> sizes(List<ThreadDump> dumps) {
        return dumps.stream().map(dump -> dump.threads().size()).toList();
    }

    /** The parser counts the times of all chunks from the first one that it is given, and rounds. */
    private static <T> void assertSame(
            List<T> expected, List<T> found, Function<T, Instant> time, Function<T, String> words) {
        assertEquals(
                expected.stream().map(words).toList(), found.stream().map(words).toList());
        for (int i = 0; i < expected.size(); i++) {
            Duration apart = Duration.between(time.apply(expected.get(i)), time.apply(found.get(i)));
            assertTrue(apart.abs().compareTo(Duration.ofNanos(100_000)) < 0, apart::toString);
        }
    }

    @Test
    void readsTheSameAsAllAtOnce() throws IOException, ParseException, InterruptedException {
        Path file = record();
        assertTrue(Chunks.of(file).readable().size() > ROUNDS);
        assertSame(file);
        Path longer = folder.resolve("longer.jfr");
        LongRecording.write(file, 3 * Files.size(file), longer);
        assertTrue(Chunks.of(longer).readable().size() > 2 * ROUNDS);
        assertSame(longer);
    }

    /** As in the repository of the recorder, or taken apart by {@code jfr disassemble}. */
    @Test
    void readsTheSameFromFilesOfAChunkEach() throws IOException, ParseException, InterruptedException {
        Path file = record();
        List<Recording> parts = new ArrayList<>();
        byte[] bytes = Files.readAllBytes(file);
        for (Chunk chunk : Chunks.of(file).readable()) {
            Path part = folder.resolve(chunk.number() + ".jfr");
            Files.write(part, Arrays.copyOfRange(bytes, (int) chunk.offset(), (int) chunk.end()));
            parts.add(0, read(part, Long.MAX_VALUE).recordings().get(0));
        }
        Recording expected = read(file, Long.MAX_VALUE).recordings().get(0);
        List<Recording> joined = Sequels.join(parts);
        assertEquals(1, joined.size());
        assertSame(expected, joined.get(0));
        assertEquals(expected.from(), joined.get(0).from());
        assertEquals(expected.dumps(), joined.get(0).dumps());
        assertEquals(expected.loads().size(), joined.get(0).loads().size());
    }
}
