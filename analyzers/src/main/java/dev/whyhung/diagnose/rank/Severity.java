package dev.whyhung.diagnose.rank;

/** How bad a finding is for the service, worst first. */
public enum Severity {
    CRITICAL,
    HIGH,
    MEDIUM,
    LOW,
    INFO;

    public boolean atLeast(Severity other) {
        return compareTo(other) <= 0;
    }

    /** The milder of the two. */
    public Severity atMost(Severity cap) {
        return compareTo(cap) < 0 ? cap : this;
    }

    /** The graver of the two. */
    public Severity atLeastAs(Severity floor) {
        return compareTo(floor) < 0 ? this : floor;
    }
}
