package dev.whyhung.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whyhung.diagnose.Diagnosis;
import dev.whyhung.diagnose.rank.RankedFinding;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class MarkdownReportTest {

    @Test
    void tellsTheIncidentInOneMessage() throws IOException {
        String text = markdown(Samples.hung());
        assertTrue(text.startsWith("""
                        ## HUNG: 200 request threads wait for a lock whose holder order-worker-1 is idle: nobody will release it.

                        pid 4711 · confidence 98% · 2 dumps over 10 s · 207 threads · 205 stuck, 0 of them unexplained

                        **Root cause** (`orphaned-lock-idle-owner`, critical, proven): Lock ReentrantLock &lt;0x000000071a2b3c40&gt; is held by order-worker-1, which is idle and will never release it

                        - **Culprit:** `"order-worker-1" (#27)` at `com.acme.Orders.place(Orders.java:41)`
                        - **Explains:** 200 of 205 stuck threads; unchanged for 10 s; it cannot end by itself
                        - **Evidence:** `jstack-2.txt:1204` `- <0x000000071a2b3c40> (a java.util.concurrent.locks.ReentrantLock$NonfairSync)`
                        """), text);
        assertTrue(text.contains("- **Fix:** Release the lock in a finally block"), text);
        assertTrue(text.contains("- **Capture next:** `jcmd <pid> JFR.start"), text);
        assertTrue(text.contains("\n<details><summary>Details</summary>\n\n"), text);
        assertTrue(text.contains("```java\nlock.lock();\ntry {\n    orders.place(order);\n"), text);
        assertTrue(text.contains("- Consequence: All 200 workers"), text);
    }

    @Test
    void saysWhatToCaptureWhereNothingCanBeTold() throws IOException {
        String text = markdown(Samples.inconclusive());
        assertTrue(text.startsWith("""
                        ## INCONCLUSIVE: The dump shows too little to tell.

                        1 dump · 1 thread · 1 stuck, 1 of them unexplained

                        - **Capture next:** `jcmd <pid> Thread.print -l  (three times, ten seconds apart)`

                        <details>"""), text);
    }

    @Test
    void namesWhatIsToBlameWhereNoThreadIs() {
        RankedFinding exhausted = SampleFindings.exhausted(List.of());
        String text = MarkdownReport.finding(Samples.hung().processes().get(0), exhausted);
        assertTrue(text.contains("- **Culprit:** no thread is known; thread pool http-nio-8080-exec\n"), text);
    }

    /** A line right behind an item would belong to it. */
    @Test
    void aListEndsWithABlankLine() throws IOException {
        String text = markdown(Samples.hung());
        assertTrue(text.contains("\n\nWho waits for whom:\n\n"), text);
    }

    @Test
    void fitsAMessage() throws IOException {
        for (Diagnosis diagnosis : List.of(
                Samples.hung(),
                Samples.healthy(),
                Samples.inconclusive(),
                Samples.twoProcesses(),
                Samples.nothing(),
                Samples.hostile())) {
            String text = markdown(diagnosis);
            assertTrue(text.length() <= MarkdownReport.LIMIT, () -> text.length() + " characters");
            assertEquals(text.contains("<details>"), text.contains("\n</details>\n"));
        }
    }

    @Test
    void severalProcessesHaveAnOverview() throws IOException {
        String text = markdown(Samples.twoProcesses());
        assertTrue(text.startsWith("2 processes: 1 hung, 1 healthy\n\n- **hung:** pid 4711, com.acme.Orders, "), text);
        assertTrue(text.contains("- **healthy:** pid unknown: a.txt, b.txt\n"), text);
    }

    @Test
    void hostileTextStaysText() throws IOException {
        String outsideCode = markdown(Samples.hostile())
                .replaceAll("(?s)(?<!`)(`+)(?!`).+?(?<!`)\\1(?!`)", "CODE")
                .replaceAll("</?details>|</?summary>", "");
        assertFalse(outsideCode.contains("<"), outsideCode);
        assertFalse(outsideCode.contains("://"), outsideCode);
        assertFalse(outsideCode.contains("@channel"), outsideCode);
        assertFalse(outsideCode.contains("](") && !outsideCode.contains("\\]("), outsideCode);
        assertTrue(outsideCode.contains("&lt;script&gt;alert(1)&lt;/script&gt;"), outsideCode);
        assertTrue(outsideCode.contains("\\\\u{1B}\\[31mred"), outsideCode);
    }

    @Test
    void fencesCodeThatHoldsBackticks() {
        assertEquals("``a`b``", MarkdownText.code("a`b"));
        assertEquals("``` ``x ```", MarkdownText.code("``x"));
        assertEquals("````java\n```\n````\n", MarkdownText.block("java", "```"));
    }

    @Test
    void escapesMarkup() {
        assertEquals("\\*a\\_b\\* \\[x\\](y) &lt;b&gt; &amp;amp;", MarkdownText.plain("*a_b* [x](y) <b> &amp;"));
        assertEquals("\\# (at)here java.base@17 https&#58;//x", MarkdownText.plain("# @here java.base@17 https://x"));
    }

    private static String markdown(Diagnosis diagnosis) throws IOException {
        StringBuilder out = new StringBuilder();
        new MarkdownReport().write(diagnosis, out);
        return out.toString();
    }
}
