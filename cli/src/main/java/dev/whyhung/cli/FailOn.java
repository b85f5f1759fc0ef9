package dev.whyhung.cli;

import dev.whyhung.diagnose.Diagnosis;
import dev.whyhung.diagnose.rank.RankedFinding;
import dev.whyhung.diagnose.rank.Severity;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** From which severity on a finding makes the run fail, that severity included. */
enum FailOn {
    NONE(null),
    LOW(Severity.LOW),
    MEDIUM(Severity.MEDIUM),
    HIGH(Severity.HIGH),
    CRITICAL(Severity.CRITICAL);

    private final @Nullable Severity least;

    FailOn(@Nullable Severity least) {
        this.least = least;
    }

    boolean reachedBy(Diagnosis diagnosis) {
        Severity threshold = least;
        return threshold != null
                && diagnosis.processes().stream()
                        .flatMap(process -> process.findings().stream())
                        .map(RankedFinding::severity)
                        .anyMatch(severity -> severity.atLeast(threshold));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
