package dev.whyhung.read.container;

import dev.whyhung.read.bytes.Head;
import dev.whyhung.read.bytes.Input;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Text in UTF-16, as PowerShell's {@code >} writes it, with a byte order mark or without. */
final class Utf16 implements Container {

    private static final int SAMPLE = 512;

    @Override
    public boolean recognises(Head head) {
        return head.begins(0xff, 0xfe)
                || head.begins(0xfe, 0xff)
                || !charset(head.text()).equals(StandardCharsets.UTF_16);
    }

    /** Without a mark, the zero bytes tell which half of a character comes first; UTF_16 stands for neither. */
    private static Charset charset(String text) {
        int length = Math.min(text.length(), SAMPLE) & ~1;
        int even = 0;
        int odd = 0;
        for (int i = 0; i < length; i += 2) {
            even += text.charAt(i) == 0 ? 1 : 0;
            odd += text.charAt(i + 1) == 0 ? 1 : 0;
        }
        int most = length * 2 / 5;
        return odd > most && even == 0
                ? StandardCharsets.UTF_16LE
                : even > most && odd == 0 ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16;
    }

    @Override
    public void unpack(InputStream packed, Contents contents) throws IOException {
        byte[] first = packed.readNBytes(SAMPLE);
        Charset charset = charset(new Head(first).text());
        contents.whole(new Encoded(new InputStreamReader(Input.behind(first, packed), charset)));
    }

    /** Characters as UTF-8. */
    private static final class Encoded extends Pieces {
        private final Reader reader;
        private final char[] characters = new char[1 << 13];

        Encoded(Reader reader) {
            this.reader = reader;
        }

        @Override
        byte @Nullable [] piece() throws IOException {
            int read = reader.read(characters, 0, characters.length - 1);
            if (read < 0) {
                return null;
            }
            if (Character.isHighSurrogate(characters[read - 1])) {
                read += Math.max(0, reader.read(characters, read, 1));
            }
            return new String(characters, 0, read).getBytes(StandardCharsets.UTF_8);
        }
    }
}
