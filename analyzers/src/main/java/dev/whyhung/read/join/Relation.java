package dev.whyhung.read.join;

/** How sure it is that two dumps are of one process, the surest last. */
enum Relation {
    /** Something speaks against it. */
    OTHER,
    /** Nothing speaks against it. */
    POSSIBLE,
    /** They print the same process id; in containers all processes may have it. */
    LIKELY,
    /** Their threads lie at the same addresses. */
    SAME
}
