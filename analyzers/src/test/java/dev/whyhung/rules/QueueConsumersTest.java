package dev.whyhung.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whyhung.DumpText;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.ProcessDiagnosis;
import org.junit.jupiter.api.Test;

/** Who takes from a full queue, where the code that puts is not the code of the consumer. */
class QueueConsumersTest {

    private static final String RUN = "java.lang.Thread.run(java.base@17.0.15/Thread.java:840)";

    private static DumpText putting(DumpText dump, String name, String... below) {
        return dump.parked(
                name,
                "WAITING (parking)",
                "<0x00000000f3a01628> (a java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject)",
                below);
    }

    private static void sending(DumpText dump) {
        for (int i = 1; i <= 4; i++) {
            putting(
                    dump,
                    "http-nio-8080-exec-" + i,
                    "java.util.concurrent.ArrayBlockingQueue.put(java.base@17.0.15/ArrayBlockingQueue.java:370)",
                    "org.jgroups.protocols.TransferQueueBundler.send(TransferQueueBundler.java:100)",
                    "org.jgroups.JChannel.send(JChannel.java:520)",
                    "com.acme.Replica.put(Replica.java:12)",
                    "org.apache.coyote.http11.Http11Processor.service(Http11Processor.java:408)",
                    RUN);
        }
    }

    @Test
    void aLibraryServesItsQueueItself() {
        ProcessDiagnosis process = Runs.twice(dump -> {
            sending(dump);
            dump.readingSocket(
                    "TQ-Bundler-7,cluster,a",
                    "org.jgroups.blocks.cs.TcpConnection.doSend(TcpConnection.java:150)",
                    "org.jgroups.protocols.TransferQueueBundler.run(TransferQueueBundler.java:128)",
                    RUN);
        });
        assertEquals("external-io-stall", Runs.rules(process).get(0));
        assertEquals(5, process.findings().get(0).explained());
    }

    @Test
    void anotherThreadOfTheLibraryDoesNot() {
        ProcessDiagnosis process = Runs.twice(dump -> {
            sending(dump);
            dump.readingSocket(
                    "TcpServer.Acceptor-7",
                    "org.jgroups.blocks.cs.TcpConnection.doSend(TcpConnection.java:150)",
                    "org.jgroups.blocks.cs.TcpServer.run(TcpServer.java:128)",
                    RUN);
        });
        assertEquals("queue-full-producer-blocked", Runs.rules(process).get(0));
    }

    private static void storing(DumpText dump) {
        for (int i = 1; i <= 4; i++) {
            putting(
                    dump,
                    "consumption-" + i,
                    "com.acme.ingest.BoundedBlockingQueue.put(BoundedBlockingQueue.java:120)",
                    "com.acme.ingest.StoreService.putRecord(StoreService.java:171)",
                    "com.acme.ingest.Consumption.run(Consumption.java:150)",
                    RUN);
        }
    }

    @Test
    void aQueueOfTheApplicationIsServedByTheCodeThatUsesIt() {
        ProcessDiagnosis process = Runs.twice(dump -> {
            storing(dump);
            dump.readingSocket(
                    "store-writer-1",
                    "org.postgresql.core.PGStream.receiveChar(PGStream.java:290)",
                    "org.postgresql.jdbc.PgPreparedStatement.executeQuery(PgPreparedStatement.java:105)",
                    "com.acme.ingest.StoreService$Drainer.run(StoreService.java:352)",
                    RUN);
        });
        assertEquals("external-io-stall", Runs.rules(process).get(0));
        assertEquals(5, process.findings().get(0).explained());
    }

    /** It takes from its own queue, which is empty: the one that is full is another. */
    @Test
    void whoRestsAtAnEmptyQueueServesAnother() {
        ProcessDiagnosis process = Runs.twice(dump -> {
            storing(dump);
            putting(
                    dump,
                    "store-writer-1",
                    "com.acme.ingest.BoundedBlockingQueue.take(BoundedBlockingQueue.java:140)",
                    "com.acme.ingest.StoreService$Drainer.run(StoreService.java:330)",
                    RUN);
        });
        assertEquals(4, process.findings().get(0).explained());
    }
}
