package dev.whyhung.read.container;

import dev.whyhung.read.bytes.DumpSigns;
import dev.whyhung.read.bytes.Head;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.regex.Pattern;

/** Text in Base64, as it is carried through a console: of a dump, or of a packed one. */
final class Base64Text implements Container {

    private static final int SAMPLE = 1024;
    private static final Pattern ALPHABET =
            Pattern.compile("\\s*[A-Za-z0-9+/]{40,}(?:\\r?\\n[A-Za-z0-9+/]+)*={0,2}\\s*");

    @Override
    public boolean recognises(Head head) {
        String sample = head.text().substring(0, Math.min(SAMPLE, head.text().length()));
        if (!ALPHABET.matcher(sample).matches()) {
            return false;
        }
        return holdsDump(sample);
    }

    /** Whether these letters, and whatever stands behind them, begin something packed or a text with signs of a dump. */
    static boolean holdsDump(String text) {
        String sample = text.substring(0, Math.min(SAMPLE, text.length()));
        Head decoded = decoded(sample.replaceAll("[^A-Za-z0-9+/\\s][\\S\\s]*|\\s", ""));
        return isPacked(decoded) || DumpSigns.in(decoded.text());
    }

    /** Whether these letters begin something packed or a text. */
    static boolean isReadable(String letters) {
        Head decoded = decoded(letters);
        return isPacked(decoded)
                || decoded.text().chars().allMatch(each -> each >= ' ' || each == '\n' || each == '\r' || each == '\t');
    }

    private static Head decoded(String letters) {
        return new Head(Base64.getDecoder().decode(letters.substring(0, letters.length() / 4 * 4)));
    }

    private static boolean isPacked(Head decoded) {
        return decoded.begins(0x1f, 0x8b, 8)
                || decoded.begins('P', 'K', 3, 4)
                || decoded.begins(0xfd, '7', 'z', 'X', 'Z');
    }

    @Override
    public void unpack(InputStream packed, Contents contents) throws IOException {
        contents.whole(Base64.getMimeDecoder().wrap(packed));
    }
}
