package dev.whyhung.read.recording;

import dev.whyhung.model.DumpInfo;
import dev.whyhung.model.ThreadDump;
import dev.whyhung.read.harvest.Harvest;
import dev.whyhung.read.hotspot.DumpLog;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Set;
import jdk.jfr.consumer.RecordedEvent;
import org.jspecify.annotations.Nullable;

/**
 * The thread dumps inside a recording: plain {@code Thread.print} text, read like any other. The text tells the local time, the
 * event the instant; the difference is the zone of the machine.
 */
public final class RecordedDumps {

    /** Behind the name of the recording in the name of a dump's source. */
    public static final String BEHIND_LABEL = " (thread dump at ";

    private static final int ZONE_STEP_MINUTES = 15;
    private static final int MOST_ZONE_MINUTES = 18 * 60;

    private final String label;
    private final Harvest harvest;
    /** The recorder takes one dump at the end of a chunk and one at the begin of the next. */
    private final Set<String> sources = new HashSet<>();

    private int count;
    private long threads;
    private @Nullable Long pid;
    private @Nullable Instant latest;

    RecordedDumps(String label, Harvest harvest) {
        this.label = label;
        this.harvest = harvest;
    }

    void ofProcess(@Nullable Long id) {
        pid = id;
    }

    void add(RecordedEvent event) {
        Instant at = event.getStartTime();
        String source = source(at.truncatedTo(ChronoUnit.SECONDS));
        if (!sources.add(source)) {
            source = source(at);
        }
        byte[] text = EventDecoder.text(event, "result").getBytes(StandardCharsets.UTF_8);
        new DumpLog(source, harvest, dump -> accept(dump, at)).read(new ByteArrayInputStream(text));
    }

    private String source(Instant at) {
        return label + BEHIND_LABEL + at + ')';
    }

    private void accept(ThreadDump dump, Instant at) {
        count++;
        threads += dump.info().threads();
        latest = latest == null || at.isAfter(latest) ? at : latest;
        DumpInfo info = dump.info();
        ZoneOffset zone = zone(info.takenAt(), at);
        DumpInfo dated = new DumpInfo(
                info.source(),
                info.line(),
                FlightRecording.ID,
                LocalDateTime.ofInstant(at, zone),
                zone,
                info.runtime(),
                pid,
                info.visible(),
                info.truncated(),
                info.uptimeNanos(),
                info.threads());
        harvest.dump(dump.with(dated));
    }

    /** The zone in which an instant has that local time, to the quarter of an hour. */
    static ZoneOffset zone(@Nullable LocalDateTime local, Instant at) {
        if (local == null) {
            return ZoneOffset.UTC;
        }
        double minutes = Duration.between(at, local.toInstant(ZoneOffset.UTC)).toSeconds() / 60.0;
        long rounded = Math.round(minutes / ZONE_STEP_MINUTES) * ZONE_STEP_MINUTES;
        return Math.abs(rounded) > MOST_ZONE_MINUTES ? ZoneOffset.UTC : ZoneOffset.ofTotalSeconds((int) rounded * 60);
    }

    int count() {
        return count;
    }

    long threads() {
        return threads;
    }

    @Nullable
    Instant latest() {
        return latest;
    }
}
