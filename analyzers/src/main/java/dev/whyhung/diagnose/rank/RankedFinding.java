package dev.whyhung.diagnose.rank;

import dev.whyhung.finding.Finding;
import dev.whyhung.finding.Tier;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A finding in its place.
 *
 * @param id rule and number: {@code deadlock-class-init-1}; also the anchor in the page
 * @param fingerprint stable over runs and restarts: rule, resource class, acquiring frame
 * @param rank from 1, counting on through folded and informational findings
 * @param impact weight of the threads that it explains by the weight of all live task threads, 0 to 1
 * @param explained how many stuck threads reach a culprit, stuck culprits included
 * @param victims the same without the culprits
 * @param consequences ids of the findings folded under this one
 * @param foldedUnder id of the finding that explains this one, or null
 */
public record RankedFinding(
        String id,
        String fingerprint,
        Finding finding,
        int rank,
        Severity severity,
        Score score,
        Tier tier,
        double impact,
        int explained,
        Crowd victims,
        List<String> consequences,
        @Nullable String foldedUnder) {

    public RankedFinding {
        consequences = List.copyOf(consequences);
    }

    /** How sure it is, in the words that belong to its score. */
    public String phrase() {
        double value = score.value();
        if (severity == Severity.INFO) {
            return "note";
        }
        return value >= 70
                ? "root cause"
                : value >= 45 ? "probable root cause" : value >= 25 ? "suspect" : "observation";
    }
}
