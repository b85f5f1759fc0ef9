package dev.whyhung.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whyhung.Runs;
import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.diagnose.verdict.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A thread that waits names the owner of what it waits for, and the excerpt leaves the owner out. */
class NamedOwnerTest {

    private static String waiter(int number) {
        return """
                "handler-%d" Id=%d BLOCKED on org.apache.log4j.spi.RootLogger@13344c34 owned by "handler-9" Id=109
                \tat org.apache.log4j.Category.callAppenders(Category.java:204)
                \t-  blocked on org.apache.log4j.spi.RootLogger@13344c34
                \tat com.acme.Orders.place(Orders.java:56)

                """.formatted(number, 100 + number);
    }

    private static final String OWNER = """
            "handler-9" Id=109 RUNNABLE
            \tat com.acme.Orders.list(Orders.java:71)

            """;

    private static ProcessDiagnosis diagnose(String text) {
        List<ProcessDiagnosis> processes = Runs.diagnose(Runs.read(text)).processes();
        assertEquals(1, processes.size(), "processes");
        return processes.get(0);
    }

    @Test
    void anOwnerWhoIsNotShown() {
        ProcessDiagnosis process = diagnose(waiter(1) + waiter(2));
        assertEquals(Verdict.Status.INCONCLUSIVE, process.verdict().status());
        String headline = process.verdict().headline();
        assertTrue(headline.contains("RootLogger") && headline.contains("\"handler-9\" holds"), headline);
        assertTrue(headline.contains("Part of this dump is missing"), headline);
    }

    @Test
    void anOwnerWhoIsShownIsNotMadeTwice() {
        assertEquals(3, Described.of(waiter(1) + waiter(2) + OWNER).threads().size());
        assertEquals(
                "null", Described.of(waiter(1) + waiter(2) + OWNER).message(), "nothing is missing where the owner is");
    }
}
