package dev.whyhung.read.bytes;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The field of a structured log record in which a dump stands with its line ends and quotes escaped, or one of many strings:
 * {@code {"time":"...","log":"Full thread dump ...\n"}} or {@code msg="..."}. A record may hold a line of the dump or all of it.
 */
public final class QuotedField {

    /** From the field's name to the quote that opens its value. */
    private final byte[] opening;
    /** Whether a text without a name makes up the line, as in a list of strings. */
    private final boolean alone;

    private QuotedField(byte[] opening, boolean alone) {
        this.opening = opening;
        this.alone = alone;
    }

    /** The field whose value holds this byte of the current line, or null if that is not in quotes. */
    public static @Nullable QuotedField around(int inside, ByteLines lines) {
        byte[] bytes = lines.bytes();
        int quote = inside - 1;
        while (quote >= lines.start() && (bytes[quote] != '"' || isEscaped(bytes, lines.start(), quote))) {
            quote--;
        }
        if (quote >= lines.start() && endsLikeText(lines, quote) && (quote == textIn(lines) || isContinued(lines))) {
            return new QuotedField(Arrays.copyOfRange(bytes, lines.start(), quote + 1), true);
        }
        int sign = skipBack(bytes, lines.start(), quote - 1, (byte) ' ');
        sign -= quote > lines.start() && sign > lines.start() && bytes[sign] == '>' ? 1 : 0;
        if (quote <= lines.start() || sign <= lines.start() || (bytes[sign] != ':' && bytes[sign] != '=')) {
            return null;
        }
        int end = skipBack(bytes, lines.start(), sign - 1, (byte) ' ');
        int start = end - (bytes[end] == '"' && end > lines.start() ? 1 : 0);
        while (start > lines.start() && isOfName(bytes[start - 1])) {
            start--;
        }
        start -= bytes[end] == '"' && start > lines.start() ? 1 : 0;
        return start < end ? new QuotedField(Arrays.copyOfRange(bytes, start, quote + 1), false) : null;
    }

    /** Whether nothing but a sign of the list or program that it stands in follows the text that this quote opens. */
    private static boolean endsLikeText(ByteLines lines, int quote) {
        int last = lines.end() - 1;
        while (last > quote && lines.bytes()[last] != '"' && END.indexOf(lines.bytes()[last]) >= 0) {
            last--;
        }
        return last > quote && lines.bytes()[last] == '"' && !isEscaped(lines.bytes(), quote, last);
    }

    private static final String END = " ,;+)";

    /** Where a text begins that makes up the line, but for the sign that adds it to the line before; else -1. */
    private static int textIn(ByteLines lines) {
        int at = lines.firstInk();
        while (at < lines.end() && (lines.bytes()[at] == '+' || lines.bytes()[at] == ' ')) {
            at++;
        }
        return at < lines.end() && lines.bytes()[at] == '"' ? at : -1;
    }

    /** Whether the text goes on in the next line, as programs write it. */
    private static boolean isContinued(ByteLines lines) {
        int last = skipBack(lines.bytes(), lines.start(), lines.end() - 1, (byte) ' ');
        return lines.bytes()[last] == '+' || lines.bytes()[last] == '\\';
    }

    private static int skipBack(byte[] bytes, int from, int index, byte passed) {
        int at = index;
        while (at > from && bytes[at] == passed) {
            at--;
        }
        return at;
    }

    private static boolean isOfName(byte value) {
        return value == '_' || value == '-' || value == '.' || value == '@' || Character.isLetterOrDigit(value);
    }

    /** Whether an odd number of backslashes stands before this byte. */
    private static boolean isEscaped(byte[] bytes, int from, int index) {
        int first = index;
        while (first > from && bytes[first - 1] == '\\') {
            first--;
        }
        return (index - first) % 2 == 1;
    }

    /** The value of this field in the current line, as it was before it was escaped; null if the line does not have the field. */
    public byte @Nullable [] valueIn(ByteLines lines) {
        int quote = alone ? textIn(lines) : -1;
        if (quote >= 0) {
            return endsLikeText(lines, quote) ? unescape(lines.bytes(), quote + 1, lines.end()) : null;
        }
        int at = lines.indexOf(opening, lines.start());
        if (at < 0 && !alone) {
            return numbersIn(lines);
        }
        boolean isOther = alone && (at != lines.start() || !endsLikeText(lines, at + opening.length - 1));
        return at < 0 || isOther ? null : unescape(lines.bytes(), at + opening.length, lines.end());
    }

    /** As journald writes a text that it cannot print, or another program's bytes: {@code "MESSAGE":[104,105]}. */
    private byte @Nullable [] numbersIn(ByteLines lines) {
        byte[] list = opening.clone();
        list[list.length - 1] = '[';
        int from = lines.indexOf(list, lines.start());
        int end = from < 0 ? -1 : lines.indexOf((byte) ']', from);
        if (end < 0) {
            return null;
        }
        byte[] value = new byte[end - from];
        int length = 0;
        boolean inNumber = false;
        for (int i = from + list.length; i < end; i++) {
            int digit = lines.bytes()[i] - '0';
            boolean isDigit = digit >= 0 && digit <= 9;
            if (!isDigit && lines.bytes()[i] != ',' && lines.bytes()[i] != ' ') {
                return null;
            }
            if (isDigit) {
                length += inNumber ? 0 : 1;
                value[length - 1] = (byte) ((inNumber ? value[length - 1] * 10 : 0) + digit);
            }
            inNumber = isDigit;
        }
        return Arrays.copyOf(value, length);
    }

    private static byte[] unescape(byte[] bytes, int from, int to) {
        byte[] value = new byte[to - from];
        int length = 0;
        for (int i = from; i < to && bytes[i] != '"'; i++) {
            if (bytes[i] != '\\' || i + 1 == to) {
                value[length++] = bytes[i];
            } else if (bytes[i + 1] == 'u' && i + 5 < to) {
                length = putCharacter((int) Digits.hexadecimal(bytes, i + 2, i + 6), value, length);
                i += 5;
            } else {
                value[length++] = unescaped(bytes[++i]);
            }
        }
        return Arrays.copyOf(value, length);
    }

    private static byte unescaped(byte letter) {
        return switch (letter) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            default -> letter;
        };
    }

    /** Puts a character in UTF-8; it takes no more than the six bytes of its escape. */
    private static int putCharacter(int character, byte[] target, int at) {
        byte[] encoded = Character.toString(character).getBytes(StandardCharsets.UTF_8);
        System.arraycopy(encoded, 0, target, at, encoded.length);
        return at + encoded.length;
    }
}
