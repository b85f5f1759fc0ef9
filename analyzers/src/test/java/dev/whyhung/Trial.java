package dev.whyhung;

import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.diagnose.rank.RankedFinding;
import dev.whyhung.diagnose.rank.Severity;
import dev.whyhung.fixtures.Case;
import dev.whyhung.fixtures.Cases;
import dev.whyhung.fixtures.Run;
import dev.whyhung.read.Intake;
import dev.whyhung.read.Source;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One run of one case, diagnosed at most once however many tests ask for it. */
public final class Trial {

    private static final Map<String, Trial> KNOWN = new ConcurrentHashMap<>();

    private final Case of;
    private final Run run;
    private @Nullable List<ProcessDiagnosis> processes;

    private Trial(Case of, Run run) {
        this.of = of;
        this.run = run;
    }

    /** Every run of every case. */
    public static Stream<Trial> all() {
        return Cases.all().stream()
                .flatMap(each -> each.expectation().runs().stream()
                        .map(run -> KNOWN.computeIfAbsent(each.id() + ' ' + run, key -> new Trial(each, run))));
    }

    public Case of() {
        return of;
    }

    public Run run() {
        return run;
    }

    /** The processes that were found in the captures of this run: one, if all is well. */
    public synchronized List<ProcessDiagnosis> processes() {
        if (processes == null) {
            List<Source> sources = new ArrayList<>();
            for (String name : run.files()) {
                Path file = of.file(name);
                sources.add(Source.file(name, file, true));
            }
            processes = Runs.diagnose(Intake.read(sources)).processes();
        }
        return processes;
    }

    /** What a report would make somebody get up for. */
    public static boolean matters(RankedFinding finding) {
        return finding.severity().atLeast(Severity.MEDIUM);
    }

    @Override
    public String toString() {
        return of.id() + ' ' + run.files();
    }
}
