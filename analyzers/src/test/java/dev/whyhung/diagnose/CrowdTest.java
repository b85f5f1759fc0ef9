package dev.whyhung.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whyhung.DumpText;
import dev.whyhung.Runs;
import org.junit.jupiter.api.Test;

/** More of one kind than are looked at in full. */
class CrowdTest {

    private static final String RUN_WORKER =
            "java.util.concurrent.ThreadPoolExecutor.runWorker(java.base@17.0.15/ThreadPoolExecutor.java:1136)";

    private static void heldAcrossRead(DumpText dump, int number, int waiters, String names) {
        String cache = String.format("<0x%016x> (a com.acme.Cache%d)", 0x700000000L + 64 * number, number);
        String source = "(Cache" + number + ".java:";
        dump.readingSocket(
                "loader-" + number, "com.acme.Cache" + number + ".load" + source + "10)", "- locked " + cache);
        for (int i = 0; i < waiters; i++) {
            dump.blockedOn(names + i, cache, "com.acme.Cache" + number + ".get" + source + "20)", RUN_WORKER);
        }
    }

    @Test
    void theLockThatStopsTheServiceIsAmongThoseThatAreTold() {
        DumpText dump = DumpText.withOwners(0);
        for (int i = 0; i < 501; i++) {
            heldAcrossRead(dump, i, 2, "job-" + i + "-");
        }
        heldAcrossRead(dump, 501, 400, "http-nio-8080-exec-");
        ProcessDiagnosis process = Runs.process(dump);
        assertTrue(
                process.findings().get(0).finding().headline().contains("400"),
                () -> process.findings().get(0).finding().headline());
    }

    private static DumpText pages(int second) {
        DumpText dump = DumpText.withOwners(second);
        for (int i = 1; i <= 4; i++) {
            dump.readingSocket(
                    "db-" + i,
                    "org.postgresql.core.VisibleBufferedInputStream.readMore(VisibleBufferedInputStream.java:161)",
                    "org.postgresql.jdbc.PgStatement.executeQuery(PgStatement.java:268)",
                    "com.acme.db.Dao.find(Dao.java:31)",
                    "java.util.concurrent.CompletableFuture$AsyncSupply.run(java.base@17.0.15/CompletableFuture.java:1768)",
                    RUN_WORKER);
        }
        for (int i = 1; i <= 150; i++) {
            dump.thread(
                    "http-nio-8080-exec-" + i,
                    "WAITING (parking)",
                    "jdk.internal.misc.Unsafe.park(java.base@17.0.15/Native Method)",
                    "java.util.concurrent.CompletableFuture.get(java.base@17.0.15/CompletableFuture.java:2072)",
                    "com.acme.c" + i + ".Page" + i + ".show(Page.java:8)",
                    RUN_WORKER);
        }
        return dump;
    }

    @Test
    void requestsOfManyPagesWaitForTheOnePoolThatIsHeldUp() {
        ProcessDiagnosis process = Runs.process(pages(0), pages(DumpText.LATER));
        assertEquals("external-io-stall", Runs.rules(process).get(0));
        assertEquals(154, process.findings().get(0).explained());
    }
}
