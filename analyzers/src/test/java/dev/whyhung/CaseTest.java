package dev.whyhung;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whyhung.diagnose.Check;
import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.diagnose.rank.RankedFinding;
import dev.whyhung.finding.Culprit;
import dev.whyhung.fixtures.Run;
import dev.whyhung.graph.thread.Resource;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every run of every case: what the program's author knows to be true of its captures. */
class CaseTest {

    @TestFactory
    Stream<DynamicTest> cases() {
        return Trial.all().map(trial -> DynamicTest.dynamicTest(trial.toString(), () -> check(trial)));
    }

    private static void check(Trial trial) {
        Run run = trial.run();
        List<ProcessDiagnosis> processes = trial.processes();
        assertEquals(1, processes.size(), "processes");
        ProcessDiagnosis process = processes.get(0);
        String got = describe(process);
        assertAll(
                got,
                () -> assertTrue(
                        trial.of()
                                .expectation()
                                .verdictOf(run)
                                .contains(lower(process.verdict().status())),
                        "verdict"),
                () -> checkTop(run, process),
                () -> assertEquals(Set.of(), missing(run.also(), rules(process, finding -> true)), "also"),
                () -> assertEquals(Set.of(), common(run.forbid(), rules(process, Trial::matters)), "forbidden"),
                () -> assertEquals(Set.of(), missing(run.cannotKnow(), rules(process, finding -> true)), "cannot know"),
                () -> assertEquals(List.of(), failed(process), "failed rules"));
    }

    private static void checkTop(Run run, ProcessDiagnosis process) {
        List<RankedFinding> weighty =
                process.findings().stream().filter(Trial::matters).toList();
        if (weighty.isEmpty()) {
            assertTrue(run.acceptsNothing(), "nothing found");
            return;
        }
        RankedFinding top = process.findings().get(0);
        assertTrue(
                run.top().contains(top.finding().rule().id()),
                "top is " + top.finding().rule().id());
        Set<String> named =
                top.finding().culprits().stream().map(Culprit::thread).collect(Collectors.toSet());
        assertEquals(Set.of(), missing(run.culprits(), named), "culprits");
        Set<String> locks =
                top.finding().resources().stream().map(Resource::className).collect(Collectors.toSet());
        assertEquals(Set.of(), missing(run.locks(), locks), "locks");
        if (run.victims() != null) {
            int victims = top.victims().size();
            assertTrue(
                    run.victims().min() <= victims && victims <= run.victims().max(), "victims " + victims);
        }
    }

    private static Set<String> rules(ProcessDiagnosis process, Predicate<RankedFinding> test) {
        return process.findings().stream()
                .filter(test)
                .map(finding -> finding.finding().rule().id())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> missing(List<String> wanted, Set<String> found) {
        Set<String> missing = new TreeSet<>(wanted);
        missing.removeAll(found);
        return missing;
    }

    private static Set<String> common(List<String> forbidden, Set<String> found) {
        Set<String> common = new TreeSet<>(forbidden);
        common.retainAll(found);
        return common;
    }

    private static List<String> failed(ProcessDiagnosis process) {
        return process.checks().stream()
                .filter(check -> check.outcome() == Check.Outcome.FAILED)
                .map(check -> check.rule().id() + ": " + check.detail())
                .toList();
    }

    private static String describe(ProcessDiagnosis process) {
        return process.verdict() + "\n"
                + process.findings().stream()
                        .map(finding -> "  " + finding.severity() + ' ' + finding.score() + ' '
                                + finding.finding().rule().id() + ": "
                                + finding.finding().headline())
                        .collect(Collectors.joining("\n"))
                + "\n  unexplained: "
                + process.unexplained().first().stream()
                        .map(process::nameOf)
                        .limit(9)
                        .toList();
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
