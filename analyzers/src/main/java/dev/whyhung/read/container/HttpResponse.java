package dev.whyhung.read.container;

import dev.whyhung.read.bytes.ByteLines;
import dev.whyhung.read.bytes.Digits;
import dev.whyhung.read.bytes.Head;
import dev.whyhung.read.bytes.Input;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

/** An answer of a web server with its headers, as {@code curl -i} keeps it; in chunks if it was taken off the wire. */
final class HttpResponse implements Container {

    private static final int LONGEST = 1 << 14;
    private static final int LINES = 500;

    @Override
    public boolean recognises(Head head) {
        return head.begins("HTTP/1.") || head.begins("HTTP/2") || head.begins("HTTP/3");
    }

    @Override
    public void unpack(InputStream packed, Contents contents) throws IOException {
        boolean chunked = false;
        String line = line(packed);
        for (int count = 0; !line.isEmpty() && count < LINES; count++) {
            chunked |= line.toLowerCase(Locale.ROOT).replace(" ", "").startsWith("transfer-encoding:chunked");
            line = line(packed);
        }
        byte[] start = packed.readNBytes(LONGEST);
        InputStream body = Input.behind(start, packed);
        boolean inChunks = chunked && new Head(start).text().matches("(?s)\\p{XDigit}{1,8}(?:;[^\\r\\n]*)?\\r?\\n.*");
        contents.whole(inChunks ? new Chunks(body) : body);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\n' && line.length() < LONGEST; next = in.read()) {
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    /** A body in chunks, each behind a line with its length. */
    private static final class Chunks extends InputStream {
        private final InputStream in;
        private long left;
        private boolean first = true;

        Chunks(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (left == 0) {
                left = nextLength();
            }
            int read = left == 0 ? -1 : in.read(target, offset, (int) Math.min(length, left));
            left -= Math.max(0, read);
            return read;
        }

        private long nextLength() throws IOException {
            String line = first ? line(in) : line(in) + line(in);
            first = false;
            byte[] digits = ByteLines.ascii(line);
            return digits.length == 0 || digits.length > 8 ? 0 : Digits.hexadecimal(digits, 0, digits.length);
        }
    }
}
