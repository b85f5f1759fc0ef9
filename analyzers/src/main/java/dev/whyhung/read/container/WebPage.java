package dev.whyhung.read.container;

import dev.whyhung.read.bytes.Bytes;
import dev.whyhung.read.bytes.DumpSigns;
import dev.whyhung.read.bytes.Head;
import dev.whyhung.read.bytes.Input;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Text as a web page has it: a saved page or its source, where entities stand for the brackets around a lock and the quotes around
 * a name, or what was copied from a page with no-break spaces before every frame.
 */
final class WebPage implements Container {

    private static final String NO_BREAK = "\u00c2\u00a0"; // one character a byte
    private static final int LONGEST_ENTITY = 12;
    private static final int LONGEST_TAG = 4096;
    private static final Map<String, Integer> ENTITIES = Map.of(
            "lt", (int) '<', "gt", (int) '>', "amp", (int) '&', "quot", (int) '"', "apos", (int) '\'', "nbsp", 0xa0);
    private static final Set<String> LINE_ENDS = Set.of(
            "br", "/p", "/div", "/tr", "/li", "/pre", "/h1", "/h2", "/h3", "/h4", "/h5", "/h6", "/w:p", "w:br",
            "/text:p");

    @Override
    public boolean recognises(Head head) {
        return isOne(head);
    }

    static boolean isOne(Head head) {
        return hasMarkup(head) || head.contains(NO_BREAK + "at ") || head.contains(NO_BREAK + "- ");
    }

    private static boolean hasMarkup(Head head) {
        String start = head.text().stripLeading();
        start = start.substring(0, Math.min(start.length(), 14)).toLowerCase(Locale.ROOT);
        boolean isPage = start.startsWith("<!doctype html") || start.startsWith("<html");
        return isPage
                || (head.contains("&lt;0x") && !head.contains(" <0x"))
                || isPartOfPage(head)
                || isWrittenOut(head)
                || head.matches(HIGHLIGHTED);
    }

    /** A name in quotes that a page shows in a colour of its own. */
    private static final Pattern HIGHLIGHTED =
            Pattern.compile("\"</span>[^\\n]{0,40}? (?:prio=\\d|#\\d|tid=0x|Id=\\d)");

    /** Copied from a page with its tags, or in another document's markup: quotes and brackets are written out. */
    private static boolean isPartOfPage(Head head) {
        boolean isWrittenOut = head.contains("&quot;") || head.contains("&lt;") || head.contains("</div>");
        return head.firstInk() == '<'
                && isWrittenOut
                && DumpSigns.in(head.text().replace("&quot;", "\""));
    }

    /** In another text with the names' quotes written out, and nowhere else. */
    private static boolean isWrittenOut(Head head) {
        return head.contains("&quot;")
                && !DumpSigns.in(head.text())
                && DumpSigns.in(head.text().replace("&quot;", "\""));
    }

    @Override
    public void unpack(InputStream packed, Contents contents) throws IOException {
        byte[] first = packed.readNBytes(Head.LENGTH);
        InputStream whole = Input.behind(first, packed);
        contents.whole(new Text(new BufferedInputStream(whole), hasMarkup(new Head(first))));
    }

    /** What a browser would show of it, roughly: without tags, with plain blanks, each character for what stands for it. */
    private static final class Text extends InputStream {
        private final BufferedInputStream in;
        private final boolean markup;
        private byte[] pending = new byte[0];
        private int next;

        Text(BufferedInputStream in, boolean markup) {
            this.in = in;
            this.markup = markup;
        }

        @Override
        public int read() throws IOException {
            if (next < pending.length) {
                return pending[next++] & 0xff;
            }
            int read = in.read();
            while (markup && read == '<') {
                String tag = ahead('<', '>', LONGEST_TAG);
                if (!isTag(tag)) {
                    return read;
                }
                in.skipNBytes(tag.length() + 1L);
                read = LINE_ENDS.contains(name(tag)) ? '\n' : in.read();
            }
            if (markup && read == '&') {
                return entity();
            }
            return read == 0xc2 ? behindC2() : read;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            return Bytes.fill(this, target, offset, length);
        }

        /** What comes before the next end, one character a byte; empty if another start or nothing is near. Nothing is taken. */
        private String ahead(char start, char end, int longest) throws IOException {
            in.mark(longest + 1);
            StringBuilder text = new StringBuilder();
            int read = in.read();
            while (read >= 0 && read != end && read != start && text.length() < longest) {
                text.append((char) read);
                read = in.read();
            }
            in.reset();
            return read == end ? text.toString() : "";
        }

        private static boolean isTag(String text) {
            if (text.equals("init") || text.equals("clinit")) {
                return false; // a method in a frame
            }
            char first = text.isEmpty() ? 0 : text.charAt(0);
            return first == '/' || first == '!' || (first >= 'a' && first <= 'z') || (first >= 'A' && first <= 'Z');
        }

        private static String name(String tag) {
            int end = tag.startsWith("/") ? 1 : 0;
            while (end < tag.length() && (Character.isLetterOrDigit(tag.charAt(end)) || tag.charAt(end) == ':')) {
                end++;
            }
            return tag.substring(0, end).toLowerCase(Locale.ROOT);
        }

        private int entity() throws IOException {
            String name = ahead('&', ';', LONGEST_ENTITY);
            int character = ENTITIES.getOrDefault(name, name.startsWith("#") ? number(name) : -1);
            if (character < 0) {
                return '&';
            }
            in.skipNBytes(name.length() + 1L);
            String text = character == 0xa0 ? " " : Character.toString(character);
            pending = text.getBytes(StandardCharsets.UTF_8);
            next = 1;
            return pending[0] & 0xff;
        }

        private static int number(String name) {
            boolean hexadecimal = name.startsWith("#x") || name.startsWith("#X");
            try {
                int number = Integer.parseInt(name.substring(hexadecimal ? 2 : 1), hexadecimal ? 16 : 10);
                return Character.isValidCodePoint(number) && (number < 0xd800 || number > 0xdfff) ? number : -1;
            } catch (NumberFormatException none) {
                return -1;
            }
        }

        private int behindC2() throws IOException {
            in.mark(1);
            if (in.read() == 0xa0) {
                return ' ';
            }
            in.reset();
            return 0xc2;
        }
    }
}
