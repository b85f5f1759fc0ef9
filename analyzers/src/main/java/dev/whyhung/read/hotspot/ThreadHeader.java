package dev.whyhung.read.hotspot;

import dev.whyhung.model.ThreadStatus;
import dev.whyhung.read.bytes.ByteLines;
import dev.whyhung.read.bytes.Digits;
import dev.whyhung.read.harvest.StackTable;
import dev.whyhung.read.harvest.StateText;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The header line of a thread in HotSpot text, in every form from JDK 1.4 to 26:
 *
 * <pre>
 * "name" #12 [5012] daemon prio=5 os_prio=0 cpu=1.20ms elapsed=14.14s tid=0x00007f nid=0x134d in Object.wait()  [0x0000]
 * </pre>
 *
 * Reused from line to line. A name may hold anything, quotes included: it ends at the last quote of the line.
 */
final class ThreadHeader {

    /** What stands behind the native id. */
    enum Words {
        NONE,
        RUNNABLE,
        ON_CONDITION,
        IN_OBJECT_WAIT,
        FOR_MONITOR_ENTRY
    }

    int nameStart;
    int nameEnd;
    long javaId;
    long nativeId;
    long threadAddress;
    boolean daemon;
    boolean hasPriority;
    long cpuNanos;
    long elapsedNanos;
    Words words = Words.NONE;

    /** The state that an abridged header tells; else null. */
    @Nullable
    ThreadStatus state;

    /** Reads the current line; false if it is no thread header. */
    boolean read(ByteLines line, int quote) {
        int close = line.lastIndexOf((byte) '"', quote + 1);
        return close >= 0 && readAttributes(line, quote + 1, close);
    }

    /** Reads a header whose name began on an earlier line: this line starts with the rest of the name. */
    boolean readContinuation(ByteLines line) {
        int close = line.lastIndexOf((byte) '"', line.start());
        return close >= 0 && readAttributes(line, line.start(), close);
    }

    /** Reads a header whose beginning is cut, the opening quote with it: only one that tells an address counts. */
    boolean readUnopened(ByteLines line) {
        int close = line.lastIndexOf((byte) '"', line.start());
        return close > line.start() && readAttributes(line, startOfName(line, close), close) && threadAddress >= 0;
    }

    /** Behind a quote that something else stands before, as the code in {@code text = "}, or where the line begins. */
    private static int startOfName(ByteLines line, int close) {
        for (int i = close - 1; i > line.start(); i--) {
            if (line.bytes()[i] == '"' && BEFORE_NAME.indexOf(line.bytes()[i - 1]) >= 0) {
                return i + 1;
            }
        }
        return line.start();
    }

    private static final String BEFORE_NAME = " \t\"'(=:>|+[`";

    private boolean readAttributes(ByteLines line, int from, int close) {
        clear();
        nameStart = from;
        nameEnd = close;
        int at = close + 1;
        if (at >= line.end() || line.bytes()[at] != ' ') {
            return false;
        }
        while (at < line.end()) {
            while (at < line.end() && line.bytes()[at] == ' ') {
                at++;
            }
            int tokenEnd = line.indexOf((byte) ' ', at);
            tokenEnd = tokenEnd < 0 ? line.end() : tokenEnd;
            if (at < tokenEnd && !readToken(line, at, tokenEnd)) {
                readWords(line, at);
                break;
            }
            at = tokenEnd;
        }
        if (hasPriority && nativeId < 0 && threadAddress < 0) {
            threadAddress = numberInName(line);
        }
        return javaId >= 0 || nativeId >= 0 || threadAddress >= 0;
    }

    /** Debuggers write {@code "name@5418"}, and may leave out what the JVM calls the thread. */
    private long numberInName(ByteLines line) {
        int at = nameEnd;
        while (at > nameStart && line.bytes()[at - 1] >= '0' && line.bytes()[at - 1] <= '9') {
            at--;
        }
        boolean numbered = at > nameStart && line.bytes()[at - 1] == '@' && nameEnd - at < MOST_DIGITS;
        return numbered && javaId < 0 ? Digits.decimal(line.bytes(), at, nameEnd) : -1;
    }

    private static final int MOST_DIGITS = 18;

    private void clear() {
        javaId = -1;
        nativeId = -1;
        threadAddress = -1;
        daemon = false;
        hasPriority = false;
        cpuNanos = -1;
        elapsedNanos = -1;
        words = Words.NONE;
        state = null;
    }

    /** Whether its numbers are no numbers: some tool has made them up, for all threads alike. */
    boolean isMadeUp() {
        return nativeId == 0 && threadAddress == 0;
    }

    /** Whether it tells more than a Java thread's number. */
    boolean isOfNativeThread() {
        return nativeId >= 0 || threadAddress >= 0;
    }

    /** Reads a header whose middle somebody has left out: {@code "name" ... WAITING (parking)}. */
    boolean readAbridged(ByteLines line, int quote) {
        int close = line.indexOf((byte) '"', quote + 1);
        if (close < 0 || line.end() - close > FAR) {
            return false;
        }
        Matcher matcher = ABRIDGED.matcher(line.text(close + 1, line.end()));
        if (!matcher.matches()) {
            return false;
        }
        clear();
        nameStart = quote + 1;
        nameEnd = close;
        javaId = matcher.group(1) == null ? -1 : Long.parseLong(matcher.group(1));
        state = StateText.statusOf(matcher.group(2));
        return true;
    }

    private static final int FAR = 200;
    private static final Pattern ABRIDGED = Pattern.compile(
            " (?:#(\\d{1,18}) )?(?:[^\"]* )?(?:\\.\\.\\.|\u2026) ?((?:NEW|RUNNABLE|BLOCKED|WAITING|TIMED_WAITING)\\b(?: \\([a-z ]+\\))?)\\s*");

    /** Reads one attribute; false where the words begin. */
    private boolean readToken(ByteLines line, int at, int to) {
        byte[] bytes = line.bytes();
        switch (bytes[at]) {
            case '#' -> javaId = Digits.decimal(bytes, at + 1, to);
            case '[' -> {
                if (at + 2 < to && bytes[at + 2] != 'x') {
                    nativeId = Digits.decimal(bytes, at + 1, to - 1);
                }
            }
            case 'd' -> daemon |= line.startsWith(at, DAEMON);
            case 'p' -> hasPriority |= line.startsWith(at, PRIORITY);
            case 'o' -> {
                return line.startsWith(at, OS_PRIORITY);
            }
            case 'c' -> cpuNanos = Digits.fraction(bytes, at + 4, to - 2, 1_000_000L);
            case 'e' -> elapsedNanos = Digits.fraction(bytes, at + 8, to - 1, 1_000_000_000L);
            case 't' -> threadAddress = Digits.number(bytes, at + 4, to);
            case 'n' -> nativeId = Digits.number(bytes, at + 4, to);
            default -> {
                return line.indexOf((byte) '=', at) >= 0 && nativeId < 0 && threadAddress < 0;
            }
        }
        return true;
    }

    private static final byte[] DAEMON = ByteLines.ascii("daemon");
    private static final byte[] PRIORITY = ByteLines.ascii("prio=");
    private static final byte[] OS_PRIORITY = ByteLines.ascii("os_prio=");
    private static final byte[] IN_WAIT = ByteLines.ascii("in Object.wait");
    private static final byte[] FOR_ENTRY = ByteLines.ascii("waiting for monitor");
    private static final byte[] ON_CONDITION = ByteLines.ascii("waiting on condition");
    private static final byte[] RUNNABLE = ByteLines.ascii("runnable");

    private void readWords(ByteLines line, int at) {
        if (line.startsWith(at, IN_WAIT)) {
            words = Words.IN_OBJECT_WAIT;
        } else if (line.startsWith(at, FOR_ENTRY)) {
            words = Words.FOR_MONITOR_ENTRY;
        } else if (line.startsWith(at, ON_CONDITION)) {
            words = Words.ON_CONDITION;
        } else if (line.startsWith(at, RUNNABLE)) {
            words = Words.RUNNABLE;
        }
    }

    String name(ByteLines line, StackTable table, @Nullable String begun) {
        String here = table.text(line.bytes(), nameStart, nameEnd);
        return begun == null ? here : begun + '\n' + here;
    }
}
