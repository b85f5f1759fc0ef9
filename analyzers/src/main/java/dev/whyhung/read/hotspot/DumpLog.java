package dev.whyhung.read.hotspot;

import dev.whyhung.model.InputReport;
import dev.whyhung.model.ThreadDump;
import dev.whyhung.read.bytes.Backwards;
import dev.whyhung.read.bytes.ByteLines;
import dev.whyhung.read.bytes.LinePrefix;
import dev.whyhung.read.bytes.QuotedField;
import dev.whyhung.read.dialect.DialectLines;
import dev.whyhung.read.dialect.DialectStart;
import dev.whyhung.read.dialect.LineDialect;
import dev.whyhung.read.dialect.LineFormat;
import dev.whyhung.read.dialect.LineSource;
import dev.whyhung.read.harvest.Harvest;
import dev.whyhung.read.harvest.Tally;
import java.io.IOException;
import java.io.InputStream;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A text with dumps in it: as they are, with something before every line, or escaped inside log records. What surrounds a dump is
 * found where the dump begins; each of several writers whose lines alternate is then read by a reader of its own. Dumps that
 * stand as they are pass through here without a second look.
 */
public final class DumpLog {

    private static final byte[] MARKER = ByteLines.ascii("Full thread dump");
    private static final byte[] JVM = ByteLines.ascii(" VM ");
    private static final byte[] DEADLOCK = ByteLines.ascii("Found one Java-level deadlock:");
    private static final byte[] ADDRESS = ByteLines.ascii(" tid=0x");
    private static final int DEEPEST = 3;
    private static final int WRITERS = 64;
    private static final int STAMP = 19;

    /**
     * One writer: how its lines are told, and who reads them. Exactly one of prefix and field is there. The lines are part of what
     * another writer has begun if {@code shared}.
     */
    private record Writer(
            @Nullable LinePrefix prefix, @Nullable QuotedField field, DumpLog log, boolean shared) {

        boolean takes(ByteLines lines) {
            return prefix != null ? takesRest(lines, prefix) : field != null && takesValue(lines, field);
        }

        private boolean takesRest(ByteLines lines, LinePrefix known) {
            int behind = known.match(lines.bytes(), lines.start(), lines.end());
            if (behind >= 0) {
                lines.startAt(behind);
                read(lines);
            }
            return behind >= 0;
        }

        private boolean takesValue(ByteLines lines, QuotedField known) {
            byte[] value = known.valueIn(lines);
            if (value == null) {
                return false;
            }
            ByteLines inner = new ByteLines(value, lines.number());
            while (inner.nextInMemory()) {
                read(inner);
            }
            return true;
        }

        private void read(ByteLines lines) {
            if (shared) {
                log.plain.line(lines);
            } else {
                log.line(lines);
            }
        }
    }

    private record Dialect(LineDialect kind, DialectLines reader) {}

    private final String source;
    private final Harvest harvest;
    private final Consumer<ThreadDump> sink;
    private final Tally tally;
    private final int depth;
    private final HotSpotText plain;
    private final Backwards order;
    private boolean forwards;
    /** Reads whatever is no HotSpot text, once a dump in another dialect has begun. */
    private @Nullable Dialect dialect;

    private final List<Writer> writers = new ArrayList<>();
    /** Of the writers, who has written last. */
    private @Nullable Writer latest;

    /** The last lines that end like the stamp of a dump, and their numbers. */
    private final byte[][] stamps = new byte[2][];

    private final int[] stampLines = new int[2];

    public DumpLog(String source, Harvest harvest) {
        this(source, harvest, harvest::dump);
    }

    /** Hands the dumps to somebody else than the harvest. */
    public DumpLog(String source, Harvest harvest, Consumer<ThreadDump> sink) {
        this(source, harvest, sink, new Tally(HotSpotText.ID), 0);
    }

    private DumpLog(String source, Harvest harvest, Consumer<ThreadDump> sink, Tally tally, int depth) {
        this.source = source;
        this.harvest = harvest;
        this.sink = sink;
        this.tally = tally;
        this.depth = depth;
        plain = new HotSpotText(source, harvest, sink, tally, this::begins);
        order = new Backwards(plain::line);
    }

    /** Reads to the end; an I/O error ends the reading early and stands in the report. */
    public InputReport read(InputStream in) {
        ByteLines lines = new ByteLines(in, harvest.budget().limits().lineLength());
        String trouble = null;
        try {
            while (lines.next()) {
                line(lines);
            }
        } catch (IOException e) {
            trouble = "reading stopped after line " + lines.number() + ": " + e.getMessage();
        }
        end();
        tally.cutLines(lines.cut());
        return tally.report(source, trouble);
    }

    private void line(ByteLines lines) {
        if (forwards && writers.isEmpty() && dialect == null) {
            plain.line(lines);
            return;
        }
        for (Writer writer : writers) {
            if (writer.takes(lines)) {
                latest = writer;
                return;
            }
        }
        plainLine(lines);
    }

    private void plainLine(ByteLines lines) {
        Dialect other = dialect;
        if (other != null && plain.isOutside() && !other.kind.leaves(lines)) {
            other.reader.line(lines.text(lines.start(), lines.end()).strip(), lines);
            return;
        }
        if (!forwards) {
            boolean undecided = order.order() == Backwards.Order.UNDECIDED;
            order.line(lines);
            forwards = order.order() == Backwards.Order.FORWARDS;
            if (order.order() == Backwards.Order.BACKWARDS) {
                if (undecided) {
                    plain.forget();
                }
                return;
            }
        }
        plain.line(lines);
    }

    private void end() {
        order.flush();
        plain.endDump();
        if (dialect != null) {
            dialect.reader.end();
        }
        writers.stream().filter(writer -> !writer.shared).forEach(writer -> writer.log.end());
    }

    /** Whether this line, which is no part of a plain dump, begins one of another kind; it is read if so. */
    private boolean begins(ByteLines lines) {
        int marker = lines.indexOf(MARKER, lines.start());
        int at = marker >= 0 ? marker : Math.max(headerIn(lines), lines.indexOf(DEADLOCK, lines.start()));
        DialectStart start = at >= 0 ? null : DialectStart.in(lines);
        if (start != null && start.warning() != null) {
            tally.warn(start.warning());
        } else if (start != null && start.dialect() != null) {
            if (start.at() == lines.firstInk()) {
                begin(start.dialect(), lines);
                return true;
            }
            at = start.at();
        }
        if (at <= lines.firstInk() || depth == DEEPEST || writers.size() == WRITERS) {
            keepStamp(lines);
            return false;
        }
        return beginsAt(at, lines) || (marker >= 0 && beginsRecord(lines));
    }

    /** Where a thread's header begins in this line: at the quote before its name, escaped or not. */
    private static int headerIn(ByteLines lines) {
        int address = lines.indexOf(ADDRESS, lines.start());
        if (address >= 0 && lines.startsWith(address + 1, LineDialect.NO_NUMBERS)) {
            return -1;
        }
        int escaped = address < 0 ? -1 : lines.indexOf(ESCAPED_QUOTE, lines.start());
        return escaped >= 0 && escaped < address
                ? escaped
                : address < 0 ? -1 : lines.indexOf((byte) '"', lines.start());
    }

    private static final byte[] ESCAPED_QUOTE = ByteLines.ascii("\\\"");

    private boolean beginsAt(int at, ByteLines lines) {
        boolean isSection = lines.startsWith(at, DEADLOCK);
        QuotedField field = QuotedField.around(at, lines);
        LinePrefix prefix = field == null ? LinePrefix.endingAt(at, lines) : null;
        if (field == null && prefix == null) {
            return false;
        }
        DumpLog open = isSection ? withOpenDumpOf(DeadlockSection.firstName(lines)) : null;
        DumpLog log = open == null ? new DumpLog(source, harvest, sink, tally, depth + 1) : open;
        Writer writer = new Writer(prefix, field, log, open != null);
        writers.add(writer);
        replayStamps(writer, lines.number());
        return writer.takes(lines);
    }

    /**
     * Where the dump is open that has a thread of this name: a dump's deadlock section may have been logged by another logger, or at
     * another level, than its threads.
     */
    private @Nullable DumpLog withOpenDumpOf(@Nullable String name) {
        if (name == null || plain.isOfOpenDump(name)) {
            return name == null ? null : this;
        }
        return latest == null || latest.log == this ? null : latest.log.withOpenDumpOf(name);
    }

    private void begin(LineDialect begun, ByteLines lines) {
        tally.turnsOutAs(begun.id());
        LineFormat format = begun.format();
        DialectLines reader = format.lines(new LineSource(source, format.id(), harvest, tally));
        dialect = new Dialect(begun, reader);
        DumpBuilder announced = plain.announced();
        if (announced != null) {
            if (announced.takenAt() != null) {
                reader.line(STAMP_FORMAT.format(announced.takenAt()), lines);
            }
            reader.line("Full thread dump " + Objects.requireNonNullElse(announced.runtime(), ""), lines);
            plain.forget();
        } else {
            plain.endDump();
        }
        reader.line(lines.text(lines.start(), lines.end()).strip(), lines);
    }

    private static final DateTimeFormatter STAMP_FORMAT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

    /** A log record that only its first line announces: the lines that follow are plain. */
    private boolean beginsRecord(ByteLines lines) {
        int marker = lines.indexOf(MARKER, lines.start());
        int behind = marker + MARKER.length;
        boolean ends = behind == lines.end() || lines.bytes()[behind] == ':' || lines.indexOf(JVM, behind) >= 0;
        if (ends) {
            lines.startAt(marker);
            plain.line(lines);
        }
        return ends;
    }

    private void keepStamp(ByteLines lines) {
        byte last = lines.end() > lines.start() + 1 ? lines.bytes()[lines.end() - 1] : 0;
        boolean isStamp = last == ':' || last == '"' || last == '}' || (last >= '0' && last <= '9');
        if (isStamp && lines.end() - lines.start() < 20 * STAMP) {
            stamps[0] = stamps[1];
            stampLines[0] = stampLines[1];
            stamps[1] = Arrays.copyOfRange(lines.bytes(), lines.start(), lines.end());
            stampLines[1] = lines.number();
        }
    }

    /** What stood on the two lines before the dump: its time and the process. */
    private void replayStamps(Writer writer, int number) {
        for (int i = 0; i < stamps.length; i++) {
            if (stamps[i] != null && number - stampLines[i] <= stamps.length) {
                ByteLines kept = new ByteLines(stamps[i], stampLines[i]);
                if (kept.nextInMemory()) {
                    writer.takes(kept);
                }
            }
        }
    }
}
