package dev.whyhung.read.container;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.whyhung.read.bytes.ByteLines;
import dev.whyhung.read.bytes.DumpSigns;
import dev.whyhung.read.bytes.Head;
import dev.whyhung.read.bytes.Input;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The log of a container in which the runtime has split lines that are longer than its buffer of 16 KiB, as a dump in one line of
 * JSON is. Kubernetes' <a href="https://github.com/kubernetes/design-proposals-archive/blob/main/node/kubelet-cri-logging.md">runtimes</a>
 * mark all parts of a line but its last by {@code P}; in Docker's records the line feed is missing.
 */
final class SplitLines implements Container {

    private static final int LONGEST = 1 << 20;

    private static final Pattern TAGGED =
            Pattern.compile("^\\S{10,40} (stdout|stderr) ([PF])(?::\\S*)?(?: |$)", Pattern.MULTILINE);
    /** A record whose text does not end with a line feed. */
    private static final Pattern RECORD = Pattern.compile(
            "^\\{\"log\": ?\"(?:[^\"\\\\\n]|\\\\.)*+(?<!\\\\n)\", ?\"stream\": ?\"std", Pattern.MULTILINE);

    private static final String OPENING = "{\"log\":";
    /** So much of a record that goes on behind the head is not one line of an ordinary log. */
    private static final int LONG = Head.LENGTH / 4;

    private static final JsonFactory JSON = new JsonFactory();

    @Override
    public boolean recognises(Head head) {
        return !head.isBinary()
                && DumpSigns.in(head.text().replace("\\\"", "\""))
                && (isTagged(head) || isRecords(head));
    }

    private static boolean isTagged(Head head) {
        return TAGGED.matcher(head.text())
                .results()
                .anyMatch(line -> line.group(2).equals("P"));
    }

    private static boolean isRecords(Head head) {
        String text = head.text();
        int last = text.lastIndexOf('\n') + 1;
        return (text.startsWith(OPENING, last) && text.length() - last > LONG)
                || (text.contains(OPENING) && RECORD.matcher(text).find());
    }

    @Override
    public void unpack(InputStream packed, Contents contents) throws IOException {
        byte[] first = packed.readNBytes(Head.LENGTH);
        ByteLines lines = new ByteLines(Input.behind(first, packed));
        contents.whole(new Joined(lines, isTagged(new Head(first))));
    }

    /** What the container printed; each line when its last part has come. */
    private static final class Joined extends Pieces {
        private final ByteLines lines;
        private final boolean tagged;
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private final ByteArrayOutputStream err = new ByteArrayOutputStream();
        private boolean ended;

        Joined(ByteLines lines, boolean tagged) {
            this.lines = lines;
            this.tagged = tagged;
        }

        @Override
        byte @Nullable [] piece() throws IOException {
            if (ended) {
                return null;
            }
            ended = !lines.next();
            if (ended) {
                out.writeBytes(err.toByteArray());
                return out.toByteArray();
            }
            return tagged ? tagged() : record();
        }

        private byte[] tagged() {
            String line =
                    new String(lines.bytes(), lines.start(), lines.end() - lines.start(), StandardCharsets.ISO_8859_1);
            Matcher tag = TAGGED.matcher(line);
            boolean found = tag.lookingAt();
            String text = found ? line.substring(tag.end()) : line;
            boolean whole = !found || tag.group(2).equals("F");
            return part(
                    found ? tag.group(1) : "",
                    (whole ? text + '\n' : text).getBytes(StandardCharsets.ISO_8859_1),
                    whole);
        }

        private byte[] record() {
            String text = null;
            String stream = "";
            try (JsonParser json = JSON.createParser(lines.bytes(), lines.start(), lines.end() - lines.start())) {
                for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                    if (token == JsonToken.VALUE_STRING && "log".equals(json.currentName())) {
                        text = json.getText();
                    } else if (token == JsonToken.VALUE_STRING && "stream".equals(json.currentName())) {
                        stream = json.getText();
                    }
                }
            } catch (IOException damaged) {
                // the line itself is all there is
            }
            String whole = new String(lines.bytes(), lines.start(), lines.end() - lines.start(), StandardCharsets.UTF_8)
                    + '\n';
            String shown = text == null ? whole : text;
            return part(stream, shown.getBytes(StandardCharsets.UTF_8), shown.endsWith("\n"));
        }

        /** Lines of standard error are marked: they may stand between those of a dump on standard output. */
        private static final byte[] MARK = ByteLines.ascii("stderr: ");

        /** What can be handed out when one more part of a stream's current line has come: all of the line, or of a very long one. */
        private byte[] part(String stream, byte[] text, boolean last) {
            boolean isError = stream.equals("stderr");
            ByteArrayOutputStream line = isError ? err : out;
            if (isError && line.size() == 0) {
                line.writeBytes(MARK);
            }
            line.writeBytes(text);
            if (!last && line.size() < LONGEST) {
                return new byte[0];
            }
            byte[] whole = line.toByteArray();
            line.reset();
            return whole;
        }
    }
}
