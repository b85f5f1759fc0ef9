package dev.whyhung.read.container;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** A stream that consists of pieces, each of which is worked out when the one before has been read. */
abstract class Pieces extends InputStream {

    private byte[] piece = new byte[0];
    private int next;
    private boolean ended;

    /** The next piece, which may be empty; null at the end, behind which nothing is asked for. */
    abstract byte @Nullable [] piece() throws IOException;

    @Override
    public final int read() throws IOException {
        return fill() ? piece[next++] & 0xff : -1;
    }

    @Override
    public final int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, piece.length - next);
        System.arraycopy(piece, next, target, offset, count);
        next += count;
        return count;
    }

    private boolean fill() throws IOException {
        while (next == piece.length && !ended) {
            byte[] following = piece();
            ended = following == null;
            if (following != null) {
                piece = following;
                next = 0;
            }
        }
        return next < piece.length;
    }
}
