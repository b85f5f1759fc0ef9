package dev.whyhung.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whyhung.Runs;
import dev.whyhung.diagnose.Check;
import dev.whyhung.model.Evidence;
import dev.whyhung.model.InputReport;
import java.io.ByteArrayInputStream;
import java.util.List;

/** What holds of every input, however damaged. */
final class Invariants {

    private Invariants() {}

    /** Reading throws nothing, and every thread that the report counts is in the evidence, but for dumps that stand there twice. */
    static Intake.Result check(byte[] input) {
        Intake.Result result = read(input);
        long threads = result.inputs().stream().mapToLong(InputReport::threads).sum();
        long kept = result.processes().stream()
                .flatMap(process -> process.dumps().stream())
                .mapToLong(info -> info.threads())
                .sum();
        if (result.processes().stream().anyMatch(Invariants::hasCopies)) {
            assertTrue(kept < threads, kept + " threads of " + threads);
        } else {
            assertEquals(threads, kept, "threads");
        }
        return result;
    }

    private static boolean hasCopies(Evidence process) {
        return process.notes().stream()
                .anyMatch(note -> note.contains(" given twice ") || note.contains(" given before "));
    }

    /** The same; no rule fails on it, and the same bytes give the same result. */
    static Intake.Result examine(byte[] input) {
        Intake.Result result = check(input);
        Runs.diagnose(result)
                .processes()
                .forEach(process -> process.checks()
                        .forEach(check -> assertTrue(check.outcome() != Check.Outcome.FAILED, check::toString)));
        assertEquals(text(result), text(read(input)), "the same bytes give the same result");
        return result;
    }

    private static Intake.Result read(byte[] input) {
        Intake.Result result =
                Intake.read(List.of(Source.stream("input", () -> new ByteArrayInputStream(input), true)));
        result.inputs().forEach(Invariants::checkForBugs);
        return result;
    }

    /** The intake contains what a reader throws: here it shall not. */
    static void checkForBugs(InputReport report) {
        assertFalse(String.valueOf(report.message()).contains(Unpacker.BUG), report::toString);
    }

    private static String text(Intake.Result result) {
        StringBuilder text = new StringBuilder().append(result.inputs());
        for (Evidence process : result.processes()) {
            text.append(process.dumps()).append(process.notes());
            process.focus()
                    .threads()
                    .forEach(thread -> text.append(thread.id())
                            .append(thread.name())
                            .append(thread.status())
                            .append(thread.stack().frames())
                            .append(thread.locks()));
        }
        return text.toString();
    }
}
