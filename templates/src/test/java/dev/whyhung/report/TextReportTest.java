package dev.whyhung.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whyhung.diagnose.Diagnosis;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextReportTest {

    @Test
    void tellsAnOrdinaryIncidentOnOneScreen() throws IOException {
        assertEquals("""
                HUNG         200 request threads wait for a lock whose holder order-worker-1 is idle: nobody will
                             release it.
                             confidence 98%, pid 4711, 2 dumps over 10 s, 207 threads, 205 stuck, OpenJDK 64-Bit...

                1. ROOT CAUSE  orphaned-lock-idle-owner: critical, proven (98%), score 95.6
                   Lock ReentrantLock <0x000000071a2b3c40> is held by order-worker-1, which is idle and will never
                   release it
                   Culprit   "order-worker-1" (#27) at com.acme.Orders.place(Orders.java:41)
                   Explains  200 of 205 stuck threads; unchanged for 10 s; it cannot end by itself
                   Evidence  jstack-2.txt:1204  - <0x000000071a2b3c40> (a java.util.concurrent.locks.ReentrantLoc...
                   Fix       Release the lock in a finally block, so that an exception cannot leave it held.
                   Next time jcmd <pid> JFR.start duration=60s settings=profile filename=hang.jfr
                   Leads to  All 200 workers of http-nio-8080-exec are stuck; new requests queue

                2. observation  5 threads wait for an answer of feed.example:8443 (medium)
                Unexplained  none of the stuck threads
                Note         The dumps have no time zone; they are ordered by elapsed time.
                Blockers     order-worker-1 (culprit), idle in ThreadPoolExecutor.getTask
                             └─ lock ReentrantLock$NonfairSync <0x000000071a2b3c40> (culprit), 200 threads behind...
                                └─ http-nio-8080-exec (200), at com.acme.Orders.place(Orders.java:41)
                Read         2 hotspot-text with 2 dumps
                Page         whyhung-report.html
                """, text(Samples.hung(), false));
    }

    @Test
    void fitsTheScreen() throws IOException {
        for (Diagnosis diagnosis :
                List.of(Samples.hung(), Samples.healthy(), Samples.inconclusive(), Samples.hostile())) {
            List<String> lines = text(diagnosis, false).lines().toList();
            assertTrue(lines.size() <= 24, () -> String.join("\n", lines));
            lines.forEach(line -> assertTrue(line.length() <= 100, line));
        }
    }

    @Test
    void beginsWithTheVerdict() throws IOException {
        assertTrue(text(Samples.healthy(), false).startsWith("HEALTHY      Nothing is stuck"));
        assertTrue(text(Samples.inconclusive(), false).startsWith("INCONCLUSIVE The dump shows too little"));
        assertTrue(text(Samples.nothing(), false).startsWith("NO RESULT    No thread dump could be read"));
        assertFalse(text(Samples.inconclusive(), false).contains("confidence"));
    }

    @Test
    void namesWhatWasMissingAndHowToCaptureIt() throws IOException {
        String text = text(Samples.inconclusive(), false);
        assertTrue(text.contains("Note         Only one dump was given"), text);
        assertTrue(text.contains("  Capture    jcmd <pid> Thread.print -l"), text);
        assertTrue(
                text.contains("Input        jstack-cut.txt: partial, 2 lines skipped (first: line 7): ends inside"),
                text);
        assertTrue(text.contains("Unexplained  1 stuck thread: main"), text);
    }

    @Test
    void tellsEveryProcess() throws IOException {
        String text = text(Samples.twoProcesses(), false);
        assertTrue(text.startsWith("""
                        PROCESSES    2: 1 hung, 1 healthy
                          hung       pid 4711, com.acme.Orders, started 2026-11-22 10:00:00: jstack-1.txt, jstack-2.txt
                          healthy    pid unknown: a.txt, b.txt

                        HUNG"""), text);
        assertTrue(text.contains("\n\nHEALTHY "), text);
        assertTrue(text.contains("pid unknown"), text);
        assertTrue(text.contains("Ignored      1 on request: timer: ignored"), text);
    }

    @Test
    void breaksLinesAtBlanksUnlessAWordIsLongerThanALine() throws IOException {
        StringBuilder out = new StringBuilder();
        Screen screen = new Screen(out, false, 40);
        screen.write(Screen.Ink.NONE, "At", 5, "short then.a.word.of.thirty-four.letters", 3);
        screen.write(Screen.Ink.NONE, "At", 5, "short " + "x".repeat(50), 3);
        screen.write(Screen.Ink.NONE, "At", 5, "one two three four five six seven eight nine ten eleven", 1);
        assertEquals("""
                At   short
                     then.a.word.of.thirty-four.letters
                At   short xxxxxxxxxxxxxxxxxxxxxxxxxxxxx
                     xxxxxxxxxxxxxxxxxxxxx
                At   one two three four five six seve...
                """, out.toString());
    }

    @Test
    void coloursOnRequestOnly() throws IOException {
        String coloured = text(Samples.hung(), true);
        assertTrue(coloured.startsWith("\u001B[1;31mHUNG\u001B[0m  "), coloured);
        assertEquals(text(Samples.hung(), false), coloured.replaceAll("\u001B\\[[0-9;]*m", ""));
    }

    @Test
    void lettersAreNeverLostToANarrowTerminal() throws IOException {
        StringBuilder out = new StringBuilder();
        new TextReport(false, 20).write(Samples.hostile(), "a-page-with-a-very-long-name-that-does-not-fit.html", out);
        out.toString().lines().forEach(line -> assertTrue(line.length() <= 45, line));
    }

    private static String text(Diagnosis diagnosis, boolean colour) throws IOException {
        StringBuilder out = new StringBuilder();
        new TextReport(colour, 100).write(diagnosis, "whyhung-report.html", out);
        return out.toString();
    }
}
