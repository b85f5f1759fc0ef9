package dev.whyhung.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whyhung.DumpText;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.verdict.Verdict;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Who is missing from a part of a dump may be what a pool waits for, or the worker that is idle. */
class PartOfPoolTest {

    private static DumpText oneWorker() {
        return DumpText.withOwners(0)
                .parked(
                        "reports-1",
                        "WAITING (parking)",
                        "<0x00000000f5e6c810> (a java.util.concurrent.FutureTask)",
                        "java.util.concurrent.FutureTask.awaitDone(java.base@17.0.15/FutureTask.java:447)",
                        "java.util.concurrent.FutureTask.get(java.base@17.0.15/FutureTask.java:190)",
                        "com.acme.Reports.render(Reports.java:55)",
                        "java.util.concurrent.ThreadPoolExecutor.runWorker(java.base@17.0.15/ThreadPoolExecutor.java:1136)",
                        "java.util.concurrent.ThreadPoolExecutor$Worker.run(java.base@17.0.15/ThreadPoolExecutor.java:635)",
                        "java.lang.Thread.run(java.base@17.0.15/Thread.java:840)");
    }

    private static boolean waitsForItself(String dump) {
        return Runs.rules(Runs.diagnose(Runs.read(dump)).processes().get(0)).contains("pool-self-deadlock");
    }

    @Test
    void isNotTakenForThePool() {
        assertEquals(true, waitsForItself(oneWorker().whole()));
        assertEquals(false, waitsForItself(oneWorker().cut()));
    }

    private static String waiters(int second) {
        DumpText dump = DumpText.withOwners(second);
        for (int i = 1; i <= 6; i++) {
            dump.parked(
                    "http-nio-8080-exec-" + i,
                    "WAITING (parking)",
                    "<0x00000000f5e6c810> (a java.util.concurrent.Semaphore$NonfairSync)",
                    "java.util.concurrent.Semaphore.acquire(java.base@17.0.15/Semaphore.java:318)",
                    "com.acme.Tariff.ask(Tariff.java:31)",
                    "java.util.concurrent.ThreadPoolExecutor$Worker.run(java.base@17.0.15/ThreadPoolExecutor.java:635)");
        }
        return dump.whole();
    }

    private static Verdict.Status status(UnaryOperator<String> part) {
        return Runs.diagnose(Runs.read(part.apply(waiters(0)), part.apply(waiters(DumpText.LATER))))
                .processes()
                .get(0)
                .verdict()
                .status();
    }

    @Test
    void whoHasThePermitsMayBeMissing() {
        assertEquals(Verdict.Status.HUNG, status(UnaryOperator.identity()));
        assertEquals(Verdict.Status.INCONCLUSIVE, status(dump -> dump.substring(0, dump.indexOf("JNI"))));
    }

    private static String driver(int second) {
        return DumpText.withOwners(second)
                .readingSocket(
                        "cluster-ClusterId{value='6b08', description='null'}-localhost:27017",
                        "com.mongodb.internal.connection.SocketStream.read(SocketStream.java:176)",
                        "com.mongodb.internal.connection.DefaultServerMonitor$ServerMonitor.run(DefaultServerMonitor.java:170)")
                .whole();
    }

    /** A driver's own thread waits for news; that it is the only one that waits says nothing if most are missing. */
    @Test
    void whoeverServesMayBeMissing() {
        UnaryOperator<String> part = dump -> dump.substring(0, dump.indexOf("JNI"));
        assertEquals(
                Verdict.Status.INCONCLUSIVE,
                Runs.diagnose(Runs.read(part.apply(driver(0)), part.apply(driver(DumpText.LATER))))
                        .processes()
                        .get(0)
                        .verdict()
                        .status());
    }
}
