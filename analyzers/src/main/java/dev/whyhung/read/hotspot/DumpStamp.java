package dev.whyhung.read.hotspot;

import dev.whyhung.read.bytes.ByteLines;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/** What stands on the lines before a dump: {@code 2026-11-22 21:38:56} and {@code 3561:}. */
final class DumpStamp {

    private static final int FAR = 2;

    @Nullable
    LocalDateTime time;

    @Nullable
    Long pid;

    private int line = Integer.MIN_VALUE;

    /** Whether it was read right before this line. */
    boolean isJustBefore(int number) {
        return number - line <= FAR;
    }

    void clear() {
        time = null;
        pid = null;
    }

    /** Reads the current line; false if it is no stamp. */
    boolean read(ByteLines lines) {
        int at = lines.firstInk();
        int length = lines.end() - at;
        byte first = lines.bytes()[at];
        boolean hasMillis = length == 23 && lines.bytes()[at + 19] == '.'; // as Tomcat's manager prints it
        if ((length > 19 && !hasMillis) || length < 2 || first < '0' || first > '9') {
            return false;
        }
        String text = lines.text(at, lines.end());
        if (length >= 19) {
            return isTime(lines.text(at, at + 19), lines.number());
        }
        if (length > 11
                || !text.endsWith(":")
                || !text.chars().limit(length - 1L).allMatch(Character::isDigit)) {
            return false;
        }
        pid = Long.valueOf(text.substring(0, length - 1));
        time = null;
        line = lines.number();
        return true;
    }

    private boolean isTime(String text, int number) {
        try {
            time = LocalDateTime.parse(text.replace(' ', 'T'));
            pid = number - line <= 1 ? pid : null;
            line = number;
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }
}
