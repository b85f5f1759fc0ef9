package dev.whyhung.knowledge;

import org.jspecify.annotations.Nullable;

/**
 * A call that blocks its caller.
 *
 * @param id name of the signature: {@code socket-read-untimed}
 * @param kind what sort of call it is
 */
public record Call(String id, Kind kind) {

    /** Whether it waits for the tasks of a {@code StructuredTaskScope}. */
    public boolean isScopeJoin() {
        return id.equals("scope-join");
    }

    /** By its name, which has one kind; a generated method costs a small run 20 ms. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Call call && id.equals(call.id);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    /** The sorts of blocking calls; the first word names them in the data files. */
    public enum Kind {
        READ("waits for data from a socket", "io", true),
        CONNECT("opens a connection", "io", true),
        WRITE("writes to a socket whose other end does not read", "io", true),
        REMOTE("waits for the answer of another system", "io", true),
        DNS("waits for a name server", "dns", true),
        BORROW("waits for a pooled connection", "borrow", false),
        DATABASE_LOCK("waits for a lock inside the database", "database-lock", true),
        DISTRIBUTED_LOCK("waits for a lock that all processes share", "distributed-lock", true),
        FILE("reads or writes a file or pipe", "file", false),
        PROCESS("waits for another process", "process", false),
        ENTROPY("waits for random numbers", "entropy", false),
        SLEEP("sleeps", "sleep", false),
        FUTURE("waits for a result", "future", false),
        PUT("waits for room in a queue", "queue", false),
        PERMIT("waits for a permit", "permits", false),
        LATCH("waits for a latch or barrier", "latch", false),
        CLOSE("waits for an executor to end", "close", false),
        LOG("writes to a log", "log", false);

        private final String title;
        private final String across;
        private final boolean external;

        Kind(String title, String across, boolean external) {
            this.title = title;
            this.across = across;
            this.external = external;
        }

        /** What a thread in such a call does, as a verb phrase. */
        public String title() {
            return title;
        }

        /** The word in {@code across-io}. */
        public String across() {
            return across;
        }

        /** Whether the answer comes from outside the process. */
        public boolean isExternal() {
            return external;
        }
    }
}
