package dev.whyhung.report;

import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.diagnose.rank.RankedFinding;
import java.util.List;

/**
 * What was found in a process, and what no finding explains.
 *
 * @param leading the findings that stand for themselves
 * @param notes findings about the evidence
 * @param remarks what to know about the evidence, a sentence each
 * @param unexplained names of the first threads that no finding explains
 */
record FindingList(
        List<FindingCard> leading,
        List<FindingCard> notes,
        List<String> remarks,
        int unexplainedCount,
        List<String> unexplained) {

    static FindingList of(ProcessDiagnosis process, String prefix, Caps caps) {
        return new FindingList(
                cards(process, Wording.leading(process), prefix, caps),
                cards(process, Wording.informational(process), prefix, caps),
                process.notes(),
                process.unexplained().size(),
                process.unexplained().first().stream()
                        .map(id -> Legible.shortened(process.nameOf(id), Wording.LONGEST_NAME))
                        .toList());
    }

    private static List<FindingCard> cards(
            ProcessDiagnosis process, List<RankedFinding> findings, String prefix, Caps caps) {
        return findings.stream()
                .map(finding -> FindingCard.of(process, finding, prefix, caps))
                .toList();
    }
}
