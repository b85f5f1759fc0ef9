package dev.whyhung.read.recording;

import dev.whyhung.model.InputReport;
import dev.whyhung.model.InputReport.Status;
import dev.whyhung.model.Recording.Gap;
import dev.whyhung.read.bytes.PrivateFile;
import dev.whyhung.read.harvest.Harvest;
import dev.whyhung.read.recording.Chunks.Trouble;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import jdk.jfr.consumer.EventStream;

/**
 * Reads one recording with the JDK's own parser, which is given a copy of whole, finished chunks with the selected events alone, and
 * is watched.
 */
final class RecordingReader {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    static final long LARGE = 32 << 20;

    private final String label;
    private final Path file;
    private final Harvest harvest;
    private final Selection.Passed passed;
    private final long large;
    private final List<Gap> gaps = new ArrayList<>();
    private final List<String> troubles = new ArrayList<>();

    /** One of at least {@code large} bytes is read chunk by chunk. */
    RecordingReader(String label, Path file, Harvest harvest, Selection.Passed passed, long large) {
        this.label = label;
        this.file = file;
        this.harvest = harvest;
        this.passed = passed;
        this.large = large;
    }

    InputReport read() throws IOException {
        Chunks chunks = Chunks.of(file);
        chunks.troubles().forEach(this::note);
        List<Chunk> readable = new ArrayList<>(chunks.readable());
        if (readable.isEmpty()) {
            return InputReport.skipped(label, FlightRecording.ID, "holds nothing that can be read: " + message());
        }
        readable.sort(Comparator.comparing(Chunk::start));
        Spans spans = Spans.of(readable);
        RecordingBuilder builder = new RecordingBuilder(label, harvest, spans);
        try (FileChannel channel = FileChannel.open(file);
                PrivateFile copy = PrivateFile.create()) {
            read(select(channel, readable, spans), channel, copy.path(), builder);
        }
        harvest.recording(builder.build(readable, gaps));
        return report(builder);
    }

    private List<ChunkPart> select(FileChannel channel, List<Chunk> chunks, Spans spans) throws IOException {
        Selection selection = new Selection(channel, passed, spans);
        List<ChunkPart> parts = new ArrayList<>();
        for (Chunk chunk : chunks) {
            ChunkPart part = selection.scan(chunk);
            if (!part.isWhole()) {
                String what = "chunk " + chunk.number() + " is damaged after " + part.percent() + " %";
                note(new Trouble(what, part.lost(), chunk.until()));
            }
            parts.add(part);
        }
        selection.conclude(parts);
        return parts;
    }

    /**
     * All of it at once; or one chunk after the other where one that is damaged could take the others along, or where the parser had
     * better forget what the last one held before it begins with the next.
     */
    private void read(List<ChunkPart> parts, FileChannel from, Path copy, RecordingBuilder builder) throws IOException {
        FileBlocks blocks = new FileBlocks(from);
        boolean small = from.size() < large;
        int step = small && parts.stream().allMatch(ChunkPart::isWhole) ? parts.size() : 1;
        for (int i = 0; i < parts.size(); i += step) {
            List<ChunkPart> some = parts.subList(i, i + step);
            try (FileChannel to =
                    FileChannel.open(copy, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
                for (ChunkPart part : some) {
                    if (!ChunkCopy.append(blocks, part, to)) {
                        troubles.add(
                                "chunk " + part.chunk().number() + " has lost names of threads, classes or frames");
                    }
                }
            }
            builder.expect(some);
            parse(copy, some, builder);
        }
    }

    private InputReport report(RecordingBuilder builder) {
        Status status = troubles.isEmpty() ? Status.READ : Status.PARTIAL;
        String message = troubles.isEmpty() ? null : message();
        return new InputReport(
                label, FlightRecording.ID, status, builder.dumps(), builder.threads(), 0, List.of(), message);
    }

    private String message() {
        return String.join("; ", troubles);
    }

    private void parse(Path copy, List<ChunkPart> parts, RecordingBuilder builder) throws IOException {
        try {
            Watched.run(PATIENCE, step -> {
                try (EventStream stream = EventStream.openFile(copy)) {
                    stream.setOrdered(false);
                    stream.setReuse(true);
                    stream.onError(RecordingReader::rethrow);
                    builder.subscribe(stream);
                    stream.onEvent("jdk.ActiveSetting", event -> step.run());
                    stream.onFlush(step);
                    stream.start();
                }
            });
        } catch (Watched.GivenUp e) {
            lose(parts, "could not be parsed to its end within a reasonable time");
        } catch (IOException e) {
            throw e;
        } catch (OutOfMemoryError e) {
            lose(parts, "needs more memory than there is; java -Xmx2g -jar whyhung.jar gives it more");
        } catch (Exception | VirtualMachineError e) { // the parser's words for what it did not expect
            lose(parts, "holds events that cannot be parsed");
        }
    }

    private static void rethrow(Throwable failure) {
        throw new IllegalStateException(failure);
    }

    private void lose(List<ChunkPart> parts, String reason) {
        Chunk first = parts.get(0).chunk();
        Chunk last = parts.get(parts.size() - 1).chunk();
        gaps.add(new Gap(first.start(), last.until(), reason));
        troubles.add("the part from " + second(first.start()) + " to " + second(last.until()) + ' ' + reason);
    }

    private void note(Trouble trouble) {
        gaps.add(new Gap(trouble.from(), trouble.to(), trouble.what()));
        String span = trouble.from().equals(trouble.to())
                ? ""
                : ": events from " + second(trouble.from()) + " to " + second(trouble.to()) + " are missing";
        troubles.add(trouble.what() + span);
    }

    private static String second(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
