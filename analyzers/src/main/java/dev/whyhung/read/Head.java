package dev.whyhung.read;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** The first bytes of an input, by which formats are told apart: by content and never by name. */
final class Head {

    /** How many bytes at the beginning of an input decide. */
    static final int LENGTH = 8192;

    private final byte[] bytes;
    private final String text;

    Head(byte[] bytes) {
        this.bytes = bytes;
        text = new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** One character a byte. */
    String text() {
        return text;
    }

    boolean begins(int... wanted) {
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

    boolean begins(String wanted) {
        return text.startsWith(wanted);
    }

    boolean contains(String wanted) {
        return text.contains(wanted);
    }

    boolean matches(Pattern pattern) {
        return pattern.matcher(text).find();
    }

    boolean isBinary() {
        return text.indexOf('\0') >= 0;
    }

    boolean isJson() {
        String start = text.stripLeading();
        return start.startsWith("{") || start.startsWith("[");
    }
}
