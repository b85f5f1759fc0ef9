package dev.whyhung.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whyhung.DumpText;
import dev.whyhung.Runs;
import org.junit.jupiter.api.Test;

/** A server's acceptor is missed only where it should be, in a whole dump of a connector that has one. */
class WorkerThreadDiedTest {

    private static DumpText tomcat(String connector) {
        return DumpText.withOwners(0)
                .thread(
                        connector + "-8080-exec-1",
                        "WAITING (parking)",
                        "jdk.internal.misc.Unsafe.park(java.base@17.0.15/Native Method)",
                        "java.util.concurrent.LinkedBlockingQueue.take(java.base@17.0.15/LinkedBlockingQueue.java:435)",
                        "org.apache.tomcat.util.threads.TaskQueue.take(TaskQueue.java:141)",
                        "org.apache.tomcat.util.threads.ThreadPoolExecutor.getTask(ThreadPoolExecutor.java:1113)");
    }

    private static DumpText whole(DumpText dump) {
        return dump.thread(
                "Reference Handler",
                "RUNNABLE",
                "java.lang.ref.Reference.waitForReferencePendingList(java.base@17.0.15/Native Method)",
                "java.lang.ref.Reference$ReferenceHandler.run(java.base@17.0.15/Reference.java:215)");
    }

    private static boolean fires(DumpText dump) {
        return Runs.rules(Runs.process(dump)).contains("worker-thread-died");
    }

    @Test
    void missesAnAcceptorInAWholeDumpOnly() {
        assertEquals(true, fires(whole(tomcat("http-nio"))));
        assertEquals(false, fires(tomcat("http-nio")), "an excerpt");
    }

    @Test
    void aConnectorWithoutAnAcceptorMissesNone() {
        assertEquals(false, fires(whole(tomcat("http-nio2"))));
    }
}
