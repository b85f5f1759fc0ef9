package dev.whyhung.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whyhung.DumpText;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.diagnose.verdict.Verdict;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A file is forced to the disk under a lock, as OpenSearch 2.19 does with its log of transactions. */
class ForcedUnderLockTest {

    private static final String LOCK = "<0x00000000dbb370a0> (a java.lang.Object)";

    private static DumpText forcing(long cpuMillis) {
        DumpText dump = DumpText.withOwners(0)
                .thread(
                        "node[write][T#2]",
                        cpuMillis,
                        "RUNNABLE",
                        "sun.nio.ch.FileDispatcherImpl.force0(java.base@17.0.15/Native Method)",
                        "sun.nio.ch.FileDispatcherImpl.force(java.base@17.0.15/FileDispatcherImpl.java:82)",
                        "sun.nio.ch.FileChannelImpl.force(java.base@17.0.15/FileChannelImpl.java:468)",
                        "com.acme.log.Checkpoint.write(Checkpoint.java:234)",
                        "com.acme.log.Writer.syncUpTo(Writer.java:541)",
                        "- locked " + LOCK,
                        "java.util.concurrent.ThreadPoolExecutor.runWorker(java.base@17.0.15/ThreadPoolExecutor.java:1136)");
        for (int i = 1; i <= 4; i++) {
            dump.blockedOn("node[management][T#" + i + "]", LOCK, "com.acme.log.Writer.stats(Writer.java:112)");
        }
        return dump;
    }

    @ParameterizedTest
    @CsvSource({"2400, false", "4, true"})
    void isADeedOfAMomentWhereTheThreadHasWorked(long cpuMillis, boolean alarm) {
        ProcessDiagnosis process = Runs.process(forcing(cpuMillis));
        assertEquals("lock-held-across-blocking-call", Runs.rules(process).get(0));
        assertEquals(
                alarm,
                List.of(Verdict.Status.HUNG, Verdict.Status.DEGRADED)
                        .contains(process.verdict().status()));
    }
}
