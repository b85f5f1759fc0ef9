package dev.whyhung.read.container;

import dev.whyhung.read.bytes.ByteLines;
import dev.whyhung.read.bytes.Head;
import dev.whyhung.read.bytes.Input;
import dev.whyhung.read.bytes.LinePrefix;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A dump in JSON, or one by {@code Thread.dump_to_file}, inside other text: behind a command line, in a report, or in the log of a
 * container whose JVM was asked to write it to standard output. What stands before its first line may stand before the others, too.
 */
final class Embedded implements Container {

    private static final Pattern JSON = Pattern.compile(
            "^([^\\n]{0,300}?)(?:\\{\\s*(?:\\n[^\\n]{0,300}?)?\"(?:threadDump\"\\s*:|threads\"\\s*:\\s*\\[)"
                    + "|\\[\\s*\\{[^\\n]{0,300}?\"[Tt]hread_?[Nn]ame\"\\s*:)",
            Pattern.MULTILINE);
    private static final Pattern TEXT = Pattern.compile(
            "^([^\\n]{0,300}?)\\d{1,10}\\s*\\n[^\\n]{0,300}?\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{1,9}Z\\s*\\n"
                    + "[^\\n]{0,400}\\n[^\\n]{0,300}\\n[^\\n]{0,300}?#\\d{1,18} \"",
            Pattern.MULTILINE);

    /** A bracket may also begin the prefix of a log. */
    private static final Pattern BARE = Pattern.compile("\\s*(?:\\{\\s*[\"}]|\\[\\s*[{\\[\"\\]])");

    /** Where it begins, and what stands before each of its lines. */
    private record Place(int at, int prefix, boolean json) {

        static @Nullable Place of(Head head) {
            String text = head.text();
            if (head.isBinary() || BARE.matcher(text).lookingAt()) {
                return null;
            }
            Matcher json = JSON.matcher(text);
            if (json.find()) {
                return new Place(json.end(1), json.end(1) - json.start(1), true);
            }
            Matcher plain = TEXT.matcher(text);
            return plain.find() && plain.end(1) > 0
                    ? new Place(plain.end(1), plain.end(1) - plain.start(1), false)
                    : null;
        }
    }

    @Override
    public boolean recognises(Head head) {
        return Place.of(head) != null;
    }

    @Override
    public void unpack(InputStream packed, Contents contents) throws IOException {
        byte[] first = packed.readNBytes(Head.LENGTH);
        Place place = Place.of(new Head(first));
        if (place == null) {
            throw new IOException("holds no dump any more");
        }
        byte[] prefix = Arrays.copyOfRange(first, place.at - place.prefix, place.at);
        InputStream rest = Input.behind(Arrays.copyOfRange(first, place.at, first.length), packed);
        contents.whole(new Unprefixed(new ByteLines(rest), prefix, place.json));
    }

    /** Its lines, up to its last: a JSON document ends with the bracket that closes the first. */
    private static final class Unprefixed extends Pieces {
        private final ByteLines lines;
        private final LinePrefix prefix;
        private final boolean json;
        private boolean alone;
        private int depth;
        private boolean quoted;
        private boolean escaped;
        private boolean ended;

        Unprefixed(ByteLines lines, byte[] prefix, boolean json) {
            this.lines = lines;
            this.prefix = LinePrefix.of(prefix);
            this.json = json;
            alone = prefix.length == 0;
        }

        @Override
        byte @Nullable [] piece() throws IOException {
            if (ended || !lines.next()) {
                return null;
            }
            if (lines.number() == 1) {
                return line(lines.start());
            }
            int behind = alone ? lines.start() : prefix.match(lines.bytes(), lines.start(), lines.end());
            alone |= behind < 0 && lines.number() == 2; // only its first line stands behind something
            return behind >= 0 || alone ? line(Math.max(behind, lines.start())) : new byte[0];
        }

        private byte[] line(int from) {
            int to = json ? endOfDocument(from) : lines.end();
            byte[] line = Arrays.copyOfRange(lines.bytes(), from, to + 1);
            line[to - from] = '\n';
            return line;
        }

        private int endOfDocument(int from) {
            for (int i = from; i < lines.end(); i++) {
                byte next = lines.bytes()[i];
                if (quoted) {
                    quoted = escaped || next != '"';
                    escaped = !escaped && next == '\\';
                } else if (next == '"') {
                    quoted = true;
                } else if (next == '{' || next == '[') {
                    depth++;
                } else if ((next == '}' || next == ']') && --depth == 0) {
                    ended = true;
                    return i + 1;
                }
            }
            return lines.end();
        }
    }
}
