package dev.whyhung.report;

import dev.whyhung.diagnose.Identity;
import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.diagnose.verdict.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * The verdict on a process, and what that process is.
 *
 * @param confidence as a percentage, or null where there is none
 * @param since since when the first finding is known to hold, or null
 * @param program what the process runs, or null
 * @param started when its JVM started, or null
 * @param inputs what it was read from
 */
record ProcessSummary(
        String status,
        String headline,
        @Nullable String confidence,
        @Nullable String since,
        @Nullable String jvm,
        @Nullable String pid,
        @Nullable String program,
        @Nullable String started,
        String inputs,
        String evidence,
        int threads,
        int virtualThreads,
        int stuck) {

    static ProcessSummary of(ProcessDiagnosis process) {
        Verdict verdict = process.verdict();
        boolean sure = verdict.status() != Verdict.Status.INCONCLUSIVE;
        Long pid = process.pid();
        Identity identity = process.identity();
        return new ProcessSummary(
                Wording.id(verdict.status()),
                verdict.headline(),
                sure ? Wording.percent(verdict.confidence()) : null,
                Wording.since(process),
                process.jvm(),
                pid == null ? null : pid.toString(),
                identity.tool() == null ? identity.program() : identity.tool(),
                Wording.started(process),
                Wording.inputs(process),
                Wording.dumps(process),
                process.threadCount(),
                process.virtualThreads(),
                process.stuck());
    }
}
