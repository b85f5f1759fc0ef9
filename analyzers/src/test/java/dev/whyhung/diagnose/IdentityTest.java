package dev.whyhung.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.whyhung.DumpText;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.verdict.Verdict;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;

class IdentityTest {

    @Test
    void theProgramIsWhatTheLauncherCalls() {
        ProcessDiagnosis process = Runs.process(DumpText.withOwners(0)
                .thread(
                        "main",
                        "TIMED_WAITING (sleeping)",
                        "java.lang.Thread.sleep(java.base@17.0.15/Native Method)",
                        "com.acme.Orders.main(Orders.java:9)",
                        "org.springframework.boot.loader.launch.Launcher.launch(Launcher.java:91)",
                        "org.springframework.boot.loader.launch.JarLauncher.main(JarLauncher.java:40)"));
        assertEquals("com.acme.Orders", process.identity().program());
        assertEquals(
                LocalDateTime.parse("2026-03-01T11:58:20"), process.identity().started());
        assertNull(process.identity().tool());
    }

    @Test
    void aBuildDaemonIsNoService() {
        ProcessDiagnosis process = Runs.process(DumpText.withOwners(0)
                .parked(
                        "main",
                        "WAITING (parking)",
                        "<0x00000000aa000009> (a java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject)",
                        "org.gradle.launcher.daemon.server.DaemonStateCoordinator.awaitStop(DaemonStateCoordinator.java:110)",
                        "org.gradle.launcher.daemon.server.Daemon.awaitExpiration(Daemon.java:269)",
                        "org.gradle.launcher.daemon.bootstrap.DaemonMain.main(DaemonMain.java:70)")
                .idleWorker("Daemon health stats")
                .idleWorker("Daemon worker Thread 2"));
        assertEquals("a Gradle daemon", process.identity().tool());
        assertEquals(Verdict.Status.HEALTHY, process.verdict().status());
        assertEquals(
                "No thread is stuck. It is a Gradle daemon, not a service.",
                process.verdict().headline());
        assertEquals(
                "This process is a Gradle daemon. If it is a service that hangs, dump that: jcmd -l lists the Java"
                        + " processes of a machine with their ids.",
                process.notes().get(0));
    }

    @Test
    void aServiceInsideMavenIsAService() {
        ProcessDiagnosis process = Runs.process(DumpText.withOwners(0)
                .thread(
                        "main",
                        "WAITING (on object monitor)",
                        "java.lang.Object.wait(java.base@17.0.15/Native Method)",
                        "java.lang.Thread.join(java.base@17.0.15/Thread.java:1313)",
                        "org.codehaus.mojo.exec.ExecJavaMojo.joinThread(ExecJavaMojo.java:400)",
                        "org.apache.maven.cli.MavenCli.execute(MavenCli.java:957)",
                        "org.apache.maven.cli.MavenCli.main(MavenCli.java:197)"));
        assertNull(process.identity().tool());
    }

    @Test
    void aToolThatIsHealthyStandsLast() {
        DumpText tool = DumpText.withOwners(0).ofProcess(1);
        DumpText service = DumpText.withOwners(0).ofProcess(2);
        for (int i = 1; i < 9; i++) {
            tool.idleWorker(i == 1 ? "Daemon health stats" : "pool-1-thread-" + i);
            service.idleWorker("pool-1-thread-" + i);
        }
        List<ProcessDiagnosis> processes =
                Runs.diagnose(Runs.read(tool.whole(), service.whole())).processes();
        assertEquals(2, processes.size());
        assertEquals("a Gradle daemon", processes.get(1).identity().tool());
    }
}
