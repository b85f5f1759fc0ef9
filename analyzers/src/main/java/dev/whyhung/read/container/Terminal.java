package dev.whyhung.read.container;

import dev.whyhung.read.bytes.ByteLines;
import dev.whyhung.read.bytes.Head;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a terminal was sent, as {@code script} and coloured logs keep it: with colours, titles and the prompts of pagers, which were
 * written over.
 */
final class Terminal implements Container {

    private static final byte ESCAPE = 0x1b;
    private static final byte BELL = 7;
    private static final String PROMPT = "--More--";
    private static final Pattern OVERWRITTEN = Pattern.compile(PROMPT + "[^\\n]*\\r[^\\n]");

    @Override
    public boolean recognises(Head head) {
        return isOne(head);
    }

    static boolean isOne(Head head) {
        boolean isColoured = head.contains("\u001b[") || head.contains("\u001b]");
        return (isColoured || (head.contains(PROMPT) && head.matches(OVERWRITTEN))) && !head.isBinary();
    }

    @Override
    public void unpack(InputStream packed, Contents contents) throws IOException {
        contents.whole(new Shown(new ByteLines(packed)));
    }

    /** The lines as they were to be seen. */
    private static final class Shown extends Pieces {
        private final ByteLines lines;

        Shown(ByteLines lines) {
            this.lines = lines;
        }

        @Override
        byte @Nullable [] piece() throws IOException {
            if (!lines.next()) {
                return null;
            }
            int from = lines.start();
            for (int i = lines.start(); i + 1 < lines.end(); i++) {
                from = lines.bytes()[i] == '\r' && lines.bytes()[i + 1] != '\r' ? i + 1 : from;
            }
            return withoutControls(from);
        }

        private byte[] withoutControls(int from) {
            byte[] shown = new byte[lines.end() - from + 1];
            int length = 0;
            for (int i = from; i < lines.end(); i++) {
                if (lines.bytes()[i] == ESCAPE) {
                    i = endOfSequence(i + 1);
                } else {
                    shown[length++] = lines.bytes()[i];
                }
            }
            shown[length++] = '\n';
            return Arrays.copyOf(shown, length);
        }

        /** The last byte of a sequence: a letter behind parameters, or the bell behind a title. */
        private int endOfSequence(int first) {
            int at = first;
            if (at < lines.end() && lines.bytes()[at] == ']') {
                int bell = lines.indexOf(BELL, at);
                return bell < 0 ? at : bell;
            }
            if (at < lines.end() && lines.bytes()[at] == '[') {
                at++;
                while (at < lines.end() && lines.bytes()[at] >= ' ' && lines.bytes()[at] < '@') {
                    at++;
                }
            }
            return Math.min(at, lines.end() - 1);
        }
    }
}
