package dev.whyhung.report;

import java.util.Locale;

/**
 * Makes text from a dump fit to be shown. Thread names are hostile: they may carry terminal escapes, line breaks, or controls that
 * turn the reading direction. Every character that a reader could not see is written as {@code \\u{202E}} instead. The ranges are
 * listed here and not asked of {@link Character}, whose answer changes with the JDK.
 */
final class Legible {

    /** Pairs of first and last code point, ascending. */
    private static final int[] INVISIBLE = {
        0x0000, 0x001F, // C0 controls
        0x007F, 0x009F, // delete and C1 controls
        0x00AD, 0x00AD, // soft hyphen
        0x061C, 0x061C, // Arabic letter mark
        0x180E, 0x180E,
        0x200B, 0x200F, // zero width, left-to-right and right-to-left marks
        0x2028, 0x202E, // line and paragraph separators, bidirectional embeddings and overrides
        0x2060, 0x206F, // invisible operators, bidirectional isolates
        0xD800, 0xDFFF, // surrogates without a partner
        0xFEFF, 0xFEFF,
        0xFFF9, 0xFFFB,
        0xFFFE, 0xFFFF,
        0xE0000, 0xE007F, // tags
    };

    private static final String TAB = "    ";

    private Legible() {}

    /** The text on one line: line breaks become visible too, a tabulator becomes a blank. */
    static String line(String text) {
        return isPlain(text) ? text : escape(text, false);
    }

    /** The text with its line breaks and indentation, for code. */
    static String block(String text) {
        return isPlain(text) ? text : escape(text, true);
    }

    /** The text on one line of at most {@code max} characters; of a longer one the middle is left out. */
    static String shortened(String text, int max) {
        String line = line(text.length() > 4 * max ? head(text, 2 * max) + tail(text, 2 * max) : text);
        if (line.length() <= max) {
            return line;
        }
        int kept = max - 3;
        return head(line, kept - kept / 3) + "..." + tail(line, kept / 3);
    }

    /** The text on one line of at most {@code max} characters; of a longer one the end is left out. */
    static String clipped(String text, int max) {
        String line = line(text.length() > 4 * max ? head(text, 4 * max) : text);
        return line.length() <= max ? line : head(line, max - 3).stripTrailing() + "...";
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~') {
                return false;
            }
        }
        return true;
    }

    private static String escape(String text, boolean keepBreaks) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(point -> {
            if (point == '\t') {
                out.append(keepBreaks ? TAB : " ");
            } else if (point == '\n' && keepBreaks) {
                out.append('\n');
            } else if (isInvisible(point)) {
                out.append("\\u{")
                        .append(Integer.toHexString(point).toUpperCase(Locale.ROOT))
                        .append('}');
            } else {
                out.appendCodePoint(point);
            }
        });
        return out.toString();
    }

    static boolean isInvisible(int point) {
        for (int i = 0; i < INVISIBLE.length && INVISIBLE[i] <= point; i += 2) {
            if (point <= INVISIBLE[i + 1]) {
                return true;
            }
        }
        return false;
    }

    private static String head(String text, int length) {
        int end = Math.min(length, text.length());
        return text.substring(0, end > 0 && splitsPair(text, end) ? end - 1 : end);
    }

    private static String tail(String text, int length) {
        int start = Math.max(0, text.length() - length);
        return text.substring(splitsPair(text, start) ? start + 1 : start);
    }

    private static boolean splitsPair(String text, int at) {
        return at > 0
                && at < text.length()
                && Character.isHighSurrogate(text.charAt(at - 1))
                && Character.isLowSurrogate(text.charAt(at));
    }
}
