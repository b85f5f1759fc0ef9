package dev.whyhung.read.container;

import dev.whyhung.read.bytes.Bytes;
import dev.whyhung.read.bytes.DumpSigns;
import dev.whyhung.read.bytes.Head;
import dev.whyhung.read.bytes.Input;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A text whose line ends, tabs and quotes are written out: as a string in a program's source or output, in a web address, or by a
 * syslog daemon; or whose punctuation is kept from meaning something in Markdown.
 */
final class Escapes implements Container {

    private static final int FEW_LINES = 3;
    private static final Pattern OCTAL = Pattern.compile("#011at \\S|#012\\s*\"|#012#011");
    private static final Pattern PERCENT = Pattern.compile("%0A.{0,400}%0A", Pattern.CASE_INSENSITIVE);
    private static final Pattern PYTHON = Pattern.compile("^\\s*[\\[{(]b?'");
    private static final Pattern BACKSLASH = Pattern.compile("\\\\n.{0,400}\\\\n");

    private static final Pattern MARKDOWN = Pattern.compile(
            "\\\\[<\\[]0x|\\bos\\\\_prio=|\\(Native Method\\\\\\)|^[ \\t>]*\\\\- (?:locked|parking|waiting) ",
            Pattern.MULTILINE);
    private static final String PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

    private enum Style {
        OCTAL('#'),
        PERCENT('%'),
        MARKDOWN('\\'),
        BACKSLASH('\\');

        private final char sign;

        Style(char sign) {
            this.sign = sign;
        }

        static @Nullable Style of(Head head) {
            if (head.contains("#01") && head.matches(Escapes.OCTAL)) {
                return OCTAL;
            }
            if (head.contains("\\") && !head.isJson() && head.matches(Escapes.MARKDOWN)) {
                return MARKDOWN;
            }
            long lines =
                    head.text().chars().filter(c -> c == '\n').limit(FEW_LINES).count();
            if (lines == FEW_LINES || head.isBinary()) {
                return null;
            }
            if (head.matches(Escapes.PERCENT)
                    && DumpSigns.in(head.text().replace("%22", "\"").replaceAll("%..|\\+", " "))) {
                return PERCENT;
            }
            boolean isString = (!head.isJson() || head.matches(PYTHON)) && head.matches(Escapes.BACKSLASH);
            return isString && DumpSigns.in(head.text().replace("\\\"", "\"")) ? BACKSLASH : null;
        }
    }

    @Override
    public boolean recognises(Head head) {
        return isOne(head);
    }

    static boolean isOne(Head head) {
        return Style.of(head) != null;
    }

    @Override
    public void unpack(InputStream packed, Contents contents) throws IOException {
        byte[] first = packed.readNBytes(Head.LENGTH);
        Head head = new Head(first);
        Style style = Style.of(head);
        if (style == null) {
            throw new IOException("holds no escapes any more");
        }
        boolean plus = style == Style.PERCENT && !head.contains("%20");
        contents.whole(new Unescaped(new BufferedInputStream(Input.behind(first, packed)), style, plus));
    }

    private static final class Unescaped extends InputStream {
        private final BufferedInputStream in;
        private final Style style;
        /** Whether a plus stands for a blank. */
        private final boolean plus;
        /** What is left of a character that takes several bytes. */
        private byte[] rest = {};

        Unescaped(BufferedInputStream in, Style style, boolean plus) {
            this.in = in;
            this.style = style;
            this.plus = plus;
        }

        @Override
        public int read() throws IOException {
            if (rest.length > 0) {
                int next = rest[0] & 0xff;
                rest = Arrays.copyOfRange(rest, 1, rest.length);
                return next;
            }
            int next = in.read();
            if (plus && next == '+') {
                return ' ';
            }
            return next == style.sign ? escaped() : next;
        }

        private int escaped() throws IOException {
            return switch (style) {
                case OCTAL -> number(3, 8) & 0xff;
                case PERCENT -> number(2, 16) & 0xff;
                case MARKDOWN -> punctuation();
                case BACKSLASH -> behindBackslash();
            };
        }

        /** The byte whose number follows in so many digits; else the sign itself, and nothing is taken. */
        private int number(int digits, int radix) throws IOException {
            in.mark(digits);
            int value = 0;
            for (int i = 0; i < digits; i++) {
                int digit = Character.digit(in.read(), radix);
                if (digit < 0) {
                    in.reset();
                    return style.sign;
                }
                value = value * radix + digit;
            }
            return value;
        }

        /** The sign that is escaped; else the backslash itself, and nothing is taken. */
        private int punctuation() throws IOException {
            in.mark(1);
            int next = in.read();
            if (next >= 0 && PUNCTUATION.indexOf(next) >= 0) {
                return next;
            }
            in.reset();
            return style.sign;
        }

        private int behindBackslash() throws IOException {
            int letter = in.read();
            return switch (letter) {
                case 'n' -> '\n';
                case 't' -> '\t';
                case 'r' -> '\r';
                case 'x' -> number(2, 16);
                case 'u' -> character(number(4, 16));
                default -> letter < 0 ? '\\' : letter;
            };
        }

        private int character(int code) {
            byte[] bytes = Character.toString(code).getBytes(StandardCharsets.UTF_8);
            rest = Arrays.copyOfRange(bytes, 1, bytes.length);
            return bytes[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            return Bytes.fill(this, target, offset, length);
        }
    }
}
