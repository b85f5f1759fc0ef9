package dev.whyhung.read;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whyhung.Runs;
import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.fixtures.Cases;
import dev.whyhung.model.Evidence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Whatever was kept of one process or of several says the same in whatever order it is given. */
class InputOrderTest {

    private static final int ORDERS = 6;

    @TestFactory
    Stream<DynamicTest> sameInAnyOrder() {
        return Stream.of(
                        files("recording-idle-owner/17", "jstack-l-1.txt jstack-l-2.txt recording.jfr"),
                        files("recording-dead-owner/25", "jstack-l-1.txt jstack-l-2.txt recording.jfr"),
                        files(
                                "vthreads-pinned-native/25",
                                "dump-json-1.json dump-json-2.json dump-text-1.txt jstack-l-1.txt jstack-l-2.txt scheduler-2.txt"),
                        files(
                                "vthreads-deadlock-monitors/25",
                                "dump-json-1.json dump-json-2.json dump-text-1.txt jstack-l-1.txt jstack-l-2.txt"),
                        files("recording-carriers-pinned/25", "dump-json-1.json jstack-l-1.txt recording.jfr"),
                        both(
                                files("recording-idle-owner/25", "jstack-l-1.txt jstack-l-2.txt recording.jfr"),
                                files("recording-dead-owner/25", "jstack-l-1.txt jstack-l-2.txt recording.jfr")),
                        both(
                                files("dialects-deadlock/17", "jstack-l.txt actuator.json javacore.txt jhsdb.txt"),
                                both(
                                        files("crash-log/25", "hs-err.txt"),
                                        files("vthreads-scope/25", "dump-json-1.json jstack-l-1.txt"))))
                .map(files -> DynamicTest.dynamicTest(files.get(0), () -> {
                    String wanted = account(files);
                    for (int seed = 0; seed < ORDERS; seed++) {
                        List<String> shuffled = new ArrayList<>(files);
                        Collections.shuffle(shuffled, new Random(seed));
                        assertEquals(wanted, account(shuffled), shuffled::toString);
                    }
                }));
    }

    private static List<String> files(String folder, String names) {
        return Arrays.stream(names.split(" ")).map(name -> folder + '/' + name).toList();
    }

    private static List<String> both(List<String> some, List<String> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }

    private static String account(List<String> paths) {
        List<Source> sources = paths.stream()
                .map(path -> Source.file(path, Cases.directory().resolve(path), true))
                .toList();
        Intake.Result intake = Intake.read(sources);
        return intake.processes().stream()
                .map(process -> inputs(process) + '\n' + verdict(process, intake))
                .sorted()
                .collect(Collectors.joining("\n\n"));
    }

    private static String inputs(Evidence process) {
        return Stream.concat(
                        process.dumps().stream().map(info -> info.source()),
                        process.recordings().stream().map(recording -> recording.source()))
                .sorted()
                .distinct()
                .collect(Collectors.joining(" + "));
    }

    private static String verdict(Evidence process, Intake.Result intake) {
        ProcessDiagnosis diagnosis = Runs.diagnose(new Intake.Result(intake.inputs(), List.of(process), false))
                .processes()
                .get(0);
        return diagnosis.verdict().status() + ": "
                + diagnosis.findings().stream()
                        .map(each -> each.finding().rule().id()
                                + ' '
                                + each.score()
                                + ' '
                                + each.finding().headline())
                        .collect(Collectors.joining("\n"));
    }
}
