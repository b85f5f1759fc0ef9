package dev.whyhung.read.bytes;

import java.io.IOException;

/** An input goes beyond one of the {@link Limits}; the message says which, and how to raise it. */
public final class LimitException extends IOException {

    LimitException(String message) {
        super(message);
    }
}
