package dev.whyhung.read.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whyhung.fixtures.Cases;
import dev.whyhung.model.PastWait;
import dev.whyhung.model.Recording;
import dev.whyhung.model.Recording.Samples;
import dev.whyhung.model.Recording.WaitTotal;
import dev.whyhung.read.Intake;
import dev.whyhung.read.Source;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToLongFunction;
import jdk.jfr.Configuration;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read of a recording, beside what the JDK's own reader finds in all of it. */
class SelectionTest {

    @TempDir
    private Path folder;

    /** By event type, every event of the recording as the JDK reads it. */
    private static Map<String, List<RecordedEvent>> everything(Path file) throws IOException {
        Map<String, List<RecordedEvent>> all = new HashMap<>();
        for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
            all.computeIfAbsent(event.getEventType().getName(), key -> new ArrayList<>())
                    .add(event);
        }
        return all;
    }

    private static Recording read(Path file) {
        return Intake.read(List.of(Source.file("r.jfr", file, true)))
                .processes()
                .get(0)
                .recordings()
                .get(0);
    }

    private static void assertSame(Path file) throws IOException {
        Map<String, List<RecordedEvent>> all = everything(file);
        Recording recording = read(file);
        for (RecordedType type : RecordedType.values()) {
            List<RecordedEvent> events = all.getOrDefault(type.fullName(), List.of());
            String name = type.fullName().substring("jdk.".length());
            assertEquals(events.size(), recording.event(name).count(), name);
        }
        assertWaits(all.getOrDefault("jdk.ThreadPark", List.of()), recording, PastWait.Kind.PARK);
        assertWaits(all.getOrDefault("jdk.ThreadSleep", List.of()), recording, PastWait.Kind.SLEEP);
        assertSamples(all.getOrDefault("jdk.ExecutionSample", List.of()), recording, Samples::running);
        assertSamples(all.getOrDefault("jdk.NativeMethodSample", List.of()), recording, Samples::inNative);
        long samples = all.getOrDefault("jdk.ExecutionSample", List.of()).size()
                + all.getOrDefault("jdk.NativeMethodSample", List.of()).size();
        assertEquals(
                samples,
                recording.activities().values().stream()
                        .mapToLong(Recording.Activity::samples)
                        .sum());
    }

    private static void assertSamples(List<RecordedEvent> events, Recording recording, ToLongFunction<Samples> count) {
        Map<String, Long> all = new TreeMap<>();
        for (RecordedEvent event : events) {
            long tens = Duration.between(recording.from(), event.getStartTime()).toSeconds() / 10;
            all.merge(event.getThread("sampledThread").getJavaThreadId() + " at " + tens, 1L, Long::sum);
        }
        Map<String, Long> kept = new TreeMap<>();
        recording.samples().stream()
                .filter(samples -> count.applyAsLong(samples) > 0)
                .forEach(samples -> kept.merge(
                        samples.thread().id().value() + " at "
                                + Duration.between(recording.from(), samples.from())
                                                .toSeconds()
                                        / 10,
                        count.applyAsLong(samples),
                        Long::sum));
        assertEquals(all, kept);
    }

    private static void assertWaits(List<RecordedEvent> events, Recording recording, PastWait.Kind kind) {
        List<WaitTotal> totals = recording.waitTotals().stream()
                .filter(total -> total.kind() == kind)
                .toList();
        assertEquals(events.size(), totals.stream().mapToLong(WaitTotal::count).sum());
        Duration longest = events.stream()
                .map(RecordedEvent::getDuration)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
        Duration found =
                totals.stream().map(WaitTotal::longest).max(Duration::compareTo).orElse(Duration.ZERO);
        assertTrue(longest.minus(found).abs().toNanos() < 1_000, longest + " and " + found);
        Instant end = events.stream()
                .map(RecordedEvent::getEndTime)
                .max(Instant::compareTo)
                .orElse(Instant.MIN);
        assertEquals(
                end,
                totals.stream().map(WaitTotal::lastEnd).max(Instant::compareTo).orElse(Instant.MIN));
    }

    @Test
    void findsWhatTheRecorderWrote() throws IOException {
        for (String name : List.of("recording-busy-healthy", "recording-dead-owner", "serial-fetch")) {
            for (String jdk : List.of("17", "25")) {
                assertSame(Cases.named(name).file(jdk + "/recording.jfr"));
            }
        }
    }

    /** The threads of a recording with a hundred thousand events in several chunks. */
    @Test
    void keepsTheLastWaitsOfEveryThread() throws IOException, ParseException, InterruptedException {
        Path file = folder.resolve("many.jfr");
        try (jdk.jfr.Recording recorder = new jdk.jfr.Recording(Configuration.getConfiguration("default"))) {
            recorder.enable("jdk.ThreadPark").withThreshold(Duration.ZERO);
            recorder.start();
            for (int round = 0; round < 3; round++) {
                park(4, 10_000);
                try (jdk.jfr.Recording chunk = new jdk.jfr.Recording()) {
                    chunk.start(); // begins a new chunk
                }
            }
            recorder.dump(file);
        }
        assertTrue(Chunks.of(file).readable().size() > 3);
        assertSame(file);
        Map<Long, List<Instant>> ends = new HashMap<>();
        for (RecordedEvent event : everything(file).get("jdk.ThreadPark")) {
            ends.computeIfAbsent(event.getThread().getJavaThreadId(), key -> new ArrayList<>())
                    .add(event.getEndTime());
        }
        Map<Long, List<Instant>> kept = new HashMap<>();
        for (PastWait wait : read(file).recentWaits()) {
            if (wait.kind() == PastWait.Kind.PARK && wait.thread().name().startsWith("parker")) {
                kept.computeIfAbsent(wait.thread().id().value(), key -> new ArrayList<>())
                        .add(wait.end());
            }
        }
        assertEquals(12, kept.size());
        kept.forEach((thread, last) -> {
            List<Instant> all = ends.get(thread).stream().sorted().toList();
            assertEquals(
                    all.subList(all.size() - WaitLog.LATEST, all.size()),
                    last.stream().sorted().toList());
        });
    }

    @Test
    void ofStartsAndEndsOfThreadsTheLatestAreRead() throws IOException {
        Path file = Cases.named("recording-busy-healthy").file("17/recording.jfr");
        SortedSet<Long> all = chosen(file, 1_000);
        SortedSet<Long> few = chosen(file, 2);
        Map<String, List<RecordedEvent>> events = everything(file);
        long lost = events.get("jdk.ThreadStart").size()
                - 2L
                + events.get("jdk.ThreadEnd").size()
                - 2L;
        assertTrue(lost > 0);
        assertEquals(all.size() - lost, few.size());
        all.removeAll(few);
        assertTrue(all.last() < few.last());
    }

    /** Where the events stand that are read for their own sake. */
    private static SortedSet<Long> chosen(Path file, int mostLatest) throws IOException {
        SortedSet<Long> positions = new TreeSet<>();
        try (FileChannel channel = FileChannel.open(file)) {
            List<Chunk> chunks = Chunks.of(file).readable();
            Selection selection = new Selection(channel, bytes -> {}, Spans.of(chunks), mostLatest);
            List<ChunkPart> parts = new ArrayList<>();
            for (Chunk chunk : chunks) {
                parts.add(selection.scan(chunk));
            }
            selection.conclude(parts);
            parts.forEach(part -> positions.addAll(part.chosen().keySet()));
        }
        return positions;
    }

    /** Of thousands of exceptions few are read, and yet all of them are counted and the last ones of each thread are known. */
    @Test
    void countsExceptionsWithoutReadingAllOfThem() throws IOException, InterruptedException {
        Path file = folder.resolve("thrown.jfr");
        try (jdk.jfr.Recording recorder = new jdk.jfr.Recording()) {
            recorder.enable("jdk.JavaExceptionThrow");
            recorder.start();
            for (int round = 0; round < 2; round++) {
                Thread thrower = new Thread(SelectionTest::fail, "thrower-" + round);
                thrower.start();
                thrower.join();
                recorder.dump(folder.resolve("part.jfr")); // begins a new chunk
            }
            recorder.dump(file);
        }
        List<RecordedEvent> all = everything(file).get("jdk.JavaExceptionThrow").stream()
                .filter(event -> event.getThread().getJavaName().startsWith("thrower"))
                .sorted(Comparator.comparing(RecordedEvent::getStartTime)) // a file holds them buffer by buffer
                .toList();
        assertTrue(all.size() > 4_000, "recorded " + all.size());
        Recording recording = read(file);
        assertThrown(all, recording, "java.util.NoSuchElementException");
        assertThrown(all, recording, "java.lang.IllegalStateException");
        assertTrue(recording.thrown().size() < 50, "kept " + recording.thrown().size());
        for (String name : List.of("thrower-0", "thrower-1")) {
            List<String> last = all.stream()
                    .filter(event -> event.getThread().getJavaName().equals(name))
                    .map(event -> event.getString("message"))
                    .skip(1_997)
                    .toList();
            List<String> kept = recording.thrown().stream()
                    .filter(thrown -> thrown.thread().name().equals(name))
                    .map(Recording.Thrown::message)
                    .toList();
            assertTrue(kept.containsAll(last.subList(Math.max(0, last.size() - 3), last.size())), last + " in " + kept);
        }
    }

    private static void fail() {
        for (int i = 0; i < 2_500; i++) {
            RuntimeException failure =
                    i % 5 == 0 ? new NoSuchElementException("order " + i) : new IllegalStateException("price " + i);
            assertTrue(failure.getStackTrace().length > 0);
        }
    }

    private static void assertThrown(List<RecordedEvent> all, Recording recording, String className) {
        List<Instant> times = all.stream()
                .filter(event -> event.getClass("thrownClass").getName().equals(className))
                .map(RecordedEvent::getStartTime)
                .sorted()
                .toList();
        Recording.ThrownCount count = recording.thrownCounts().stream()
                .filter(each -> each.className().equals(className))
                .findFirst()
                .orElseThrow();
        assertEquals(times.size(), count.count());
        assertEquals(times.get(0), count.first());
        assertEquals(times.get(times.size() - 1), count.last());
    }

    private static void park(int threads, int times) throws InterruptedException {
        List<Thread> started = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            Thread thread = new Thread(
                    () -> {
                        for (int j = 0; j < times; j++) {
                            LockSupport.unpark(Thread.currentThread());
                            LockSupport.park();
                        }
                    },
                    "parker-" + i);
            thread.start();
            started.add(thread);
        }
        for (Thread thread : started) {
            thread.join();
        }
    }
}
