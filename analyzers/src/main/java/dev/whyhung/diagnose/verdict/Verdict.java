package dev.whyhung.diagnose.verdict;

/** The answer in one line. */
public record Verdict(Status status, String headline, double confidence) {

    /** What the evidence says about the service. */
    public enum Status {
        HUNG,
        DEGRADED,
        HEALTHY,
        INCONCLUSIVE
    }
}
