package dev.whyhung.read.container;

import dev.whyhung.read.bytes.Bytes;
import dev.whyhung.read.bytes.Head;
import dev.whyhung.read.bytes.Input;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Pattern;

/**
 * A dump out of a document, whose word processor has put typographic quotes around names and long dashes before locks: in UTF-8, or
 * in the code page of Windows.
 */
final class Typography implements Container {

    private static final String DASHED = "(?:locked|waiting|parking|<0x|None)";
    private static final String ATTRIBUTES = " (?:#\\d|daemon |prio=|os_prio=|tid=|[Ii]d=\\d)";
    private static final Pattern IN_UTF_8 = Pattern.compile(
            "(?m)\u00e2\u0080[\u009c-\u009f]" + ATTRIBUTES + "|^[ \\t]*\u00e2\u0080[\u0090-\u0095] " + DASHED);
    private static final Pattern IN_CODE_PAGE =
            Pattern.compile("(?m)[\u0093\u0094]" + ATTRIBUTES + "|^[ \\t]*[\u0096\u0097] " + DASHED);

    @Override
    public boolean recognises(Head head) {
        return isOne(head);
    }

    static boolean isOne(Head head) {
        return (head.contains("\u00e2\u0080") && head.matches(IN_UTF_8)) || head.matches(IN_CODE_PAGE);
    }

    @Override
    public void unpack(InputStream packed, Contents contents) throws IOException {
        byte[] first = packed.readNBytes(Head.LENGTH);
        boolean codePage = !new Head(first).matches(IN_UTF_8);
        contents.whole(new Typed(new BufferedInputStream(Input.behind(first, packed)), codePage));
    }

    /** As it would have been typed. */
    private static final class Typed extends InputStream {
        private final BufferedInputStream in;
        private final boolean codePage;

        Typed(BufferedInputStream in, boolean codePage) {
            this.in = in;
            this.codePage = codePage;
        }

        @Override
        public int read() throws IOException {
            int next = in.read();
            if (codePage) {
                return next >= 0x91 && next <= 0x97 ? CODE_PAGE.charAt(next - 0x91) : next;
            }
            if (next != 0xe2) {
                return next;
            }
            in.mark(2);
            boolean isPunctuation = in.read() == 0x80;
            int last = isPunctuation ? in.read() : 0;
            if (last >= 0x90 && last < 0x90 + UTF_8.length()) {
                return UTF_8.charAt(last - 0x90);
            }
            in.reset();
            return next;
        }

        private static final String CODE_PAGE = "''\"\"*--";
        /** U+2010 to U+201F: dashes first, then quotes. */
        private static final String UTF_8 = "------|_''''\"\"\"\"";

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            return Bytes.fill(this, target, offset, length);
        }
    }
}
