package dev.whyhung.read.bytes;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What stands before every line of a dump that came through a container's log, a log framework or a CI server. It is not known
 * beforehand: it is what stands before the dump's first line, if it stands before the lines that follow, too. Numbers in it may
 * change from line to line, since times and counters do; a number behind a lower-case letter ({@code web-1}) is a name and may not,
 * unless it is that of a pool's thread, since an asynchronous logger may have several.
 */
public final class LinePrefix {

    private static final int AHEAD = 1 << 14;
    private static final int LINES = 40;
    private static final int ENOUGH = 2;
    private static final int LONGEST = 1024;
    private static final byte[][] POOL = {ByteLines.ascii("[pool-"), ByteLines.ascii("-thread-")};
    private static final byte[][] DUMP_LINES = {
        ByteLines.ascii("at "),
        ByteLines.ascii("- "),
        ByteLines.ascii("\""),
        ByteLines.ascii("java.lang.Thread.State: "),
        ByteLines.ascii("Threads class SMR info"),
        ByteLines.ascii("_java_thread_list="),
        ByteLines.ascii("NULL  "),
        ByteLines.ascii("1TI"),
        ByteLines.ascii("1CI"),
        ByteLines.ascii("3XM"),
        ByteLines.ascii("4XE"),
        ByteLines.ascii("Thread "),
        ByteLines.ascii("Coroutine "),
        ByteLines.ascii("State: "),
        ByteLines.ascii("Total blocked: "),
        ByteLines.ascii("PID: "),
        ByteLines.ascii("Stack:"),
        ByteLines.ascii("Thread is waiting on monitor"),
        ByteLines.ascii("Current Thread: "),
    };

    private final byte[] prefix;

    private LinePrefix(byte[] prefix) {
        this.prefix = prefix;
    }

    /** This prefix, known to stand before the lines that follow. */
    public static LinePrefix of(byte[] prefix) {
        return new LinePrefix(prefix.clone());
    }

    /** The prefix that ends before this byte of the current line, or null if the lines that follow do not have it. */
    public static @Nullable LinePrefix endingAt(int end, ByteLines lines) {
        if (end - lines.start() > LONGEST) {
            return null;
        }
        LinePrefix candidate = new LinePrefix(Arrays.copyOfRange(lines.bytes(), lines.start(), end));
        int ahead = AHEAD + end - lines.start();
        return candidate.agrees(lines.lookAhead(ahead), lines) ? candidate : null;
    }

    private boolean agrees(int limit, ByteLines lines) {
        int found = 0;
        int from = lines.following();
        for (int count = 0; count < LINES && from < limit && found < ENOUGH; count++) {
            int to = lines.indexOfLineFeed(from, limit);
            to = to < 0 ? limit : to;
            int behind = match(lines.bytes(), from, to);
            found += behind >= 0 && isOfDump(lines.bytes(), behind, to) ? 1 : 0;
            from = to + 1;
        }
        return found >= ENOUGH;
    }

    private static boolean isOfDump(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && isBlank(bytes[at])) {
            at++;
        }
        for (byte[] start : DUMP_LINES) {
            if (to - at >= start.length && Arrays.equals(bytes, at, at + start.length, start, 0, start.length)) {
                return true;
            }
        }
        return false;
    }

    /** Where the line goes on behind the prefix, or -1 if it has another one. */
    public int match(byte[] bytes, int from, int to) {
        int at = from;
        int mine = 0;
        while (mine < prefix.length) {
            byte wanted = prefix[mine];
            if (at == to) {
                return isBlank(wanted) && isBlankFrom(mine) ? to : -1;
            }
            if (Digits.isDigit(wanted) && !isOfName(mine)) {
                int behind = Digits.end(bytes, at, to);
                if (behind == at) {
                    return -1;
                }
                at = behind;
                mine = Digits.end(prefix, mine, prefix.length);
            } else if (isBlank(wanted) && isBlank(bytes[at])) {
                at = endOfBlanks(bytes, at, to);
                mine = endOfBlanks(prefix, mine, prefix.length);
            } else if (wanted == bytes[at] || isFoundAround(mine, bytes[at])) {
                at++;
                mine++;
            } else {
                return -1;
            }
        }
        return at;
    }

    /** Where grep puts a colon behind the name of the file in lines that it has found, it puts a hyphen in lines around them. */
    private boolean isFoundAround(int index, byte other) {
        int last = prefix.length - 1;
        return isOfGrep(other)
                && isOfGrep(prefix[index])
                && isOfGrep(prefix[last])
                && Digits.end(prefix, index + 1, prefix.length) >= last;
    }

    private static boolean isOfGrep(byte value) {
        return value == ':' || value == '-';
    }

    private boolean isOfName(int digit) {
        int first = digit;
        while (first > 0 && Digits.isDigit(prefix[first - 1])) {
            first--;
        }
        int letter = first > 1 && (prefix[first - 1] == '-' || prefix[first - 1] == '_') ? first - 2 : first - 1;
        return letter >= 0 && prefix[letter] >= 'a' && prefix[letter] <= 'z' && !isOfPool(first);
    }

    private boolean isOfPool(int number) {
        for (byte[] part : POOL) {
            int from = number - part.length;
            if (from >= 0 && Arrays.equals(prefix, from, number, part, 0, part.length)) {
                return true;
            }
        }
        return false;
    }

    private boolean isBlankFrom(int index) {
        return endOfBlanks(prefix, index, prefix.length) == prefix.length;
    }

    private static int endOfBlanks(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && isBlank(bytes[at])) {
            at++;
        }
        return at;
    }

    private static boolean isBlank(byte value) {
        return value == ' ' || value == '\t';
    }
}
