package dev.whyhung.read.container;

import dev.whyhung.read.bytes.ByteLines;
import dev.whyhung.read.bytes.Head;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the command line of WildFly and JBoss EAP prints: JSON but for its arrows, its undefined values and its long numbers. */
final class ManagementModel implements Container {

    private static final Pattern RECOGNISED = Pattern.compile("^\\s*\\{\\s*\"outcome\" => ");
    private static final Pattern ARROW = Pattern.compile("(\"[\\w-]+\") => ");
    private static final Pattern UNDEFINED = Pattern.compile(": undefined(?=[,\\s\\]}]|$)");
    private static final Pattern LONG = Pattern.compile("(: -?\\d{1,19})L(?=[,\\s\\]}]|$)");

    @Override
    public boolean recognises(Head head) {
        return head.matches(RECOGNISED);
    }

    @Override
    public void unpack(InputStream packed, Contents contents) throws IOException {
        ByteLines lines = new ByteLines(packed);
        contents.whole(new Pieces() {

            @Override
            byte @Nullable [] piece() throws IOException {
                return lines.next()
                        ? (json(lines.text(lines.start(), lines.end())) + '\n').getBytes(StandardCharsets.UTF_8)
                        : null;
            }
        });
    }

    private static String json(String line) {
        String named = ARROW.matcher(line).replaceAll("$1: ");
        String defined = UNDEFINED.matcher(named).replaceAll(": null");
        return LONG.matcher(defined).replaceAll("$1");
    }
}
