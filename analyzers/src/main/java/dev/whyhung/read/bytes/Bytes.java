package dev.whyhung.read.bytes;

import java.io.IOException;
import java.io.InputStream;

/** For streams that make their bytes one at a time. */
public final class Bytes {

    private Bytes() {}

    /** Reads many of them, as {@link InputStream#read(byte[], int, int)} does; unlike there, a failure is not swallowed. */
    public static int fill(InputStream in, byte[] target, int offset, int length) throws IOException {
        for (int count = 0; count < length; count++) {
            int read = in.read();
            if (read < 0) {
                return count == 0 ? -1 : count;
            }
            target[offset + count] = (byte) read;
        }
        return length;
    }
}
