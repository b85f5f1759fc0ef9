package dev.whyhung.read.container;

import dev.whyhung.read.bytes.Head;
import java.io.IOException;
import java.io.InputStream;

/** Something that inputs are packed in: a compressed stream, an archive, an encoding. Has no state. */
public interface Container {

    /** Takes what was in a container. */
    interface Contents {

        /** What the container wraps as a whole. */
        void whole(InputStream content) throws IOException;

        /**
         * One of several files.
         *
         * @param name as the archive has it: shown to people, never used as a path
         */
        void member(String name, InputStream content) throws IOException;
    }

    boolean recognises(Head head);

    /** Unpacks from the container's first byte to its end. */
    void unpack(InputStream packed, Contents contents) throws IOException;
}
