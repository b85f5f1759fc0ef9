package dev.whyhung.read;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whyhung.Runs;
import dev.whyhung.model.InputReport;
import dev.whyhung.model.ThreadDump;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A dump, and parts of it once more: below it, or in a program. */
class QuoteTest {

    private static List<ThreadDump> dumps(String text) {
        return Described.of(text).dumps();
    }

    private static final String DUMP = """
            2026-03-04 10:11:12
            Full thread dump OpenJDK 64-Bit Server VM (25.402-b08 mixed mode):

            "oven-1" #11 prio=5 os_prio=0 tid=0x00007f1b2435c800 nid=0x6e9e waiting on condition [0x00007f1b0e2ce000]
               java.lang.Thread.State: TIMED_WAITING (sleeping)
            \tat java.lang.Thread.sleep(Native Method)
            \tat com.acme.Oven.heat(Oven.java:40)

            "oven-2" #12 prio=5 os_prio=0 tid=0x00007f1b2435d800 nid=0x6e9f runnable [0x00007f1b0e2cf000]
               java.lang.Thread.State: RUNNABLE
            \tat com.acme.Oven.turn(Oven.java:51)

            JNI global references: 12

            """;

    @Test
    void aQuoteBelowTheDumpIsNoLaterDump() {
        String quote = DUMP.substring(DUMP.indexOf("\"oven-1"), DUMP.indexOf("\"oven-2"));
        assertEquals(1, dumps(DUMP + "Look at this one:\n\n" + quote).size());
        assertEquals(
                1, dumps(DUMP + "Look:\n\n" + quote + "It heats.\n\n" + quote).size());
        assertEquals(2, dumps(DUMP + quote.replace(":40)", ":41)")).size(), "it has moved");
        assertEquals(2, dumps(DUMP + DUMP.replace("10:11:12", "10:11:42")).size(), "taken again");
        assertEquals(2, dumps(DUMP + DUMP.substring(DUMP.indexOf("\"oven-1"))).size(), "all of it");
    }

    @Test
    void aQuoteIsReported() {
        String quote = DUMP.substring(DUMP.indexOf("\"oven-1"), DUMP.indexOf("\"oven-2"));
        InputReport report =
                Runs.read(DUMP + "Look at this one:\n\n" + quote).inputs().get(0);
        assertEquals(InputReport.Status.READ, report.status());
        assertEquals("shows 1 thread once more below the dump, as a quote of it does", report.message());
    }

    /** However many threads the dump has. */
    @Test
    void aQuoteOfALargeDump() {
        StringBuilder large = new StringBuilder(DUMP.substring(0, DUMP.indexOf("\"oven-1")));
        String thread = DUMP.substring(DUMP.indexOf("\"oven-1"), DUMP.indexOf("\"oven-2"));
        for (int i = 0; i < 6_000; i++) {
            large.append(thread.replace("oven-1\" #11", "oven-" + i + "\" #" + (100 + i)));
        }
        String quote = large.substring(large.indexOf("\"oven-7\""), large.indexOf("\"oven-9\""));
        assertEquals(1, dumps(large + "Look:\n\n" + quote).size());
    }

    @Test
    void aNameBehindTheCodeThatHoldsIt() {
        List<ThreadDump> dumps = dumps("text = \"\"\"" + DUMP.substring(DUMP.indexOf("\"oven-1")) + "\"\"\"\n");
        assertEquals("oven-1", dumps.get(0).threads().get(0).name());
    }

    @Test
    void aDumpInTheLinesOfAProgram() {
        for (boolean leading : new boolean[] {true, false}) {
            StringBuilder program = new StringBuilder("class OvenTest {\n    static final String DUMP =");
            String[] lines = DUMP.split("\n");
            for (int i = 0; i < lines.length; i++) {
                String text = '"' + lines[i].replace("\"", "\\\"").replace("\t", "\\t") + "\\n\"";
                program.append(i == 0 ? " " : leading ? "        + " : "\t\t")
                        .append(text)
                        .append(i + 1 == lines.length ? ";" : leading ? "" : " +")
                        .append('\n');
            }
            List<ThreadDump> dumps = dumps(program + "}\n");
            assertEquals(1, dumps.size());
            assertEquals(2, dumps.get(0).threads().size());
            assertEquals(2, dumps.get(0).threads().get(0).stack().depth());
        }
    }

    @Test
    void anAbridgedQuoteBelowTheDumpIsNoLaterDump() {
        String quote = """
                "oven-1" #11 ... TIMED_WAITING (sleeping)
                    at com.acme.Oven.heat(Oven.java:40)
                """;
        assertEquals(1, dumps(DUMP + "Look at this one:\n\n" + quote).size());
        assertEquals(
                2, dumps(DUMP + "Later:\n\n" + quote.replace(":40)", ":41)")).size());
    }
}
