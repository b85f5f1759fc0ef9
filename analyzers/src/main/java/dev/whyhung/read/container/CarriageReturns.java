package dev.whyhung.read.container;

import dev.whyhung.read.bytes.Head;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Text whose lines end with a carriage return alone: old editors write it, and terminals' logs hold it. */
final class CarriageReturns implements Container {

    @Override
    public boolean recognises(Head head) {
        return isOne(head);
    }

    static boolean isOne(Head head) {
        String text = head.text();
        int first = text.indexOf('\r');
        return first >= 0 && text.indexOf('\n') < 0 && text.indexOf('\r', first + 1) >= 0 && !head.isBinary();
    }

    @Override
    public void unpack(InputStream packed, Contents contents) throws IOException {
        contents.whole(new FilterInputStream(packed) {

            @Override
            public int read() throws IOException {
                int next = super.read();
                return next == '\r' ? '\n' : next;
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                int count = super.read(target, offset, length);
                for (int i = offset; i < offset + count; i++) {
                    target[i] = target[i] == '\r' ? (byte) '\n' : target[i];
                }
                return count;
            }
        });
    }
}
