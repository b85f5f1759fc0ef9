package dev.whyhung.read.container;

import dev.whyhung.read.bytes.Head;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A dump in a dialect whose lines stand in reverse order, as log viewers list and export them. It is turned around in memory, so it
 * must not be too large; HotSpot's own dumps are turned as they are read.
 */
final class NewestFirst implements Container {

    private static final int MOST = 64 << 20;
    private static final int ENOUGH = 2;
    private static final Pattern HEADER = Pattern.compile("\"[^\"]*\" (?:- Thread t@|(?:daemon |prio=\\d+ )*Id=)\\d"
            + "|3XMTHREADINFO +\"|\"[^\"]*\" #\\d+ .*tid=0x|Thread \\d+: \\(state = ");
    private static final Pattern BODY = Pattern.compile(
            "java\\.lang\\.Thread\\.State: |3XMTHREADINFO1|3XMJAVALTHREAD|JavaThread state: |\\bat [\\w.$/]+\\(|@bci=|4XESTACKTRACE");

    @Override
    public boolean recognises(Head head) {
        boolean isDialect = head.contains(" Id=")
                || head.contains(" - Thread t@")
                || head.contains("@bci=")
                || head.contains("4XESTACKTRACE");
        return isDialect
                && !head.isBinary()
                && runsBackwards(head.text().lines().toList());
    }

    private static boolean runsBackwards(Iterable<String> lines) {
        int backwards = 0;
        boolean afterHeader = false;
        boolean afterBody = false;
        for (String line : lines) {
            boolean isHeader = HEADER.matcher(line).find();
            boolean isBody = !isHeader && BODY.matcher(line).find();
            if (afterHeader && isBody) {
                return false;
            }
            backwards += afterBody && isHeader ? 1 : 0;
            afterHeader = isHeader;
            afterBody = isBody;
        }
        return backwards >= ENOUGH;
    }

    @Override
    public void unpack(InputStream packed, Contents contents) throws IOException {
        byte[] text = packed.readNBytes(MOST + 1);
        if (text.length > MOST) {
            throw new IOException("its lines stand in reverse order; turn it around (tac)");
        }
        contents.whole(new Turned(text));
    }

    private static final class Turned extends Pieces {
        private final byte[] text;
        private int end;

        Turned(byte[] text) {
            this.text = text;
            end = text.length;
        }

        @Override
        byte @Nullable [] piece() {
            if (end <= 0) {
                return null;
            }
            int start = end - 1;
            while (start > 0 && text[start - 1] != '\n') {
                start--;
            }
            byte[] line = Arrays.copyOfRange(text, start, end);
            boolean isEnded = line[line.length - 1] == '\n';
            end = start;
            if (isEnded) {
                return line;
            }
            byte[] ended = Arrays.copyOf(line, line.length + 1);
            ended[line.length] = '\n';
            return ended;
        }
    }
}
