package dev.whyhung.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whyhung.DumpText;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.rank.Severity;
import dev.whyhung.diagnose.verdict.Verdict;
import org.junit.jupiter.api.Test;

/** A service that has little to do, and whose finalizer waits. */
class CleanupTest {

    private static final String STORE = "<0x00000000e0000001> (a java.lang.Object)";

    private static DumpText finalizerBehind(String owner, int second) {
        return DumpText.withOwners(second)
                .blockedOn(
                        "Finalizer",
                        STORE,
                        "com.acme.Handle.finalize(Handle.java:8)",
                        "java.lang.System$2.invokeFinalize(java.base@17.0.15/System.java:2350)",
                        "java.lang.ref.Finalizer.runFinalizer(java.base@17.0.15/Finalizer.java:88)",
                        "java.lang.ref.Finalizer$FinalizerThread.run(java.base@17.0.15/Finalizer.java:173)")
                .thread(
                        owner,
                        "TIMED_WAITING (sleeping)",
                        "java.lang.Thread.sleep(java.base@17.0.15/Native Method)",
                        "com.acme.Store.compact(Store.java:7)",
                        "- locked " + STORE,
                        "com.acme.Store.run(Store.java:3)");
    }

    private static ProcessDiagnosis behind(String owner) {
        return Runs.process(
                finalizerBehind(owner, 0).idleWorker("http-nio-8080-exec-1"),
                finalizerBehind(owner, DumpText.LATER).idleWorker("http-nio-8080-exec-1"));
    }

    /** Nobody waits for what is cleaned up; it is missed later. */
    @Test
    void requestsGoOnWithoutIt() {
        ProcessDiagnosis process = behind("store-compact");
        assertEquals(Verdict.Status.DEGRADED, process.verdict().status());
        assertEquals(Severity.MEDIUM, process.findings().get(0).severity());
        assertEquals(Severity.MEDIUM, Runs.finding(process, "finalizer-stuck").severity());
    }

    @Test
    void aRequestThatKeepsTheLockIsHeldUpItself() {
        assertEquals(
                Severity.CRITICAL,
                behind("http-nio-8080-exec-2").findings().get(0).severity());
    }
}
