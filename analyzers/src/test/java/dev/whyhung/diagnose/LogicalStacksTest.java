package dev.whyhung.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whyhung.FileDumpText;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.view.ContainerRow;
import dev.whyhung.diagnose.view.StackGroup;
import dev.whyhung.diagnose.view.ThreadRow;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tasks of scopes, with the thread that waits for them. */
class LogicalStacksTest {

    private static final String JOIN = "java.base/java.util.concurrent.locks.LockSupport.park(LockSupport.java:219)\n"
            + "java.base/jdk.internal.misc.ThreadFlock.awaitAll(ThreadFlock.java:320)\n"
            + "java.base/java.util.concurrent.StructuredTaskScope.join(StructuredTaskScope.java:600)";
    private static final String READ = "java.base/sun.nio.ch.NioSocketImpl.park(NioSocketImpl.java:174)\n"
            + "java.base/java.net.Socket$SocketInputStream.read(Socket.java:1099)";

    private static ProcessDiagnosis process() {
        FileDumpText dump = new FileDumpText("21.0.2+13-LTS", "2026-03-02T10:15:00Z");
        dump.container("java.util.concurrent.ThreadPerTaskExecutor@1b2c");
        dump.thread("checkout", JOIN, "com.acme.Checkout.prices(Checkout.java:30)", FileDumpText.RUN_VIRTUAL);
        dump.scope("prices/jdk.internal.misc.ThreadFlock$ThreadContainerImpl@2c", "20");
        dump.thread("price-1", READ, "com.acme.Prices.ask(Prices.java:12)", FileDumpText.RUN_VIRTUAL);
        return Runs.diagnose(Runs.read(dump.whole())).processes().get(0);
    }

    @Test
    void goesOnInTheThreadThatOpenedTheScope() {
        StackGroup task = process().stacks().stream()
                .filter(group -> group.names().equals("price-1"))
                .findFirst()
                .orElseThrow();
        assertEquals(
                List.of(
                        "… 2 frames of sun.nio.ch, java.net",
                        "com.acme.Prices.ask(Prices.java:12)",
                        "java.lang.VirtualThread.run(VirtualThread.java:309)",
                        "in prices, opened by \"checkout\" #20",
                        "… 3 frames of java.util.concurrent, jdk.internal.misc",
                        "com.acme.Checkout.prices(Checkout.java:30)",
                        "java.lang.VirtualThread.run(VirtualThread.java:309)",
                        "in ThreadPerTaskExecutor@1b2c"),
                task.logical());
    }

    @Test
    void nestsContainers() {
        List<ContainerRow> containers = process().inventory().containers();
        assertEquals(
                List.of("<root>", "ThreadPerTaskExecutor@1b2c", "prices"),
                containers.stream().map(ContainerRow::name).toList());
        assertEquals(
                List.of(0, 1, 2), containers.stream().map(ContainerRow::depth).toList());
        assertEquals(1, containers.get(2).size());
        ThreadRow row = process().threads().get(1);
        assertEquals("prices", row.container());
        assertTrue(row.openedBy() != null && row.openedBy().value() == 20);
    }

    @Test
    void opensScopesInsideScopesAsFarAsPeopleDo() {
        FileDumpText dump = new FileDumpText("21.0.2+13-LTS", "2026-03-02T10:15:00Z");
        int scopes = 5000;
        for (int i = 0; i < scopes; i++) {
            dump.thread("task-" + i, JOIN, "com.acme.Tree.walk(Tree.java:30)", FileDumpText.RUN_VIRTUAL);
            dump.scope("tree@" + i, String.valueOf(20 + i));
        }
        dump.thread("leaf", READ, "com.acme.Tree.read(Tree.java:12)", FileDumpText.RUN_VIRTUAL);
        ProcessDiagnosis process =
                Runs.diagnose(Runs.read(dump.whole())).processes().get(0);
        assertEquals(scopes + 1, process.threads().size());
        assertEquals(scopes + 1, process.inventory().containers().size());
    }
}
