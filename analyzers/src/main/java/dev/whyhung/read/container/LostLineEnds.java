package dev.whyhung.read.container;

import dev.whyhung.read.bytes.DumpSigns;
import dev.whyhung.read.bytes.Head;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A dump whose line ends became blanks, as in the field of a form or the cell of a sheet. */
final class LostLineEnds implements Container {

    private static final int PIECE = 1 << 16;
    private static final int FEW_LINES = 5;
    private static final int ENOUGH = 3;
    private static final Pattern FRAME = Pattern.compile("\\)\\s+at [\\w.$/@<>]+\\(");
    private static final Pattern END = Pattern.compile("\\s+(?=at [\\w.$/@<>-]+\\("
            + "|- (?:locked |waiting |parking |eliminated |None|<0x)|java\\.lang\\.Thread\\.State: "
            + "|\"[^\"]*\" (?:#\\d|daemon |prio=|os_prio=)|Locked ownable synchronizers:|Threads class SMR"
            + "|_java_thread_list=|Found (?:one|\\d+) |Java stack information|JNI global ref|Full thread dump )");

    @Override
    public boolean recognises(Head head) {
        return isOne(head);
    }

    static boolean isOne(Head head) {
        String text = head.text();
        return text.chars().filter(c -> c == '\n').limit(FEW_LINES).count() < FEW_LINES
                && DumpSigns.in(text)
                && FRAME.matcher(text).results().limit(ENOUGH).count() == ENOUGH;
    }

    @Override
    public void unpack(InputStream packed, Contents contents) throws IOException {
        contents.whole(new Pieces() {
            private String rest = "";

            @Override
            byte @Nullable [] piece() throws IOException {
                String more = new String(packed.readNBytes(PIECE), StandardCharsets.ISO_8859_1);
                if (more.isEmpty() && rest.isEmpty()) {
                    return null;
                }
                String text = END.matcher(rest + more).replaceAll("\n");
                int whole = more.isEmpty() || text.length() > 2 * PIECE ? text.length() : text.lastIndexOf('\n') + 1;
                rest = text.substring(whole);
                return text.substring(0, whole).getBytes(StandardCharsets.ISO_8859_1);
            }
        });
    }
}
