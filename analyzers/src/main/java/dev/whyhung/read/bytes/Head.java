package dev.whyhung.read.bytes;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** The first bytes of an input, by which formats are told apart: by content and never by name. */
public final class Head {

    /** How many bytes at the beginning of an input decide. */
    public static final int LENGTH = 8192;

    private final byte[] bytes;
    private final String text;

    public Head(byte[] bytes) {
        this.bytes = bytes;
        text = new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** One character a byte. */
    public String text() {
        return text;
    }

    public boolean begins(int... wanted) {
        if (bytes.length < wanted.length) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            if ((bytes[i] & 0xff) != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    /** Of UTF-8. */
    public boolean hasByteOrderMark() {
        return begins(0xef, 0xbb, 0xbf);
    }

    public boolean begins(String wanted) {
        return text.startsWith(wanted);
    }

    public boolean contains(String wanted) {
        return text.contains(wanted);
    }

    public boolean matches(Pattern pattern) {
        return pattern.matcher(text).find();
    }

    public boolean isBinary() {
        return text.indexOf('\0') >= 0;
    }

    /** The first character that is no blank; 0 if there is none. */
    public char firstInk() {
        int at = 0;
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at < text.length() ? text.charAt(at) : 0;
    }

    public boolean firstLineHasAny(String characters) {
        for (int i = 0; i < text.length() && text.charAt(i) != '\n'; i++) {
            if (characters.indexOf(text.charAt(i)) >= 0) {
                return true;
            }
        }
        return false;
    }

    /** Whether several lines are as long as the longest, or one begins like the rest of a thread's header or frame. */
    public boolean mayHaveBrokenLines() {
        int longest = 0;
        int count = 0;
        int start = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
            int length = end - start;
            count = length > longest ? 1 : length == longest ? count + 1 : count;
            longest = Math.max(longest, length);
            if (isRest(start, end)) {
                return true;
            }
            start = end + 1;
        }
        return count > 2;
    }

    private boolean isRest(int start, int end) {
        int at = start;
        while (at < end && (text.charAt(at) <= ' ' || text.charAt(at) == '>')) {
            at++;
        }
        for (String rest : REST) {
            if (text.startsWith(rest, at)) {
                return true;
            }
        }
        return end - at == 2 && text.startsWith("at", at);
    }

    private static final String[] REST = {"prio=", "tid=", "nid=", "cpu=", "elapsed=", "@bci=", "[0x", "Id="};

    public boolean isJson() {
        String start = text.stripLeading();
        return start.startsWith("{") || start.startsWith("[");
    }
}
