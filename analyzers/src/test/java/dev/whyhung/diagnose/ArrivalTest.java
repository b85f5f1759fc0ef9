package dev.whyhung.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whyhung.DumpText;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.rank.Ignore;
import dev.whyhung.diagnose.verdict.Verdict;
import dev.whyhung.knowledge.Knowledge;
import dev.whyhung.read.Intake;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A service that worked in the first dump, and in the second waits for one who holds a lock while it reads from a socket. */
class ArrivalTest {

    private static final String CATALOGUE = "<0x00000000ee000001> (a com.acme.Catalogue)";
    private static final String[] RENDER = {"com.acme.Page.render(Page.java:80)", "com.acme.Page.serve(Page.java:31)"};
    private static final String[] WAIT = {
        "com.acme.Catalogue.price(Catalogue.java:36)", "com.acme.Page.serve(Page.java:30)"
    };

    private static DumpText working(String refresher) {
        return working(0, 40, refresher);
    }

    private static DumpText working(int second, int cpuMillis, String refresher) {
        DumpText dump = DumpText.withOwners(second)
                .thread("price-refresh", cpuMillis, "RUNNABLE", refresher, "com.acme.Prices.run(Prices.java:12)");
        for (int i = 0; i < 3; i++) {
            dump.thread("checkout-" + i, cpuMillis, "RUNNABLE", RENDER);
        }
        return dump;
    }

    private static DumpText hanging(int second) {
        DumpText dump = DumpText.withOwners(second)
                .thread(
                        "price-refresh",
                        90,
                        "RUNNABLE",
                        "sun.nio.ch.SocketDispatcher.read0(java.base@17.0.15/Native Method)",
                        "sun.nio.ch.NioSocketImpl.implRead(java.base@17.0.15/NioSocketImpl.java:312)",
                        "java.net.Socket$SocketInputStream.read(java.base@17.0.15/Socket.java:966)",
                        "com.acme.Catalogue.refresh(Catalogue.java:42)",
                        "- locked " + CATALOGUE,
                        "com.acme.Prices.run(Prices.java:12)");
        for (int i = 0; i < 3; i++) {
            dump.thread(
                    "checkout-" + i,
                    90,
                    "BLOCKED (on object monitor)",
                    WAIT[0],
                    "- waiting to lock " + CATALOGUE,
                    WAIT[1]);
        }
        return dump;
    }

    /** The earlier dump takes nothing from what the last one shows. */
    @Test
    void whoCameSinceTheDumpBeforeIsSeenOnce() {
        ProcessDiagnosis alone = Runs.process(hanging(DumpText.LATER));
        ProcessDiagnosis both = Runs.process(working("com.acme.Prices.parse(Prices.java:50)"), hanging(DumpText.LATER));
        assertEquals(Verdict.Status.HUNG, alone.verdict().status());
        assertEquals(
                alone.verdict().status(),
                both.verdict().status(),
                both.verdict().headline());
        assertEquals(Runs.rules(alone).get(0), Runs.rules(both).get(0));
    }

    @Test
    void whereOthersStoodAndHaveGoneOnTheyPass() {
        DumpText before = working("com.acme.Prices.parse(Prices.java:50)").blockedOn("checkout-4", CATALOGUE, WAIT);
        assertEquals(
                Verdict.Status.HEALTHY,
                Runs.process(before, hanging(DumpText.LATER)).verdict().status());
    }

    /** The answer has come at last; the incident is to be explained all the same. */
    @Test
    void aHangThatIsOverIsStillTold() {
        ProcessDiagnosis process =
                Runs.process(hanging(5), hanging(15), working(40, 200, "com.acme.Prices.parse(Prices.java:50)"));
        assertEquals(Verdict.Status.DEGRADED, process.verdict().status());
        assertEquals("lock-held-across-blocking-call", Runs.rules(process).get(0));
        assertTrue(
                process.verdict().headline().startsWith("At 12:00:15, and no longer at 12:00:40: "),
                process.verdict().headline());
    }

    @Test
    void aHangThatWasOverTheDayAfterIsToldWithItsDate() {
        String after = working(40, 200, "com.acme.Prices.parse(Prices.java:50)")
                .whole()
                .replace("2026-03-01", "2026-03-02")
                .replace("elapsed=140.00s", "elapsed=86540.00s");
        List<ProcessDiagnosis> processes = Runs.diagnose(
                        Runs.read(hanging(5).whole(), hanging(15).whole(), after))
                .processes();
        assertEquals(1, processes.size());
        String headline = processes.get(0).verdict().headline();
        assertTrue(headline.startsWith("At 2026-03-01 12:00:15, and no longer at 2026-03-02 12:00:40: "), headline);
    }

    @Test
    void aHangThatIsOverMayBeKnownAndIgnored() {
        Intake.Result intake = Runs.read(
                hanging(5).whole(),
                hanging(15).whole(),
                working(40, 200, "com.acme.Prices.parse(Prices.java:50)").whole());
        Diagnosis diagnosis = new Examiner(
                        Knowledge.standard(),
                        List.of(Ignore.parse("lock-held-across-blocking-call"), Ignore.parse("external-io-stall")))
                .examine("test", intake.inputs(), intake.processes());
        assertEquals(
                Verdict.Status.HEALTHY, diagnosis.processes().get(0).verdict().status());
        assertEquals(2, diagnosis.ignored().size(), diagnosis.ignored().toString());
    }
}
