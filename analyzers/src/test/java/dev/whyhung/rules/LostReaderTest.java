package dev.whyhung.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.whyhung.DumpText;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.diagnose.verdict.Verdict;
import org.junit.jupiter.api.Test;

/** Requests of a client whose answers a thread of its own has to read. */
class LostReaderTest {

    private static final String RUN = "java.lang.Thread.run(java.base@17.0.15/Thread.java:840)";

    private static void asking(DumpText dump) {
        for (int i = 1; i <= 5; i++) {
            dump.thread(
                    "http-nio-8080-exec-" + i,
                    "WAITING (on object monitor)",
                    "java.lang.Object.wait(java.base@17.0.15/Native Method)",
                    "- waiting on <0x00000000e1000" + i + "40> (a org.apache.zookeeper.ClientCnxn$Packet)",
                    "java.lang.Object.wait(java.base@17.0.15/Object.java:338)",
                    "org.apache.zookeeper.ClientCnxn.submitRequest(ClientCnxn.java:1342)",
                    "org.apache.zookeeper.ZooKeeper.getData(ZooKeeper.java:1149)",
                    "com.acme.Registry.find(Registry.java:30)",
                    "org.apache.coyote.http11.Http11Processor.service(Http11Processor.java:408)",
                    RUN);
        }
    }

    private static void cleaning(DumpText dump) {
        dump.thread(
                "Finalizer",
                "WAITING (on object monitor)",
                "java.lang.Object.wait(java.base@17.0.15/Native Method)",
                "java.lang.ref.ReferenceQueue.remove(java.base@17.0.15/ReferenceQueue.java:155)",
                "java.lang.ref.Finalizer$FinalizerThread.run(java.base@17.0.15/Finalizer.java:172)");
    }

    @Test
    void noAnswerComesWithoutIt() {
        ProcessDiagnosis process = Runs.twice(dump -> {
            cleaning(dump);
            asking(dump);
        });
        assertEquals("worker-thread-died", Runs.rules(process).get(0));
        assertEquals(Verdict.Status.HUNG, process.verdict().status());
        assertFalse(Runs.rules(process).contains("external-io-stall"));
    }

    @Test
    void theOtherSideIsSilentWhileItReads() {
        ProcessDiagnosis process = Runs.twice(dump -> {
            cleaning(dump);
            asking(dump);
            dump.thread(
                    "main-SendThread(zk1:2181)",
                    "RUNNABLE",
                    "sun.nio.ch.EPoll.wait(java.base@17.0.15/Native Method)",
                    "sun.nio.ch.SelectorImpl.select(java.base@17.0.15/SelectorImpl.java:141)",
                    "org.apache.zookeeper.ClientCnxnSocketNIO.doTransport(ClientCnxnSocketNIO.java:332)",
                    "org.apache.zookeeper.ClientCnxn$SendThread.run(ClientCnxn.java:1289)");
        });
        assertEquals("external-io-stall", Runs.rules(process).get(0));
    }

    /** A few stacks that somebody picked out. */
    @Test
    void partOfADumpDoesNotTell() {
        assertEquals(
                "external-io-stall",
                Runs.rules(Runs.twice(LostReaderTest::asking)).get(0));
    }
}
