package dev.whyhung.read.container;

import dev.whyhung.read.bytes.Head;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/** Every container that is unpacked. */
public final class Containers {

    private static final int BUFFER = 1 << 16;
    /** What {@code xz -9} needs, and some; a stream that wants more is refused. */
    private static final int XZ_KIB = 100 << 10;

    private static final List<Container> ALL = List.of(
            new Gzip(),
            new Zip(),
            new Xz(),
            new Tar(),
            new ByteOrderMark(),
            new Padding(),
            new Utf16(),
            new CarriageReturns(),
            new Terminal(),
            new HttpResponse(),
            new Mail(),
            new Base64Text(),
            new Base64Parts(),
            new SplitLines(),
            new ManagementModel(),
            new JsonTexts(),
            new Table(),
            new WebPage(),
            new Typography(),
            new Escapes(),
            new Embedded(),
            new LostLineEnds(),
            new NewestFirst(),
            new WrappedLines());

    private Containers() {}

    public static @Nullable Container of(Head head) {
        return ALL.stream()
                .filter(container -> container.recognises(head))
                .findFirst()
                .orElse(null);
    }

    /**
     * Whether text of a dump stands in it in another form than it was printed. Asked of every input, so each suspicion is
     * confirmed only where it is not ruled out at first sight.
     */
    public static boolean isRewritten(Head head) {
        char first = head.firstInk();
        boolean isJson = first == '[' || first == '{' || first == '"';
        return head.hasByteOrderMark()
                || WebPage.isOne(head)
                || (isJson && JsonTexts.isOne(head))
                || ((Character.isLetter(first) || head.contains("=3D")) && Mail.isOne(head))
                || (head.firstLineHasAny(",;\t") && Table.isOne(head))
                || (!head.contains("\n") && CarriageReturns.isOne(head))
                || Terminal.isOne(head)
                || Typography.isOne(head)
                || Escapes.isOne(head)
                || LostLineEnds.isOne(head)
                || (head.mayHaveBrokenLines() && WrappedLines.isOne(head));
    }

    private static final class Gzip implements Container {

        @Override
        public boolean recognises(Head head) {
            return head.begins(0x1f, 0x8b, 8);
        }

        @Override
        public void unpack(InputStream packed, Contents contents) throws IOException {
            contents.whole(new GZIPInputStream(new Announced(packed), BUFFER));
        }
    }

    /** Tells by {@link #available()} whether anything follows, by which GZIPInputStream finds out if there is another member. */
    private static final class Announced extends PushbackInputStream {

        Announced(InputStream in) {
            super(in, 1);
        }

        @Override
        public int available() throws IOException {
            int next = read();
            if (next < 0) {
                return 0;
            }
            unread(next);
            return Math.max(1, super.available());
        }
    }

    private static final class Zip implements Container {

        @Override
        public boolean recognises(Head head) {
            return head.begins('P', 'K', 3, 4) || head.begins('P', 'K', 5, 6);
        }

        @Override
        public void unpack(InputStream packed, Contents contents) throws IOException {
            ZipInputStream zip = new ZipInputStream(packed, StandardCharsets.ISO_8859_1);
            try {
                for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                    if (!entry.isDirectory()) {
                        contents.member(name(entry), zip);
                    }
                }
            } catch (IllegalArgumentException badName) {
                throw new IOException("an archive's directory is damaged: " + badName.getMessage(), badName);
            }
        }

        /** Names are in UTF-8 or, as Windows writes them, in a code page that is not told; no byte is unknown to ISO 8859-1. */
        private static String name(ZipEntry entry) {
            byte[] bytes = entry.getName().getBytes(StandardCharsets.ISO_8859_1);
            try {
                return StandardCharsets.ISO_8859_1.newEncoder().canEncode(entry.getName())
                        ? StandardCharsets.UTF_8
                                .newDecoder()
                                .decode(ByteBuffer.wrap(bytes))
                                .toString()
                        : entry.getName();
            } catch (CharacterCodingException other) {
                return entry.getName();
            }
        }
    }

    private static final class Xz implements Container {

        @Override
        public boolean recognises(Head head) {
            return head.begins(0xfd, '7', 'z', 'X', 'Z', 0);
        }

        @Override
        public void unpack(InputStream packed, Contents contents) throws IOException {
            contents.whole(new XZInputStream(packed, XZ_KIB));
        }
    }

    private static final class ByteOrderMark implements Container {

        @Override
        public boolean recognises(Head head) {
            return head.hasByteOrderMark();
        }

        @Override
        public void unpack(InputStream packed, Contents contents) throws IOException {
            packed.skipNBytes(3);
            contents.whole(packed);
        }
    }
}
