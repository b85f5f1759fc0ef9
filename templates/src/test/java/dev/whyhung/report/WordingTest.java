package dev.whyhung.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.diagnose.rank.RankedFinding;
import dev.whyhung.diagnose.verdict.Verdict;
import dev.whyhung.finding.Culprit;
import dev.whyhung.model.InputReport;
import dev.whyhung.model.ThreadId;
import java.util.List;
import org.junit.jupiter.api.Test;

class WordingTest {

    @Test
    void callsAThreadWithoutNameByItsId() {
        ThreadId id = ThreadId.ofJava(21);
        assertEquals("virtual thread #21", Wording.culprit(new Culprit("", id, true, true, null), 40));
        assertEquals(
                "\"pool-1\" (#21), no longer alive",
                Wording.culprit(new Culprit("pool-1", id, false, false, null), 40));
    }

    @Test
    void gathersConsequencesOfConsequences() {
        ProcessDiagnosis process = Samples.hung().processes().get(0);
        List<RankedFinding> leading = Wording.leading(process);
        assertEquals(List.of("orphaned-lock-idle-owner-1", "external-io-stall-1"), ids(leading));
        assertEquals(List.of("thread-pool-exhausted-1"), ids(Wording.folded(process, leading.get(0))));
        assertEquals(List.of(), ids(Wording.folded(process, leading.get(1))));
    }

    @Test
    void noticesThatTheVerdictIsTheHeadline() {
        RankedFinding first = Samples.hung().processes().get(0).findings().get(0);
        String headline = first.finding().headline();
        assertTrue(Wording.isSaidBy(new Verdict(Verdict.Status.HUNG, headline + ".", 1), first));
        assertFalse(Wording.isSaidBy(new Verdict(Verdict.Status.HUNG, "Something else.", 1), first));
    }

    @Test
    void hasNothingToSayAboutAGoodInput() {
        assertNull(Wording.problem(
                new InputReport("a", "hotspot-text", InputReport.Status.READ, 1, 1, 0, List.of(), null)));
        assertEquals(
                "skipped: holds no thread dump",
                Wording.problem(new InputReport(
                        "a", "unknown", InputReport.Status.SKIPPED, 0, 0, 0, List.of(), "holds no thread dump")));
        assertEquals(
                "read, 1 line skipped",
                Wording.problem(
                        new InputReport("a", "hotspot-text", InputReport.Status.READ, 1, 1, 1, List.of(), null)));
    }

    private static List<String> ids(List<RankedFinding> findings) {
        return findings.stream().map(RankedFinding::id).toList();
    }

    @Test
    void whatTheInputsWereTakenFor() {
        InputReport text = new InputReport("a", "hotspot-text", InputReport.Status.READ, 2, 9, 0, List.of(), null);
        InputReport scheduler = new InputReport("b", "scheduler", InputReport.Status.READ, 0, 0, 0, List.of(), null);
        InputReport notes = InputReport.skipped("c", "unknown", "holds no thread dump");
        assertEquals(
                "2 hotspot-text with 4 dumps, 1 scheduler; 1 not read",
                Wording.formats(List.of(text, scheduler, text, notes)));
        assertEquals("1 not read", Wording.formats(List.of(notes)));
        assertEquals("1 byte", Wording.size(1));
        assertEquals("1.0 kB", Wording.size(1_000));
        assertEquals("735 kB", Wording.size(735_123));
        assertEquals("1074 MB", Wording.size(1L << 30));
    }
}
