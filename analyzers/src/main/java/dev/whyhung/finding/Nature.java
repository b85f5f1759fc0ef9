package dev.whyhung.finding;

/** What a finding does to blame that arrives at it. */
public enum Nature {
    /** A defect in this process: attribution stops here. */
    OPAQUE,
    /** A consequence: attribution passes through to what the holders do. */
    TRANSPARENT,
    /** Outside the process. */
    EXOGENOUS,
    /** Says something about the evidence, not about the service; never ranked. */
    DATA_QUALITY
}
