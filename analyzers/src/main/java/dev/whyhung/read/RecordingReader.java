package dev.whyhung.read;

import dev.whyhung.model.InputReport;
import dev.whyhung.model.InputReport.Status;
import dev.whyhung.model.Recording.Gap;
import dev.whyhung.read.Chunks.Trouble;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import jdk.jfr.consumer.EventStream;

/**
 * Reads one recording with the JDK's own parser, which is given nothing but whole, finished chunks and is watched. The rare events
 * are read from all of it, the frequent ones from its latest chunks only: behind the onset of a hang a recording holds little, so
 * that these few megabytes reach back to before it.
 */
final class RecordingReader {

    private static final long DETAILED_BYTES = 16L << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String label;
    private final Path file;
    private final Harvest harvest;
    private final List<Gap> gaps = new ArrayList<>();
    private final List<String> troubles = new ArrayList<>();

    RecordingReader(String label, Path file, Harvest harvest) {
        this.label = label;
        this.file = file;
        this.harvest = harvest;
    }

    InputReport read() throws IOException {
        Chunks chunks = Chunks.of(file);
        chunks.troubles().forEach(this::note);
        List<Chunk> readable = new ArrayList<>(chunks.readable());
        if (readable.isEmpty()) {
            return InputReport.skipped(label, FlightRecording.ID, "holds nothing that can be read: " + message());
        }
        readable.sort(Comparator.comparing(Chunk::start));
        RecordingBuilder builder = new RecordingBuilder(label, harvest);
        List<Chunk> latest = latest(readable);
        boolean all = latest.size() == readable.size();
        boolean inPlace = chunks.pristine();
        read(readable, inPlace, stream -> {
            builder.readRare(stream);
            if (all) {
                builder.readFrequent(stream);
            }
        });
        if (!all) {
            read(latest, false, builder::readFrequent);
        }
        harvest.recording(builder.build(readable, latest.get(0).start(), gaps));
        return report(builder);
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

    /** The last chunks, up to some size. */
    private static List<Chunk> latest(List<Chunk> chunks) {
        int from = chunks.size() - 1;
        long bytes = chunks.get(from).size();
        while (from > 0 && bytes + chunks.get(from - 1).size() <= DETAILED_BYTES) {
            from--;
            bytes += chunks.get(from).size();
        }
        return chunks.subList(from, chunks.size());
    }

    private void read(List<Chunk> chunks, boolean inPlace, Consumer<EventStream> subscriptions) throws IOException {
        if (inPlace) {
            parse(file, chunks, subscriptions);
            return;
        }
        Path copy = Files.createTempFile("whyhung", ".jfr");
        try {
            for (Chunk chunk : chunks) {
                copy(chunk, copy);
                parse(copy, List.of(chunk), subscriptions);
            }
        } finally {
            Files.deleteIfExists(copy);
        }
    }

    /** Copies a chunk into a private file, and says there that it is finished. */
    private void copy(Chunk chunk, Path target) throws IOException {
        try (FileChannel from = FileChannel.open(file);
                FileChannel to =
                        FileChannel.open(target, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            long done = 0;
            while (done < chunk.size()) {
                long count = from.transferTo(chunk.offset() + done, chunk.size() - done, to);
                if (count <= 0) {
                    throw new IOException("changed while it was read");
                }
                done += count;
            }
            to.write(ByteBuffer.allocate(1), Chunk.STATE);
        }
    }

    private void parse(Path part, List<Chunk> chunks, Consumer<EventStream> subscriptions) throws IOException {
        try {
            Watched.run(PATIENCE, step -> {
                try (EventStream stream = EventStream.openFile(part)) {
                    stream.setOrdered(false);
                    stream.setReuse(true);
                    stream.onError(RecordingReader::rethrow);
                    subscriptions.accept(stream);
                    stream.onEvent("jdk.ActiveSetting", event -> step.run());
                    stream.onFlush(step);
                    stream.start();
                }
            });
        } catch (Watched.GivenUp e) {
            lose(chunks, "could not be parsed to its end within a reasonable time");
        } catch (IOException e) {
            throw e;
        } catch (OutOfMemoryError e) {
            lose(chunks, "needs more memory than there is; java -Xmx2g -jar whyhung.jar gives it more");
        } catch (Exception | VirtualMachineError e) { // the parser's words for what it did not expect
            lose(chunks, "holds events that cannot be parsed");
        }
    }

    private static void rethrow(Throwable failure) {
        throw new IllegalStateException(failure);
    }

    private void lose(List<Chunk> chunks, String reason) {
        Chunk first = chunks.get(0);
        Chunk last = chunks.get(chunks.size() - 1);
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
