package dev.whyhung.read.bytes;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * Finds out whether the lines of a log stand newest first, as log viewers list and export them: then the header of a thread follows
 * its state. Until the first state tells, lines are kept; if it runs backwards, a dump at a time is kept and read from its end.
 */
public final class Backwards {

    private static final int UNDECIDED_BYTES = 1 << 20;
    private static final int DUMP_BYTES = 1 << 28;
    /** How many lines may follow the first line of a dump: before it stand its time and the process. */
    private static final int STAMPS = 2;

    private static final byte[] STATE = ByteLines.ascii("java.lang.Thread.State: ");
    private static final byte[] MARKER = ByteLines.ascii("Full thread dump");
    private static final byte[] ADDRESS = ByteLines.ascii(" tid=0x");
    private static final byte[][] OF_DUMP = {
        ByteLines.ascii("at "),
        ByteLines.ascii("- "),
        ByteLines.ascii("\""),
        ByteLines.ascii("JNI global ref"),
        ByteLines.ascii("Found "),
        ByteLines.ascii("Locked ownable")
    };

    /** How close a header stands to a state: blank lines may come between, though none should. */
    private static final int FAR = 0;

    private static final int NEAR = 1;
    private static final int NEXT = 2;
    private static final int NO_STATE = 3;

    public enum Order {
        UNDECIDED,
        FORWARDS,
        BACKWARDS
    }

    private static final class Line {
        final byte[] bytes;
        final int number;

        Line(byte[] bytes, int number) {
            this.bytes = bytes;
            this.number = number;
        }
    }

    private final Consumer<ByteLines> reader;
    private final Deque<Line> kept = new ArrayDeque<>();
    private Order order = Order.UNDECIDED;
    private long bytes;
    private boolean afterBlank;
    private int header;
    private int headerBeforeState = NO_STATE;
    private int behindMarker = -1;

    /** The reader is given the lines in their right order once it is known that they stand in the other. */
    public Backwards(Consumer<ByteLines> reader) {
        this.reader = reader;
    }

    public Order order() {
        return order;
    }

    /** Looks at the current line; where all runs backwards, it is kept for later. */
    public void line(ByteLines lines) {
        int at = lines.firstInk();
        if (at == lines.end()) {
            afterBlank = true;
        } else if (order == Order.BACKWARDS) {
            collect(lines, at);
        } else {
            undecided(lines, at);
            afterBlank = false;
        }
    }

    private void undecided(ByteLines lines, int at) {
        boolean isHeader = lines.bytes()[at] == '"' && lines.indexOf(ADDRESS, at) >= 0;
        int headerBehind = isHeader ? afterBlank ? NEAR : NEXT : FAR;
        boolean isCut = kept.isEmpty() && headerBeforeState == FAR;
        if (headerBeforeState < headerBehind && !isCut) {
            order = Order.BACKWARDS;
            collect(lines, at);
            return;
        }
        if (headerBeforeState != NO_STATE && headerBeforeState > headerBehind) {
            order = Order.FORWARDS;
            kept.clear();
            return;
        }
        headerBeforeState = lines.startsWith(at, STATE) ? afterBlank ? Math.min(header, NEAR) : header : NO_STATE;
        header = isHeader ? NEXT : FAR;
        if (!kept.isEmpty() || isOfDump(lines, at)) {
            keep(lines, UNDECIDED_BYTES);
        }
    }

    private void collect(ByteLines lines, int at) {
        if (behindMarker >= 0 && (behindMarker++ == STAMPS || isOfDump(lines, at))) {
            flush();
        }
        keep(lines, DUMP_BYTES);
        if (lines.indexOf(MARKER, at) >= 0) {
            behindMarker = 0;
        }
    }

    private static boolean isOfDump(ByteLines lines, int at) {
        for (byte[] start : OF_DUMP) {
            if (lines.startsWith(at, start)) {
                return true;
            }
        }
        return false;
    }

    /** What stands longest is given up where there is too much. */
    private void keep(ByteLines lines, int most) {
        Line line = new Line(Arrays.copyOfRange(lines.bytes(), lines.start(), lines.end()), lines.number());
        kept.add(line);
        bytes += line.bytes.length;
        while (bytes > most) {
            bytes -= kept.remove().bytes.length;
        }
    }

    /** Gives the reader what is kept of the dump; to be called behind the last line. */
    public void flush() {
        if (order == Order.BACKWARDS) {
            List<Line> turned = new ArrayList<>(kept);
            Collections.reverse(turned);
            for (Line line : turned) {
                ByteLines one = new ByteLines(line.bytes, line.number);
                if (one.nextInMemory()) {
                    reader.accept(one);
                }
            }
            kept.clear();
            bytes = 0;
            behindMarker = -1;
        }
    }
}
