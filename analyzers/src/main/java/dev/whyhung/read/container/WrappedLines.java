package dev.whyhung.read.container;

import dev.whyhung.read.bytes.ByteLines;
import dev.whyhung.read.bytes.DumpSigns;
import dev.whyhung.read.bytes.Head;
import dev.whyhung.read.bytes.Input;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A dump whose long lines were broken, by a terminal at its right edge or by a mail program between words. */
final class WrappedLines implements Container {

    private static final int NARROWEST = 50;
    private static final int WIDEST = 200;
    private static final int ENOUGH = 4;
    private static final int PREFIX = 4;
    private static final int LONGEST = 1 << 16;

    /** How a line begins that is none of a broken one. */
    private static final Pattern START =
            Pattern.compile("\\s*(?:$|\"|at(?: |$)|- |-- |\\^-- |java\\.lang\\.Thread\\.State|Locked own"
                    + "|Carrying |Mounted |Full thread|JNI global|Found |Java stack|=====|which is held|waiting to lock "
                    + "|waiting for ownable|Threads class SMR|_java_thread_list|_to_delete_list|No compile|Compiling|\\}|\\.\\.\\."
                    + "|\\d{4}-\\d\\d-\\d\\d[ T]|\\d[A-Z]{2}\\w+ |NULL\\b|0x\\p{XDigit}{6,}(?:,|$)|Thread \\d+:|>).*");

    /** How the rest of a header begins, which no whole line does. */
    private static final Pattern REST =
            Pattern.compile("\\s*(?:(?:prio|tid|nid|cpu|elapsed)=\\w|@bci=|\\[0x\\p{XDigit}+\\]|Id=\\d).*|\\s*at\\s*");

    private static final Pattern OWNED = Pattern.compile(".*\\bowned by\\s*");
    private static final Pattern QUOTE = Pattern.compile("^(?:> ?)+");

    /**
     * How lines are broken.
     *
     * @param width where a terminal broke them; 0 if between words
     */
    private record Breaks(int width) {

        static @Nullable Breaks of(Head head) {
            List<String> lines = head.text().lines().map(WrappedLines::unquoted).toList();
            if (lines.size() < 2 * ENOUGH || !DumpSigns.in(head.text())) {
                return null;
            }
            List<String> whole = lines.subList(0, lines.size() - 1);
            int width = whole.stream().mapToInt(String::length).max().orElse(0);
            Breaks hard = new Breaks(width);
            boolean isHard = width >= NARROWEST && width <= WIDEST && hard.isHard(whole);
            return isHard ? hard : isSoft(whole) ? new Breaks(0) : null;
        }

        private boolean isHard(List<String> lines) {
            int full = 0;
            int broken = 0;
            for (int i = 0; i + 1 < lines.size(); i++) {
                full += isFull(lines.get(i)) ? 1 : 0;
                broken += goesOn(lines.get(i), lines.get(i + 1)) ? 1 : 0;
            }
            return broken >= ENOUGH && broken > full / 2;
        }

        private static boolean isSoft(List<String> lines) {
            return lines.stream().filter(line -> REST.matcher(line).matches()).count() >= ENOUGH;
        }

        /** A terminal may fill what is left of a line with blanks; one blank may be the text's own. */
        private boolean isFull(String line) {
            return line.length() == width && !line.endsWith("  ");
        }

        /** Whether the line is continued in the next; between words, lines outside of dumps are left alone. */
        boolean goesOn(String line, String next) {
            boolean isFull = width > 0 ? isFull(line) : START.matcher(line).matches() && !line.isBlank();
            return isFull
                    && !haveOnePrefix(line, next)
                    && (!START.matcher(next).matches() || OWNED.matcher(line).matches());
        }

        /** What stands before every line of a log is not repeated before the rest of a broken one. */
        private static boolean haveOnePrefix(String line, String next) {
            return line.regionMatches(0, next, 0, PREFIX)
                    && !line.substring(0, PREFIX).isBlank();
        }

        String joined(String line, String next) {
            return width > 0 ? line + next : line.stripTrailing() + ' ' + next.strip();
        }
    }

    /** Without the marks that a mail program puts before what it quotes. */
    private static String unquoted(String line) {
        return line.startsWith(">") ? QUOTE.matcher(line).replaceFirst("") : line;
    }

    @Override
    public boolean recognises(Head head) {
        return isOne(head);
    }

    static boolean isOne(Head head) {
        return !head.isBinary() && Breaks.of(head) != null;
    }

    @Override
    public void unpack(InputStream packed, Contents contents) throws IOException {
        byte[] first = packed.readNBytes(Head.LENGTH);
        Breaks breaks = Breaks.of(new Head(first));
        contents.whole(
                new Joined(new ByteLines(Input.behind(first, packed)), breaks == null ? new Breaks(WIDEST) : breaks));
    }

    private static final class Joined extends Pieces {
        private final ByteLines lines;
        private final Breaks breaks;
        private boolean ended;
        private @Nullable String open;
        private @Nullable String last;

        Joined(ByteLines lines, Breaks breaks) {
            this.lines = lines;
            this.breaks = breaks;
        }

        @Override
        byte @Nullable [] piece() throws IOException {
            if (ended && open == null) {
                return null;
            }
            String line = !ended && lines.next() ? text() : null;
            ended = line == null;
            String before = open;
            if (before != null && line != null && goesOn(before, line)) {
                open = breaks.joined(before, line);
                last = line;
                return new byte[0];
            }
            open = line;
            last = line;
            return before == null ? new byte[0] : (before.stripTrailing() + '\n').getBytes(StandardCharsets.ISO_8859_1);
        }

        private boolean goesOn(String before, String line) {
            return last != null && before.length() < LONGEST && breaks.goesOn(breaks.width == 0 ? before : last, line);
        }

        private String text() {
            return unquoted(
                    new String(lines.bytes(), lines.start(), lines.end() - lines.start(), StandardCharsets.ISO_8859_1));
        }
    }
}
