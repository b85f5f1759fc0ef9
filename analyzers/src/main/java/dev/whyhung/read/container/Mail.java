package dev.whyhung.read.container;

import dev.whyhung.read.bytes.Bytes;
import dev.whyhung.read.bytes.Head;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A saved mail with its attachments, or text in quoted-printable that was copied from one. */
final class Mail implements Container {

    private static final int LONGEST = 1 << 16;
    private static final int MOST_OF_HEADERS = 1 << 20;
    private static final Pattern HEADER = Pattern.compile("[A-Za-z][A-Za-z0-9-]{1,60}:.*");
    private static final Pattern MIME =
            Pattern.compile("(?im)^(?:MIME-Version|Content-Transfer-Encoding|Content-Type): *\\S");
    private static final Pattern BOUNDARY = Pattern.compile("(?is)boundary=(?:\"([^\"]{1,100})\"|([^\\s;\"]{1,100}))");
    private static final Pattern NAME =
            Pattern.compile("(?is)\\b(?:file)?name=(?:\"([^\"]{1,200})\"|([^\\s;\"]{1,200}))");

    @Override
    public boolean recognises(Head head) {
        return isOne(head);
    }

    static boolean isOne(Head head) {
        return hasHeaders(head.text()) || isQuotedPrintable(head);
    }

    private static boolean isQuotedPrintable(Head head) {
        return head.contains("prio=3D") || head.contains("tid=3D0x");
    }

    private static boolean hasHeaders(String text) {
        int end = text.indexOf("\n\n") < 0 ? text.indexOf("\r\n\r\n") : text.indexOf("\n\n");
        String headers = end < 0 ? text : text.substring(0, end);
        List<String> lines = headers.lines().toList();
        return lines.size() > 1
                && (HEADER.matcher(lines.get(0)).matches() || lines.get(0).startsWith("From "))
                && HEADER.matcher(lines.get(1).startsWith(" ") ? lines.get(0) : lines.get(1))
                        .matches()
                && MIME.matcher(headers).find();
    }

    @Override
    public void unpack(InputStream packed, Contents contents) throws IOException {
        BufferedInputStream in = new BufferedInputStream(packed);
        in.mark(Head.LENGTH + 1);
        boolean hasHeaders = hasHeaders(new Head(in.readNBytes(Head.LENGTH)).text());
        in.reset();
        if (!hasHeaders) {
            contents.whole(new QuotedPrintable(in));
            return;
        }
        Headers headers = Headers.read(in);
        if (headers.boundary() == null) {
            contents.whole(headers.decoded(in));
        } else {
            parts(in, headers.boundary(), contents);
        }
    }

    /** Parts in parts are taken like the others. */
    private static void parts(BufferedInputStream in, String outermost, Contents contents) throws IOException {
        List<byte[]> boundaries = new ArrayList<>();
        boundaries.add(delimiter(outermost));
        Part before = new Part(in, boundaries);
        before.transferTo(OutputStream.nullOutputStream());
        for (int number = 1; before.isFollowed(); number++) {
            if (before.isLast()) { // what follows belongs to the parts around it
                before = new Part(in, boundaries);
                before.transferTo(OutputStream.nullOutputStream());
                continue;
            }
            Headers headers = Headers.read(in);
            if (headers.boundary() != null) {
                boundaries.add(delimiter(headers.boundary()));
            }
            Part part = new Part(in, boundaries);
            if (headers.boundary() == null) {
                contents.member(headers.name("part-" + number), headers.decoded(part));
            }
            part.transferTo(OutputStream.nullOutputStream());
            before = part;
        }
    }

    private static byte[] delimiter(String boundary) {
        return ("--" + boundary).getBytes(StandardCharsets.UTF_8);
    }

    /** What stands before a body, the lines of one header joined. */
    private record Headers(String text) {

        static Headers read(InputStream in) throws IOException {
            StringBuilder text = new StringBuilder();
            while (text.length() < MOST_OF_HEADERS) {
                String line = new String(line(in), StandardCharsets.UTF_8).stripTrailing();
                if (line.isEmpty()) {
                    break;
                }
                text.append(line.startsWith(" ") || line.startsWith("\t") ? " " : "\n")
                        .append(line.strip());
            }
            return new Headers(text.toString());
        }

        private String value(String name) {
            return text.lines()
                    .filter(line -> line.regionMatches(true, 0, name + ':', 0, name.length() + 1))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst()
                    .orElse("");
        }

        @Nullable
        String boundary() {
            String type = value("Content-Type");
            Matcher boundary = BOUNDARY.matcher(type);
            return type.toLowerCase(Locale.ROOT).startsWith("multipart/") && boundary.find()
                    ? boundary.group(1) == null ? boundary.group(2) : boundary.group(1)
                    : null;
        }

        String name(String otherwise) {
            Matcher name = NAME.matcher(value("Content-Disposition") + ' ' + value("Content-Type"));
            return name.find() ? name.group(1) == null ? name.group(2) : name.group(1) : otherwise;
        }

        InputStream decoded(InputStream body) {
            return switch (value("Content-Transfer-Encoding").toLowerCase(Locale.ROOT)) {
                case "base64" -> Base64.getMimeDecoder().wrap(body);
                case "quoted-printable" -> new QuotedPrintable(new BufferedInputStream(body));
                default -> body;
            };
        }
    }

    /** A line with its end, or as much of it as is a line's due. */
    private static byte[] line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0; next = in.read()) {
            line.write(next);
            if (next == '\n' || line.size() == LONGEST) {
                break;
            }
        }
        return line.toByteArray();
    }

    /** The body of a part: the lines up to the next boundary. */
    private static final class Part extends Pieces {
        private final InputStream in;
        private final List<byte[]> boundaries;
        private boolean followed;
        private boolean last;

        Part(InputStream in, List<byte[]> boundaries) {
            this.in = in;
            this.boundaries = boundaries;
        }

        /** Whether it ended with a boundary. */
        boolean isFollowed() {
            return followed;
        }

        /** Whether that boundary closes the parts that it separates. */
        boolean isLast() {
            return last;
        }

        @Override
        byte @Nullable [] piece() throws IOException {
            byte[] line = line(in);
            for (byte[] boundary : boundaries) {
                if (begins(line, boundary)) {
                    followed = true;
                    last = line.length > boundary.length + 1
                            && line[boundary.length] == '-'
                            && line[boundary.length + 1] == '-';
                }
            }
            return followed || line.length == 0 ? null : line;
        }

        private static boolean begins(byte[] line, byte[] boundary) {
            return line.length >= boundary.length
                    && Arrays.equals(line, 0, boundary.length, boundary, 0, boundary.length);
        }

        /** The mail is read on behind it. */
        @Override
        public void close() {}
    }

    /** {@code prio=3D5}, and lines that go on behind a {@code =}. */
    private static final class QuotedPrintable extends InputStream {
        private final BufferedInputStream in;

        QuotedPrintable(BufferedInputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            int next = in.read();
            while (next == '=') {
                in.mark(2);
                int first = in.read();
                int second = first == '\n' ? -1 : in.read();
                int value = Character.digit(first, 16) * 16 + Character.digit(second, 16);
                if (Character.digit(first, 16) >= 0 && Character.digit(second, 16) >= 0) {
                    return value;
                }
                if (first != '\n' && !(first == '\r' && second == '\n')) {
                    in.reset();
                    return next;
                }
                next = in.read();
            }
            return next;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            return Bytes.fill(this, target, offset, length);
        }
    }
}
