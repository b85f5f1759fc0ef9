package dev.whyhung.knowledge;

/** What the class of a park blocker says about who could hold it. */
public enum SynchronizerKind {
    /** One thread at a time, and the JVM knows which. */
    EXCLUSIVE,
    /** A read-write lock: the writer is known to the JVM, readers never are. */
    READ_WRITE,
    /** A condition: awaiting it has released its lock. */
    CONDITION,
    PERMITS,
    LATCH,
    FUTURE,
    QUEUE,
    /** The idle place of a pool. */
    POOL,
    /** Not in the tables. */
    UNKNOWN
}
