package dev.whyhung;

import dev.whyhung.diagnose.Diagnosis;
import dev.whyhung.diagnose.Examiner;
import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.diagnose.rank.RankedFinding;
import dev.whyhung.knowledge.Knowledge;
import dev.whyhung.model.DumpInfo;
import dev.whyhung.model.DumpTrace;
import dev.whyhung.model.Evidence;
import dev.whyhung.model.ThreadDump;
import dev.whyhung.read.Intake;
import dev.whyhung.read.Source;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Runs the whole analysis over texts. */
public final class Runs {

    private static final int MOST_RUNS = 1_000;

    private static Knowledge knowledge = Knowledge.standard();
    private static int runs;

    private Runs() {}

    public static Intake.Result read(String... texts) {
        List<Source> sources = new ArrayList<>();
        for (String text : texts) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            String name = "dump-" + (sources.size() + 1) + ".txt";
            sources.add(Source.stream(name, () -> new ByteArrayInputStream(bytes), true));
        }
        return Intake.read(sources);
    }

    /** Made anew now and then, for it keeps what it has read of every stack. */
    private static synchronized Knowledge knowledge() {
        if (++runs % MOST_RUNS == 0) {
            knowledge = Knowledge.standard();
        }
        return knowledge;
    }

    public static Diagnosis diagnose(Intake.Result intake) {
        return new Examiner(knowledge(), List.of()).examine("test", intake.inputs(), intake.processes());
    }

    /** The diagnosis of the one process that these dumps are of. */
    public static ProcessDiagnosis process(DumpText... dumps) {
        String[] texts = new String[dumps.length];
        for (int i = 0; i < dumps.length; i++) {
            texts[i] = dumps[i].whole();
        }
        List<ProcessDiagnosis> processes = diagnose(read(texts)).processes();
        if (processes.size() != 1) {
            throw new AssertionError(processes.size() + " processes instead of one");
        }
        return processes.get(0);
    }

    /** Of one situation in two dumps with owners, with enough time between them. */
    public static ProcessDiagnosis twice(Consumer<DumpText> situation) {
        DumpText first = DumpText.withOwners(0);
        DumpText second = DumpText.withOwners(DumpText.LATER);
        situation.accept(first);
        situation.accept(second);
        return process(first, second);
    }

    /** The same with the facts of recordings beside them, in order of their end. */
    public static ProcessDiagnosis process(List<MadeRecording> recordings, DumpText... dumps) {
        return process(recordings, Stream.of(dumps).map(DumpText::whole).toArray(String[]::new));
    }

    public static ProcessDiagnosis process(List<MadeRecording> recordings, String... texts) {
        Intake.Result intake = read(texts);
        Evidence evidence = intake.processes().get(0);
        return joined(intake, evidence.focus(), recordings);
    }

    /** The same where the dumps tell their time in UTC, as those of recordings do. */
    public static ProcessDiagnosis processInUtc(List<MadeRecording> recordings, DumpText... dumps) {
        Intake.Result intake = read(Stream.of(dumps).map(DumpText::whole).toArray(String[]::new));
        Evidence evidence = intake.processes().get(0);
        ThreadDump focus = evidence.focus();
        ThreadDump inUtc = new ThreadDump(
                focus.info().inZone(ZoneOffset.UTC),
                focus.threads(),
                focus.printedDeadlocks(),
                focus.endedOwners(),
                focus.spentExecutors());
        return joined(
                intake,
                inUtc,
                evidence.others().stream()
                        .map(other -> other.inZone(ZoneOffset.UTC))
                        .toList(),
                recordings);
    }

    /** The same of a dump that the only recording holds. */
    public static ProcessDiagnosis process(MadeRecording recording, DumpText dump) {
        Intake.Result intake = read(dump.whole());
        ThreadDump focus = intake.processes().get(0).focus();
        DumpInfo info = focus.info();
        DumpInfo held = new DumpInfo(
                info.source(),
                info.line(),
                "jfr",
                info.takenAt(),
                ZoneOffset.UTC,
                info.runtime(),
                info.pid(),
                info.visible(),
                info.truncated(),
                info.uptimeNanos(),
                info.threads());
        ThreadDump inside = new ThreadDump(
                held, focus.threads(), focus.printedDeadlocks(), focus.endedOwners(), focus.spentExecutors());
        return joined(intake, inside, List.of(recording.withDump()));
    }

    private static ProcessDiagnosis joined(Intake.Result intake, ThreadDump focus, List<MadeRecording> recordings) {
        return joined(intake, focus, intake.processes().get(0).others(), recordings);
    }

    private static ProcessDiagnosis joined(
            Intake.Result intake, ThreadDump focus, List<DumpTrace> others, List<MadeRecording> recordings) {
        Evidence evidence = intake.processes().get(0);
        Evidence joined = new Evidence(
                focus,
                others,
                evidence.focusIndex(),
                recordings.stream().map(MadeRecording::build).toList(),
                evidence.schedulers(),
                evidence.past(),
                evidence.notes());
        return new Examiner(knowledge(), List.of())
                .examine("test", intake.inputs(), List.of(joined))
                .processes()
                .get(0);
    }

    public static RankedFinding finding(ProcessDiagnosis process, String rule) {
        return process.findings().stream()
                .filter(finding -> finding.finding().rule().id().equals(rule))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no finding of " + rule + " in " + rules(process)));
    }

    public static List<String> rules(ProcessDiagnosis process) {
        return process.findings().stream()
                .map(finding -> finding.finding().rule().id())
                .toList();
    }
}
