package dev.whyhung.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whyhung.DumpText;
import dev.whyhung.MadeRecording;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.rank.RankedFinding;
import dev.whyhung.finding.Finding;
import dev.whyhung.model.CallStack;
import dev.whyhung.model.PastWait;
import dev.whyhung.model.ThreadRef;
import java.util.List;
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

    private static final String QTP = "qtp785992331-";

    private static DumpText acceptor(DumpText dump, int port) {
        return dump.thread(
                QTP + "13-acceptor-0@695c7337-ServerConnector@65d6b83b{HTTP/1.1, (http/1.1)}{0.0.0.0:" + port + "}",
                "RUNNABLE",
                "sun.nio.ch.Net.accept(java.base@17.0.15/Native Method)",
                "sun.nio.ch.ServerSocketChannelImpl.accept(java.base@17.0.15/ServerSocketChannelImpl.java:391)",
                "org.eclipse.jetty.server.ServerConnector.accept(ServerConnector.java:389)",
                "org.eclipse.jetty.server.AbstractConnector$Acceptor.run(AbstractConnector.java:698)",
                "org.eclipse.jetty.util.thread.QueuedThreadPool$Runner.run(QueuedThreadPool.java:1164)");
    }

    private static DumpText worker(DumpText dump, int number) {
        return dump.parked(
                QTP + number,
                "TIMED_WAITING (parking)",
                "<0x00000000aa000001> (a java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject)",
                "org.eclipse.jetty.util.BlockingArrayQueue.poll(BlockingArrayQueue.java:219)",
                "org.eclipse.jetty.util.thread.QueuedThreadPool.idleJobPoll(QueuedThreadPool.java:1129)",
                "org.eclipse.jetty.util.thread.QueuedThreadPool$Runner.run(QueuedThreadPool.java:1164)");
    }

    private static boolean firesOn(DumpText before, DumpText after) {
        return Runs.rules(Runs.process(before, after)).contains("worker-thread-died");
    }

    private static DumpText first() {
        return DumpText.withOwners(0);
    }

    private static DumpText second() {
        return DumpText.withOwners(DumpText.LATER);
    }

    /** Jetty 12: the acceptor runs on a thread of the pool, which goes back to it. */
    @Test
    void missesAnAcceptorOfJettyThatWasThereBefore() {
        DumpText before = worker(acceptor(whole(first()), 8080), 14);
        assertEquals(true, firesOn(before, worker(worker(whole(second()), 13), 14)));
        assertEquals(false, fires(worker(worker(whole(first()), 13), 14)), "a server may do without");
        assertEquals(false, firesOn(before, worker(acceptor(whole(second()), 8080), 14)), "it is there");
    }

    @Test
    void aServerThatStopsMissesNoAcceptor() {
        DumpText before = worker(acceptor(whole(first()), 8080), 14);
        DumpText stopping = worker(worker(whole(second()), 13), 14)
                .thread(
                        "SpringApplicationShutdownHook",
                        "TIMED_WAITING (on object monitor)",
                        "java.lang.Object.wait(java.base@17.0.15/Native Method)",
                        "org.eclipse.jetty.server.Server.doStop(Server.java:640)");
        assertEquals(false, firesOn(before, stopping));
        assertEquals(false, firesOn(before, whole(second())), "it is gone as a whole");
    }

    @Test
    void oneOfTwoConnectorsIsDeaf() {
        DumpText before = worker(acceptor(acceptor(whole(first()), 8080), 8443), 14);
        assertEquals(true, firesOn(before, worker(worker(acceptor(whole(second()), 8080), 13), 14)));
    }

    /** Requests wait for letters since this second; at 10 the printer took the last one and ended, by an exception if that is recorded. */
    private static List<RankedFinding> letters(int since, boolean recorded) {
        return letters(MadeRecording.of("r.jfr", -60, 50), since, recorded);
    }

    private static List<RankedFinding> letters(MadeRecording recording, int since, boolean recorded) {
        ThreadRef printer = MadeRecording.thread(99, "letter-printer");
        CallStack take = MadeRecording.stack(
                "java.util.concurrent.LinkedBlockingQueue.take(java.base@17.0.15/LinkedBlockingQueue.java:435)",
                "com.acme.press.Printer.run(Printer.java:9)");
        recording.wait(PastWait.Kind.PARK, "", 9, 10, printer, take).end(10, printer);
        if (recorded) {
            recording.thrown(
                    10, printer, "java.lang.NullPointerException", "", "com.acme.press.Printer.run(Printer.java:11)");
        } else {
            recording.disabled("JavaExceptionThrow");
        }
        DumpText dump = DumpText.withoutOwners(50);
        for (int i = 1; i <= 8; i++) {
            String name = "http-nio-8080-exec-" + i;
            recording.wait(
                    PastWait.Kind.PARK,
                    "",
                    since + i - 1.5,
                    since + i - 1,
                    MadeRecording.thread(i, name),
                    MadeRecording.stack(
                            "java.util.concurrent.LinkedBlockingQueue.take(java.base@17.0.15/LinkedBlockingQueue.java:435)"));
            dump.thread(
                    name,
                    "WAITING (parking)",
                    "jdk.internal.misc.Unsafe.park(java.base@17.0.15/Native Method)",
                    "java.util.concurrent.SynchronousQueue.take(java.base@17.0.15/SynchronousQueue.java:886)",
                    "com.acme.web.Letters.print(Letters.java:8)",
                    "com.acme.web.LetterController.post(LetterController.java:4)");
        }
        return Runs.process(List.of(recording), dump).findings();
    }

    private static double died(List<RankedFinding> findings) {
        return findings.stream()
                .map(RankedFinding::finding)
                .filter(finding -> finding.rule().id().equals("worker-thread-died"))
                .mapToDouble(Finding::confidence)
                .sum();
    }

    @Test
    void noAnswerCameSinceItsEnd() {
        assertEquals(.65, died(letters(10, true)), 1e-9);
        assertEquals(.5, died(letters(10, false)), 1e-9);
        assertEquals(0, died(letters(2, true)), 1e-9, "one had waited before");
    }

    @Test
    void whoIsUsedToWaitForLongMissesNobody() {
        MadeRecording recording = MadeRecording.of("r.jfr", -60, 50);
        recording.wait(
                PastWait.Kind.PARK,
                "",
                -35,
                -10,
                MadeRecording.thread(3, "http-nio-8080-exec-3"),
                MadeRecording.stack(
                        "java.util.concurrent.SynchronousQueue.take(java.base@17.0.15/SynchronousQueue.java:886)",
                        "com.acme.web.Letters.print(Letters.java:8)"));
        assertEquals(0, died(letters(recording, 10, true)), 1e-9);
    }

    /** So many lines bring figures into a ring of the application's own; whoever took them out ended at 10 by an error. */
    private static List<RankedFinding> ring(int lines) {
        MadeRecording recording = MadeRecording.of("r.jfr", -60, 50);
        ThreadRef billing = MadeRecording.thread(99, "billing");
        recording
                .thrown(
                        10,
                        billing,
                        "java.lang.NoClassDefFoundError",
                        "com/acme/Tariff",
                        "com.acme.Billing.bill(Billing.java:11)",
                        "com.acme.Billing.run(Billing.java:7)")
                .end(10, billing);
        DumpText dump = DumpText.withoutOwners(50);
        for (int i = 1; i <= lines; i++) {
            String name = "meter-line-" + i;
            recording.wait(
                    PastWait.Kind.SLEEP,
                    "",
                    10,
                    10.2,
                    MadeRecording.thread(i, name),
                    MadeRecording.stack("com.acme.Line.run(Line.java:8)"));
            dump.thread(
                    name,
                    "WAITING (on object monitor)",
                    "java.lang.Object.wait(java.base@17.0.15/Native Method)",
                    "- waiting on <0x00000000aa000001> (a com.acme.Ring)",
                    "com.acme.Ring.put(Ring.java:14)",
                    "- locked <0x00000000aa000001> (a com.acme.Ring)",
                    "com.acme.Line.run(Line.java:9)");
        }
        return Runs.process(List.of(recording), dump).findings();
    }

    @Test
    void producersAtAFullRingMissTheConsumer() {
        List<RankedFinding> findings = ring(6);
        assertEquals(.65, died(findings), 1e-9);
        assertEquals("worker-thread-died", findings.get(0).finding().rule().id());
        assertEquals(0, died(ring(1)), 1e-9, "one thread may rest so");
    }

    /** Senders that took letters from a spool of the application's own ended one after the other, whatever it was that ended them. */
    private static double sendersGone(boolean all, String took) {
        MadeRecording recording = MadeRecording.of("r.jfr", -60, 50);
        DumpText dump = DumpText.withoutOwners(50);
        for (int i = 1; i <= 6; i++) {
            dump.thread(
                    "form-" + i,
                    "WAITING (on object monitor)",
                    "java.lang.Object.wait(java.base@17.0.15/Native Method)",
                    "- waiting on <0x00000000aa000001> (a com.acme.Spool)",
                    "com.acme.Spool.put(Spool.java:14)",
                    "- locked <0x00000000aa000001> (a com.acme.Spool)",
                    "com.acme.Forms.post(Forms.java:9)",
                    "java.util.concurrent.ThreadPoolExecutor.runWorker(java.base@17.0.15/ThreadPoolExecutor.java:1136)");
        }
        for (int i = 7; i <= 9; i++) {
            ThreadRef sender = MadeRecording.thread(i, "smtp-out-" + i);
            recording.wait(
                    PastWait.Kind.MONITOR_WAIT,
                    "com.acme.Spool",
                    -10,
                    i - .5,
                    sender,
                    MadeRecording.stack(
                            "java.lang.Object.wait(java.base@17.0.15/Native Method)",
                            took + "(Spool.java:20)",
                            "com.acme.Senders.drain(Senders.java:9)"));
            if (all || i < 9) {
                recording.end(i, sender);
            } else {
                dump.readingSocket(
                        sender.name(), "com.acme.Smtp.send(Smtp.java:9)", "com.acme.Senders.drain(Senders.java:9)");
            }
        }
        return died(Runs.process(List.of(recording), dump).findings());
    }

    @Test
    void producersMissTheLastOfSeveralConsumers() {
        assertEquals(.6, sendersGone(true, "com.acme.Spool.next"), 1e-9);
        assertEquals(0, sendersGone(true, "com.acme.Spool.trim"), 1e-9, "they took nothing");
        assertEquals(0, sendersGone(false, "com.acme.Spool.next"), 1e-9, "one of them lives");
    }
}
