package dev.whyhung.read.container;

import dev.whyhung.read.bytes.Bytes;
import dev.whyhung.read.bytes.Head;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Texts in Base64 with something around them: behind the command that printed them, or as the values of a Secret of Kubernetes. Each
 * of them is a file.
 */
final class Base64Parts implements Container {

    /** As many letters as nothing else has that stands in a log. */
    private static final int LEAST = 64;

    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_LINE = 256;
    private static final Pattern CANDIDATE = Pattern.compile("(?<![A-Za-z0-9+/=])[A-Za-z0-9+/]{" + LEAST + ",}+");
    private static final Pattern NAME = Pattern.compile("([\\w.-]{1,100})\"?:? ?\"?$");

    @Override
    public boolean recognises(Head head) {
        if (head.isBinary()) {
            return false;
        }
        Matcher candidate = CANDIDATE.matcher(head.text());
        while (candidate.find()) {
            if (Base64Text.holdsDump(head.text().substring(candidate.start()))) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void unpack(InputStream packed, Contents contents) throws IOException {
        PushbackInputStream in = new PushbackInputStream(new BufferedInputStream(packed), LONGEST_LINE);
        StringBuilder before = new StringBuilder();
        boolean inside = false;
        for (int next = in.read(); next >= 0; next = in.read()) {
            if (!inside && isLetter(next) && isTextFrom(next, in)) {
                Matcher name = NAME.matcher(before);
                in.unread(next);
                contents.member(
                        name.find() ? name.group(1) : "base64",
                        Base64.getMimeDecoder().wrap(new Letters(in)));
                before.setLength(0);
            } else if (next == '\n') {
                before.setLength(0);
            } else if (before.length() < LONGEST_NAME) {
                before.append((char) next);
            }
            inside = isLetter(next);
        }
    }

    /** Whether this letter and those that come next make up a text, or something packed. */
    private static boolean isTextFrom(int first, PushbackInputStream in) throws IOException {
        byte[] more = in.readNBytes(LEAST - 1);
        in.unread(more);
        for (byte letter : more) {
            if (!isLetter(letter)) {
                return false;
            }
        }
        String letters = (char) first + new String(more, StandardCharsets.ISO_8859_1);
        return letters.length() == LEAST && Base64Text.isReadable(letters);
    }

    private static boolean isLetter(int value) {
        return (value >= 'A' && value <= 'Z')
                || (value >= 'a' && value <= 'z')
                || (value >= '0' && value <= '9')
                || value == '+'
                || value == '/';
    }

    private static boolean isBlank(int value) {
        return value == ' ' || value == '\r' || value == '\n';
    }

    /** The letters from here on, and in the lines that follow if those hold nothing else and the first is no longer than usual. */
    private static final class Letters extends InputStream {
        private final PushbackInputStream in;
        private int length;
        private boolean ended;

        Letters(PushbackInputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            int next = ended ? -1 : in.read();
            length++;
            boolean isPart = isLetter(next) || isBlank(next) || next == '=';
            if (!isPart || (next == '\n' && (length > LONGEST_LINE || !goesOn()))) {
                ended = true;
                if (next >= 0) {
                    in.unread(next);
                }
                return -1;
            }
            length = next == '\n' ? 0 : length;
            return next;
        }

        /** Whether the next line holds letters alone. */
        private boolean goesOn() throws IOException {
            byte[] line = in.readNBytes(LONGEST_LINE - 1);
            in.unread(line);
            for (byte each : line) {
                if (each == '\n') {
                    return true;
                }
                if (!isLetter(each) && !isBlank(each) && each != '=') {
                    return false;
                }
            }
            return line.length < LONGEST_LINE - 1;
        }

        @Override
        public int read(byte[] target, int offset, int count) throws IOException {
            return Bytes.fill(this, target, offset, count);
        }
    }
}
