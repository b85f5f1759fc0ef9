package dev.whyhung.read;

import dev.whyhung.read.bytes.Head;
import dev.whyhung.read.bytes.Input;
import dev.whyhung.read.harvest.Format;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A target for a coverage-guided fuzzer: one reader, told by the system property {@code whyhung.reader}, gets every input as if it
 * had recognised it. A reader may refuse what it gets, and throws nothing but {@link IOException}.
 */
public final class ReaderFuzzer {

    private static final String NAME = System.getProperty("whyhung.reader", "");

    private ReaderFuzzer() {}

    /** What the fuzzer calls. */
    public static void fuzzerTestOneInput(byte[] data) {
        Kept kept = new Kept(new ArrayList<>());
        if (NAME.isEmpty()) {
            kept.read(Source.stream("input", () -> new ByteArrayInputStream(data), true));
            return;
        }
        Input input = new Input("input", new Head(data), new ByteArrayInputStream(data), null);
        try {
            reader().read(input, kept);
        } catch (IOException refused) {
            return;
        }
    }

    /** The reader of this name; {@code HotSpotText} stands for whatever nobody recognises. */
    private static Format reader() {
        List<Format> named = Formats.all().stream()
                .filter(format -> format.getClass().getName().contains('.' + NAME))
                .toList();
        if (named.size() != 1) {
            throw new IllegalArgumentException("no reader is called " + NAME);
        }
        return named.get(0);
    }
}
