package dev.whyhung.read.container;

import dev.whyhung.read.bytes.Head;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A log that was emptied while its writer went on where it was: the file begins with as many zeros. */
final class Padding implements Container {

    @Override
    public boolean recognises(Head head) {
        return head.begins(0, 0, 0, 0, 0, 0, 0, 0)
                && head.text().chars().filter(c -> c == 0).count() == leading(head);
    }

    private static long leading(Head head) {
        return head.text().chars().takeWhile(c -> c == 0).count();
    }

    @Override
    public void unpack(InputStream packed, Contents contents) throws IOException {
        BufferedInputStream in = new BufferedInputStream(packed);
        do {
            in.mark(1);
        } while (in.read() == 0);
        in.reset();
        contents.whole(in);
    }
}
