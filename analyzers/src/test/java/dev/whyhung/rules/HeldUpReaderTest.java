package dev.whyhung.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.whyhung.DumpText;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.ProcessDiagnosis;
import org.junit.jupiter.api.Test;

/** The thread that reads the answers to a client calls back the application, which makes it wait. */
class HeldUpReaderTest {

    private static final String RUN = "java.lang.Thread.run(java.base@17.0.15/Thread.java:840)";
    private static final String[] CALL = {
        "java.lang.Object.wait(java.base@17.0.15/Native Method)",
        "com.rabbitmq.utility.BlockingCell.get(BlockingCell.java:73)",
        "com.rabbitmq.utility.BlockingCell.uninterruptibleGet(BlockingCell.java:111)",
        "com.rabbitmq.client.impl.AMQChannel.privateRpc(AMQChannel.java:216)"
    };
    private static final String LOOP = "com.rabbitmq.client.impl.AMQConnection$MainLoop.run(AMQConnection.java:533)";

    private static void publishing(DumpText dump) {
        for (int i = 1; i <= 5; i++) {
            dump.thread(
                    "http-nio-8080-exec-" + i,
                    "WAITING (on object monitor)",
                    CALL[0],
                    "- waiting on <0x00000000e1000" + i + "40> (a com.rabbitmq.utility.BlockingValueOrException)",
                    CALL[1],
                    CALL[2],
                    CALL[3],
                    "com.acme.Publisher.send(Publisher.java:22)",
                    "org.apache.coyote.http11.Http11Processor.service(Http11Processor.java:408)",
                    RUN);
        }
    }

    @Test
    void keepsEverybodyWaitingWhateverTheOtherSideDoes() {
        ProcessDiagnosis process = Runs.twice(dump -> {
            publishing(dump);
            dump.thread(
                    "AMQP Connection 10.0.0.5:5672",
                    "WAITING (on object monitor)",
                    CALL[0],
                    "- waiting on <0x00000000e1000940> (a com.rabbitmq.utility.BlockingValueOrException)",
                    CALL[1],
                    CALL[2],
                    CALL[3],
                    "com.acme.Topology.handleReturn(Topology.java:40)",
                    LOOP,
                    RUN);
        });
        assertFalse(
                Runs.rules(process).contains("external-io-stall"),
                () -> Runs.rules(process).toString());
    }

    @Test
    void theOtherSideIsSilentWhileItReads() {
        ProcessDiagnosis process = Runs.twice(dump -> {
            publishing(dump);
            dump.readingSocket("AMQP Connection 10.0.0.5:5672", LOOP, RUN);
        });
        assertEquals("external-io-stall", Runs.rules(process).get(0));
    }
}
