package dev.whyhung.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whyhung.DumpText;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.diagnose.rank.RankedFinding;
import dev.whyhung.diagnose.verdict.Verdict;
import dev.whyhung.finding.Culprit;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A superclass whose initializer makes an object of a subclass, while another thread has begun to initialise that. */
class SubclassInitTest {

    private static void waits(DumpText dump, String name, String awaited, String... frames) {
        String[] lines = new String[frames.length + 2];
        lines[0] = frames[0];
        lines[1] = "- waiting on the Class initialization monitor for com.acme." + awaited;
        System.arraycopy(frames, 1, lines, 2, frames.length - 1);
        lines[frames.length + 1] = "java.lang.Thread.run(java.base@17.0.15/Thread.java:840)";
        dump.thread(name, "RUNNABLE", lines);
    }

    private static DumpText dump(int second, boolean another) {
        DumpText dump = DumpText.withOwners(second);
        waits(dump, "grid-1", "Leaf", "com.acme.Node.<clinit>(Node.java:4)", "com.acme.Grid.first(Grid.java:7)");
        waits(dump, "grid-2", "Node", "com.acme.Grid.first(Grid.java:7)");
        waits(dump, "grid-3", "Node", "com.acme.Grid.next(Grid.java:12)");
        if (another) {
            waits(dump, "grid-4", "Leaf", "com.acme.Grid.next(Grid.java:12)");
        }
        return dump;
    }

    private static RankedFinding deadlock(boolean another) {
        ProcessDiagnosis process = Runs.process(dump(0, another), dump(DumpText.LATER, another));
        assertEquals(Verdict.Status.HUNG, process.verdict().status());
        assertEquals("deadlock-class-init", Runs.rules(process).get(0));
        return process.findings().get(0);
    }

    @Test
    void whoStandsWhereOthersWaitForTheSubclassHasBegunIt() {
        List<String> culprits = deadlock(true).finding().culprits().stream()
                .map(Culprit::thread)
                .toList();
        assertEquals(List.of("grid-1", "grid-3"), culprits);
    }

    @Test
    void ifThatTellsNothingItIsOneOfThem() {
        RankedFinding sure = deadlock(true);
        RankedFinding unsure = deadlock(false);
        assertEquals(2, unsure.finding().culprits().size());
        assertEquals(
                -1, Double.compare(unsure.score().confidence(), sure.score().confidence()));
    }

    /** It makes an object of the subclass, which has to be initialised after it, and takes its time. */
    private static DumpText slow(int second) {
        DumpText dump = DumpText.withOwners(second)
                .thread(
                        "grid-0",
                        "TIMED_WAITING (sleeping)",
                        "java.lang.Thread.sleep(java.base@17.0.15/Native Method)",
                        "com.acme.Base.<clinit>(Base.java:4)",
                        "com.acme.Grid.first(Grid.java:7)",
                        "java.lang.Thread.run(java.base@17.0.15/Thread.java:840)");
        waits(dump, "grid-1", "Leaf", "com.acme.Node.<clinit>(Node.java:4)", "com.acme.Grid.next(Grid.java:12)");
        for (int i = 2; i <= 7; i++) {
            waits(dump, "grid-" + i, "Node", "com.acme.Grid.next(Grid.java:12)");
        }
        return dump;
    }

    @Test
    void whoRunsTheInitialiserOfItsSuperclassMayHaveBegunIt() {
        ProcessDiagnosis process = Runs.process(slow(0), slow(DumpText.LATER));
        assertEquals(
                List.of(),
                Runs.rules(process).stream()
                        .filter("deadlock-class-init"::equals)
                        .toList());
    }

    /** As JDK 8 prints it, which does not name the class. */
    private static String old(int second) {
        String run = "java.lang.Thread.run(Thread.java:750)";
        return DumpText.withOwners(second)
                .asJava8()
                .thread(
                        "grid-1",
                        "RUNNABLE",
                        "com.acme.Node.<clinit>(Node.java:4)",
                        "com.acme.Grid.first(Grid.java:7)",
                        run)
                .thread("grid-2", "RUNNABLE", "com.acme.Grid.next(Grid.java:12)", run)
                .thread("grid-3", "RUNNABLE", "com.acme.Grid.first(Grid.java:7)", run)
                .whole()
                .replace(" runnable  [", " in Object.wait()  [");
    }

    @Test
    void theOnlyInitialiserShownDoesNotWaitForItself() {
        ProcessDiagnosis process = Runs.diagnose(Runs.read(old(0), old(DumpText.LATER)))
                .processes()
                .get(0);
        assertEquals("deadlock-class-init", Runs.rules(process).get(0));
    }
}
