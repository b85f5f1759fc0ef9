package dev.whyhung.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whyhung.DumpText;
import dev.whyhung.FileDumpText;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.diagnose.rank.RankedFinding;
import dev.whyhung.diagnose.verdict.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Results that no running task gives, while a pool has no worker left to begin one. */
class StuckPoolTest {

    private static final String[] WORKER = {
        "java.util.concurrent.CompletableFuture$AsyncSupply.run(java.base@17.0.15/CompletableFuture.java:1768)",
        "java.util.concurrent.ThreadPoolExecutor.runWorker(java.base@17.0.15/ThreadPoolExecutor.java:1136)",
        "java.lang.Thread.run(java.base@17.0.15/Thread.java:840)"
    };

    private static void awaitingResult(DumpText dump, String name, int number, String... below) {
        String[] get = {
            "java.util.concurrent.CompletableFuture.waitingGet(java.base@17.0.15/CompletableFuture.java:1898)",
            "java.util.concurrent.CompletableFuture.get(java.base@17.0.15/CompletableFuture.java:2072)"
        };
        dump.parked(
                name,
                "WAITING (parking)",
                "<0x00000000e000%04d> (a java.util.concurrent.CompletableFuture$Signaller)".formatted(number),
                Stream.concat(Stream.of(get), Stream.of(below)).toArray(String[]::new));
    }

    private static void requests(DumpText dump) {
        for (int i = 1; i <= 10; i++) {
            awaitingResult(
                    dump,
                    "http-nio-8080-exec-" + i,
                    i,
                    "com.acme.Shop.place(Shop.java:110)",
                    "org.apache.tomcat.util.threads.ThreadPoolExecutor.runWorker(ThreadPoolExecutor.java:1190)");
        }
        dump.thread(
                "http-nio-8080-Poller",
                "RUNNABLE",
                "sun.nio.ch.EPoll.wait(java.base@17.0.15/Native Method)",
                "sun.nio.ch.SelectorImpl.select(java.base@17.0.15/SelectorImpl.java:141)",
                "org.apache.tomcat.util.net.NioEndpoint$Poller.run(NioEndpoint.java:752)");
    }

    private static String[] task(String... frames) {
        List<String> lines = new ArrayList<>(List.of(frames));
        lines.add("org.springframework.aop.interceptor.AsyncExecutionInterceptor.lambda$invoke$0(A.java:114)");
        lines.addAll(List.of(WORKER));
        return lines.toArray(new String[0]);
    }

    /** Spring 6.2, as captured: asynchronous methods that wait for others of the same executor. */
    @Test
    void requestsWaitForAPoolThatWaitsForItself() {
        ProcessDiagnosis process = Runs.twice(dump -> {
            requests(dump);
            for (int i = 1; i <= 2; i++) {
                awaitingResult(dump, "jobs-" + i, 90 + i, task("com.acme.Jobs.outer(Jobs.java:121)"));
            }
        });
        RankedFinding first = process.findings().get(0);
        assertEquals("pool-self-deadlock", first.finding().rule().id());
        assertTrue(first.score().confidence() >= .6, first.score().toString());
        assertEquals(10, first.victims().size());
    }

    @Test
    void requestsWaitForAPoolWhosePeerDoesNotAnswer() {
        ProcessDiagnosis process = Runs.twice(dump -> {
            requests(dump);
            for (int i = 1; i <= 4; i++) {
                dump.readingSocket(
                        "jobs-" + i,
                        task(
                                "org.postgresql.core.PGStream.receiveChar(PGStream.java:467)",
                                "com.acme.Jobs.load(J.java:7)"));
            }
        });
        RankedFinding first = process.findings().get(0);
        assertEquals("external-io-stall", first.finding().rule().id());
        assertEquals(14, first.victims().size());
    }

    @Test
    void requestsTakeTheResultsOfTasksFromACompletionService() {
        ProcessDiagnosis process = Runs.twice(dump -> {
            for (int i = 1; i <= 4; i++) {
                dump.parked(
                        "http-nio-8080-exec-" + i,
                        "WAITING (parking)",
                        "<0x00000000e000000%d> (a java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject)"
                                .formatted(i),
                        "java.util.concurrent.LinkedBlockingQueue.take(java.base@17.0.15/LinkedBlockingQueue.java:435)",
                        "java.util.concurrent.ExecutorCompletionService.take(java.base@17.0.15/E.java:200)",
                        "com.acme.Quotes.best(Quotes.java:40)",
                        "com.acme.Api.get(Api.java:7)",
                        "java.util.concurrent.ThreadPoolExecutor.runWorker(java.base@17.0.15/T.java:1136)");
            }
            for (int i = 1; i <= 3; i++) {
                dump.readingSocket(
                        "quotes-" + i,
                        "sun.net.www.http.HttpClient.parseHTTP(java.base@17.0.15/HttpClient.java:750)",
                        "com.acme.Quotes.lambda$best$0(Quotes.java:38)",
                        "java.util.concurrent.FutureTask.run(java.base@17.0.15/FutureTask.java:264)",
                        "java.util.concurrent.ThreadPoolExecutor.runWorker(java.base@17.0.15/T.java:1136)");
            }
        });
        RankedFinding first = process.findings().get(0);
        assertEquals("external-io-stall", first.finding().rule().id());
        assertEquals(7, first.victims().size());
    }

    private static ProcessDiagnosis controllers(String wait, String... doing) {
        return Runs.twice(dump -> {
            for (int i = 1; i <= 10; i++) {
                dump.parked(
                        "http-nio-8080-exec-" + i,
                        "WAITING (parking)",
                        "<0x00000000e0000%03d> (a %s)".formatted(i, wait),
                        "java.util.concurrent.Result.get(java.base@17.0.15/Result.java:205)",
                        "com.acme.PdfController.render(PdfController.java:40)",
                        "org.apache.tomcat.util.net.SocketProcessorBase.run(SocketProcessorBase.java:52)",
                        "org.apache.tomcat.util.threads.ThreadPoolExecutor.runWorker(ThreadPoolExecutor.java:1190)");
            }
            for (int i = 1; i <= 4; i++) {
                dump.thread("pdf-worker-" + i, "RUNNABLE", doing);
            }
        });
    }

    /** A task of a class of its own, which nothing ties to who waits for it but that it gives such a result. */
    @ParameterizedTest
    @CsvSource({
        "java.util.concurrent.FutureTask, java.net.SocketInputStream.socketRead0, external-io-stall",
        "java.util.concurrent.FutureTask, java.io.FileInputStream.readBytes, file-io-stall",
        "java.util.concurrent.CompletableFuture$Signaller, java.net.SocketInputStream.socketRead0, external-io-stall"
    })
    void requestsWaitForTasksOfAnotherClass(String wait, String doing, String expected) {
        String task = wait.endsWith("Task") ? wait : "java.util.concurrent.CompletableFuture$AsyncSupply";
        ProcessDiagnosis process = controllers(
                wait,
                doing + "(Native Method)",
                "com.acme.ConvertTask.convert(ConvertTask.java:63)",
                "com.acme.ConvertTask.call(ConvertTask.java:22)",
                task + ".run(java.base@17.0.15/Task.java:264)",
                "java.util.concurrent.ThreadPoolExecutor.runWorker(java.base@17.0.15/ThreadPoolExecutor.java:1136)");
        assertEquals(expected, Runs.rules(process).get(0));
        assertFalse(Runs.rules(process).contains("pool-self-deadlock"));
    }

    private static ProcessDiagnosis intake(String background, String doing, String below) {
        return Runs.twice(dump -> {
            for (int i = 1; i <= 10; i++) {
                dump.parked(
                        "http-nio-8080-exec-" + i,
                        "WAITING (parking)",
                        "<0x00000000e0000001> (a java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject)",
                        "java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject.await(java.base@17.0.15/A.java:1627)",
                        "java.util.concurrent.LinkedBlockingQueue.put(java.base@17.0.15/LinkedBlockingQueue.java:343)",
                        "com.acme.IntakeController.lambda$accept$1(IntakeController.java:33)",
                        "org.apache.tomcat.util.net.SocketProcessorBase.run(SocketProcessorBase.java:52)",
                        "org.apache.tomcat.util.threads.ThreadPoolExecutor.runWorker(ThreadPoolExecutor.java:1190)");
            }
            dump.thread(
                    background,
                    "RUNNABLE",
                    doing + "(java.base@17.0.15/Native Method)",
                    below,
                    "java.lang.Thread.run(java.base@17.0.15/Thread.java:840)");
        });
    }

    /** Others of its pool serve who comes: these wait for the end of a stream, and the listener for its next message. */
    @Test
    void aPoolWithAnIdleWorkerSuspectsNobody() {
        ProcessDiagnosis process = Runs.twice(dump -> {
            for (int i = 1; i <= 3; i++) {
                dump.parked(
                        "http-nio-8080-exec-" + i,
                        "WAITING (parking)",
                        "<0x00000000e000000%d> (a java.util.concurrent.CountDownLatch$Sync)".formatted(i),
                        "java.util.concurrent.CountDownLatch.await(java.base@17.0.15/CountDownLatch.java:230)",
                        "com.acme.StreamController.stream(StreamController.java:33)",
                        "org.apache.tomcat.util.net.SocketProcessorBase.run(SocketProcessorBase.java:52)",
                        "org.apache.tomcat.util.threads.ThreadPoolExecutor.runWorker(ThreadPoolExecutor.java:1190)");
            }
            dump.idleWorker("http-nio-8080-exec-4");
            dump.readingSocket(
                    "changes",
                    "com.mysql.cj.protocol.ReadAheadInputStream.fill(ReadAheadInputStream.java:107)",
                    "com.acme.Changes.next(Changes.java:30)",
                    "com.acme.Changes.run(Changes.java:12)");
        });
        RankedFinding stall = Runs.finding(process, "external-io-stall");
        assertTrue(stall.victims().size() <= 1, stall.victims()::toString);
    }

    /** Nothing ties it to them but that it stands still as well; and a listener always does. */
    @ParameterizedTest
    @CsvSource({
        "java.net.SocketOutputStream.socketWrite0, com.acme.OrderStore.save(O.java:4), external-io-stall",
        "java.net.SocketInputStream.socketRead0, com.acme.Admin.listen(O.java:4), queue-full-producer-blocked",
        "java.net.SocketOutputStream.socketWrite0, com.acme.IntakeController.lambda$start$0(O.java:4), external-io-stall",
        "java.net.SocketInputStream.socketRead0, com.acme.IntakeController.lambda$start$0(O.java:4), queue-full-producer-blocked"
    })
    void requestsHaveNoRoomWhileOneThreadBehindTheScenesIsHeldUp(String doing, String below, String expected) {
        String caller =
                below.contains("lambda") ? below : below + "\n\tat com.acme.OrderWriter.run(OrderWriter.java:18)";
        ProcessDiagnosis process = intake("order-writer", doing, caller);
        RankedFinding first = process.findings().get(0);
        assertEquals(expected, first.finding().rule().id());
        assertTrue(first.score().confidence() <= .85, first.score().toString());
    }

    private static DumpText beside(int second, boolean busy, String reading) {
        DumpText dump = DumpText.withOwners(second)
                .readingSocket(
                        "reader-1",
                        "com.acme.Connection.readLoop(Connection.java:80)",
                        "java.util.concurrent.FutureTask.run(java.base@17.0.15/FutureTask.java:264)",
                        "java.util.concurrent.ThreadPoolExecutor.runWorker(java.base@17.0.15/ThreadPoolExecutor.java:1136)");
        for (int i = 1; i <= 6; i++) {
            if (busy) {
                dump.parked(
                        "http-nio-8080-exec-" + i,
                        "WAITING (parking)",
                        "<0x00000000e000000%d> (a java.util.concurrent.FutureTask)".formatted(i),
                        "java.util.concurrent.FutureTask.get(java.base@17.0.15/FutureTask.java:205)",
                        "com.acme.PdfController.render(PdfController.java:40)",
                        "org.apache.tomcat.util.net.SocketProcessorBase.run(SocketProcessorBase.java:52)",
                        "org.apache.tomcat.util.threads.ThreadPoolExecutor.runWorker(ThreadPoolExecutor.java:1190)");
            } else {
                dump.idleWorker("http-nio-8080-exec-" + i);
            }
        }
        return dump.idleWorker("http-nio-8080-exec-7").idleWorker("pdf-worker-1");
    }

    /** A loop that reads from its peer was submitted once; who waits, and above all who has just come, waits for something else. */
    @ParameterizedTest
    @CsvSource({"false, exchange", "true, readLoop"})
    void whoHasReadAllAlongOwesNothing(boolean before, String reading) {
        ProcessDiagnosis process = Runs.process(beside(0, before, reading), beside(DumpText.LATER, true, reading));
        assertFalse(Runs.rules(process).contains("external-io-stall"), Runs.rules(process)::toString);
    }

    /** A pool with an idle worker has an empty queue. */
    @Test
    void aPoolWithAnIdleWorkerHasNothingQueued() {
        ProcessDiagnosis process = Runs.twice(dump -> {
            requests(dump);
            awaitingResult(dump, "jobs-1", 91, task("com.acme.Jobs.outer(Jobs.java:121)"));
            dump.idleWorker("jobs-2");
        });
        assertEquals("future-never-completed", Runs.rules(process).get(0));
    }

    private static ProcessDiagnosis polls(String state, String await) {
        return Runs.twice(dump -> {
            for (int i = 1; i <= 10; i++) {
                dump.parked(
                        "http-nio-8080-exec-" + i,
                        state,
                        "<0x00000000e0000001> (a java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject)",
                        await,
                        "com.acme.Inbox.next(Inbox.java:31)",
                        "com.acme.InboxController.poll(InboxController.java:20)",
                        "java.util.concurrent.ThreadPoolExecutor.runWorker(java.base@17.0.15/ThreadPoolExecutor.java:1136)");
            }
        });
    }

    @Test
    void workersThatWaitWithALimitGetFreeByThemselves() {
        ProcessDiagnosis process = polls(
                "TIMED_WAITING (parking)",
                "java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject.awaitNanos(java.base@17.0.15/AbstractQueuedSynchronizer.java:1679)");
        assertEquals(
                .6, Runs.finding(process, "thread-pool-exhausted").finding().confidence());
        assertEquals(Verdict.Status.DEGRADED, process.verdict().status());
    }

    @Test
    void withoutALimitTheyHang() {
        ProcessDiagnosis process = polls(
                "WAITING (parking)",
                "java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject.await(java.base@17.0.15/AbstractQueuedSynchronizer.java:1630)");
        assertEquals(Verdict.Status.HUNG, process.verdict().status());
    }

    private static String virtualWorkers(String time) {
        FileDumpText dump =
                new FileDumpText("21.0.5+11", time).container("java.util.concurrent.ThreadPoolExecutor@1a2b3c");
        for (int i = 0; i < 8; i++) {
            dump.thread(
                    "worker-" + i,
                    "java.base/java.lang.VirtualThread.park(VirtualThread.java:596)",
                    "java.base/java.util.concurrent.locks.LockSupport.park(LockSupport.java:221)",
                    "java.base/java.util.concurrent.FutureTask.awaitDone(FutureTask.java:500)",
                    "java.base/java.util.concurrent.FutureTask.get(FutureTask.java:190)",
                    "com.acme.Report.page(Report.java:21)",
                    "java.base/java.util.concurrent.FutureTask.run(FutureTask.java:317)",
                    "java.base/java.util.concurrent.ThreadPoolExecutor.runWorker(ThreadPoolExecutor.java:1144)",
                    "java.base/java.util.concurrent.ThreadPoolExecutor$Worker.run(ThreadPoolExecutor.java:642)",
                    FileDumpText.RUN_VIRTUAL);
        }
        return dump.whole();
    }

    /** A pool with a limit is none the less one for having virtual workers. */
    @Test
    void virtualWorkersWaitForTheirOwnPool() {
        ProcessDiagnosis process = Runs.diagnose(
                        Runs.read(virtualWorkers("2026-03-01T12:00:00Z"), virtualWorkers("2026-03-01T12:00:10Z")))
                .processes()
                .get(0);
        assertEquals("pool-self-deadlock", Runs.rules(process).get(0));
        assertEquals(Verdict.Status.HUNG, process.verdict().status());
    }

    /** Of workers with hexadecimal numbers each seemed to be a pool of its own; here one has nothing to do. */
    @Test
    void aHexadecimalNumberMakesNoPool() {
        ProcessDiagnosis process = Runs.twice(dump -> {
            int number = 20;
            for (String name : List.of("6b", "9e", "cd", "c4", "14", "2d")) {
                awaitingResult(dump, "mail-8080-exec-" + name, number++, task("com.acme.Mail.send(Mail.java:7)"));
            }
            dump.idleWorker("mail-8080-exec-aa");
        });
        assertFalse(
                Runs.rules(process).contains("pool-self-deadlock"),
                Runs.rules(process).toString());
    }

    private static DumpText warmingUp(int second, String load, long milliseconds) {
        DumpText dump = DumpText.withOwners(second);
        for (int i = 1; i <= 5; i++) {
            dump.awaitingLatch(
                    "http-nio-8080-exec-" + i,
                    "com.acme.Dictionary.known(Dictionary.java:31)",
                    "com.acme.Api.get(Api.java:7)",
                    "java.util.concurrent.ThreadPoolExecutor.runWorker(java.base@17.0.15/T.java:1136)");
        }
        String main = "com.acme.Server.main(Server.java:9)";
        return load.contains("fetch")
                ? dump.readingSocket("main", load.replace("11", "1" + second % 9), main)
                : dump.thread("main", 50 + milliseconds, "RUNNABLE", load, main);
    }

    private static Verdict verdictOfWarmUp(String load, long milliseconds) {
        return Runs.process(warmingUp(0, load, 0), warmingUp(DumpText.LATER, load, milliseconds))
                .verdict();
    }

    @Test
    void requestsWaitForOneWhoComputesWhatTheyNeed() {
        Verdict verdict = verdictOfWarmUp("com.acme.Dictionary.load(Dictionary.java:12)", 6_000);
        assertFalse(verdict.status() == Verdict.Status.HUNG, verdict.headline());
        assertFalse(verdict.status() == Verdict.Status.DEGRADED, verdict.headline());
    }

    /** It is read piece by piece. */
    @Test
    void orWhoFetchesIt() {
        Verdict verdict = verdictOfWarmUp("com.acme.Dictionary.fetch(Dictionary.java:11)", 0);
        assertFalse(verdict.status() == Verdict.Status.HUNG, verdict.headline());
    }

    @Test
    void whoComputesElsewhereDoesNotServeThem() {
        Verdict verdict = verdictOfWarmUp("com.acme.Statistics.sum(Statistics.java:12)", 6_000);
        assertEquals(Verdict.Status.HUNG, verdict.status(), verdict.headline());
    }
}
