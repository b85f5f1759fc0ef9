package dev.whyhung.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.whyhung.DumpText;
import dev.whyhung.MadeRecording;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.verdict.Verdict;
import dev.whyhung.model.PastWait;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Dumps of JDK 8, which print no CPU times: what tells a wait from the next one in the same place. */
class WithoutCpuTimesTest {

    private static final int WORKERS = 12;
    private static final String OLD = "<0x00000000f0000%d00> (a java.lang.ref.ReferenceQueue$Lock)";

    /** Threads whose objects are old and lie where they lay. */
    private static DumpText dump(int second) {
        DumpText dump = DumpText.withoutOwners(second).asJava8();
        for (int i = 1; i <= 3; i++) {
            dump.thread(
                    "keeper-" + i,
                    "WAITING (on object monitor)",
                    "java.lang.Object.wait(Native Method)",
                    "- waiting on " + String.format(OLD, i),
                    "java.lang.ref.ReferenceQueue.remove(ReferenceQueue.java:144)",
                    "com.acme.Keeper.run(Keeper.java:10)",
                    "java.lang.Thread.run(Thread.java:750)");
        }
        return dump;
    }

    private static DumpText reading(DumpText dump, IntFunction<String> requests, int from, String server) {
        for (int i = from; i < WORKERS; i++) {
            dump.thread(
                    "http-nio-8080-exec-" + (i + 1),
                    "RUNNABLE",
                    "java.net.SocketInputStream.socketRead0(Native Method)",
                    "java.net.SocketInputStream.read(SocketInputStream.java:171)",
                    "java.io.BufferedInputStream.read(BufferedInputStream.java:345)",
                    "sun.net.www.http.HttpClient.parseHTTP(HttpClient.java:684)",
                    "sun.net.www.protocol.http.HttpURLConnection.getInputStream(HttpURLConnection.java:1512)",
                    "- locked " + requests.apply(i) + " (a sun.net.www.protocol.http.HttpURLConnection)",
                    "com.acme.Fares.quote(Fares.java:41)",
                    "com.acme.FareController.get(FareController.java:12)",
                    server,
                    "java.util.concurrent.ThreadPoolExecutor.runWorker(ThreadPoolExecutor.java:1149)",
                    "java.lang.Thread.run(Thread.java:750)");
        }
        return dump;
    }

    private static final String SERVER =
            "org.apache.catalina.core.StandardWrapperValve.invoke(StandardWrapperValve.java:198)";
    private static final String OTHER_WAY =
            "org.apache.catalina.core.StandardWrapperValve.invoke(StandardWrapperValve.java:202)";

    private static String request(int number) {
        return String.format("<0x00000000e%07x>", number);
    }

    private static Verdict.Status verdict(DumpText... dumps) {
        return Runs.process(dumps).verdict().status();
    }

    @Test
    void seesOneCallWhereNothingHasChanged() {
        DumpText first = reading(dump(0), WithoutCpuTimesTest::request, 0, SERVER);
        DumpText second = reading(dump(10), WithoutCpuTimesTest::request, 0, SERVER);
        assertEquals(Verdict.Status.HUNG, verdict(first, second));
    }

    /** The request is an object of its own; what is old has not been moved. */
    @Test
    void seesTheNextRequestInTheSamePlace() {
        DumpText first = reading(dump(0), WithoutCpuTimesTest::request, 0, SERVER);
        DumpText second = reading(dump(10), i -> request(1000 + i), 0, SERVER);
        assertEquals(Verdict.Status.INCONCLUSIVE, verdict(first, second));
    }

    /** A collection has moved all that there is: that says nothing. */
    @Test
    void doesNotTakeAMovedRequestForANewOne() {
        DumpText first = reading(DumpText.withoutOwners(0).asJava8(), WithoutCpuTimesTest::request, 0, SERVER);
        DumpText second = reading(DumpText.withoutOwners(10).asJava8(), i -> request(1000 + i), 0, SERVER);
        assertEquals(Verdict.Status.HUNG, verdict(first, second));
    }

    /** A collection has moved what one of them holds; the others hold what they held. */
    @Test
    void oneMovedRequestProvesNothing() {
        DumpText first = reading(dump(0), WithoutCpuTimesTest::request, 0, SERVER);
        DumpText second = reading(dump(10), i -> request(i == 5 ? 1000 : i), 0, SERVER);
        assertEquals(Verdict.Status.HUNG, verdict(first, second));
    }

    /** One of them stood in the same call, to which the server came on another way, and has left it. */
    @Test
    void seesThatTheCallReturns() {
        DumpText first = dump(0).thread(
                        "http-nio-8080-exec-1",
                        "RUNNABLE",
                        "java.net.SocketInputStream.socketRead0(Native Method)",
                        "java.net.SocketInputStream.read(SocketInputStream.java:171)",
                        "java.io.BufferedInputStream.read(BufferedInputStream.java:345)",
                        "sun.net.www.http.HttpClient.parseHTTP(HttpClient.java:684)",
                        "sun.net.www.protocol.http.HttpURLConnection.getInputStream(HttpURLConnection.java:1512)",
                        "com.acme.Fares.quote(Fares.java:41)",
                        "com.acme.FareController.get(FareController.java:12)",
                        OTHER_WAY,
                        "java.lang.Thread.run(Thread.java:750)");
        DumpText second = dump(10).thread(
                        "http-nio-8080-exec-1",
                        "RUNNABLE",
                        "com.acme.FareController.render(FareController.java:30)",
                        "com.acme.FareController.get(FareController.java:13)",
                        OTHER_WAY,
                        "java.lang.Thread.run(Thread.java:750)");
        assertNotEquals(
                Verdict.Status.HUNG,
                verdict(
                        reading(first, WithoutCpuTimesTest::request, 1, SERVER),
                        reading(second, WithoutCpuTimesTest::request, 1, SERVER)));
    }

    /** Answers that a recording saw: each thread got one shortly before the last dump, or shortly behind it. */
    @ParameterizedTest
    @CsvSource({"10, 9, HEALTHY", "10, -1, HUNG", "14, 13.5, HEALTHY"})
    void believesARecordingThatSawTheCallReturn(double end, double answer, Verdict.Status expected) {
        MadeRecording recording = MadeRecording.of("a.jfr", -20, end);
        for (int i = 0; i < WORKERS; i++) {
            recording.wait(
                    PastWait.Kind.SOCKET_READ,
                    "10.0.0.7:80",
                    answer - 2,
                    answer,
                    MadeRecording.thread(4 + i, "http-nio-8080-exec-" + (i + 1)),
                    MadeRecording.stack(
                            "java.net.SocketInputStream.socketRead0(Native Method)",
                            "com.acme.Fares.quote(Fares.java:41)"));
        }
        DumpText first = reading(dump(0), WithoutCpuTimesTest::request, 0, SERVER);
        DumpText second = reading(dump(10), WithoutCpuTimesTest::request, 0, SERVER);
        assertEquals(
                expected,
                Runs.processInUtc(List.of(recording), first, second).verdict().status());
    }

    private static DumpText logging(DumpText dump, String... consumer) {
        for (int i = 1; i <= WORKERS; i++) {
            dump.thread(
                    "http-nio-8080-exec-" + i,
                    "WAITING (parking)",
                    "sun.misc.Unsafe.park(Native Method)",
                    "- parking to wait for  <0x00000000f0000900> (a java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject)",
                    "java.util.concurrent.locks.LockSupport.park(LockSupport.java:175)",
                    "java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject.await(AbstractQueuedSynchronizer.java:2039)",
                    "java.util.concurrent.ArrayBlockingQueue.put(ArrayBlockingQueue.java:353)",
                    "ch.qos.logback.core.AsyncAppenderBase.put(AsyncAppenderBase.java:160)",
                    "ch.qos.logback.core.AsyncAppenderBase.append(AsyncAppenderBase.java:148)",
                    "ch.qos.logback.classic.Logger.callAppenders(Logger.java:257)",
                    "com.acme.AuditController.get(AuditController.java:12)",
                    SERVER,
                    "java.util.concurrent.ThreadPoolExecutor.runWorker(ThreadPoolExecutor.java:1149)",
                    "java.lang.Thread.run(Thread.java:750)");
        }
        List<String> frames = new ArrayList<>(List.of(consumer));
        frames.add("com.acme.SlowAppender.append(SlowAppender.java:9)");
        frames.add("ch.qos.logback.core.AppenderBase.doAppend(AppenderBase.java:82)");
        frames.add("ch.qos.logback.core.AsyncAppenderBase$Worker.run(AsyncAppenderBase.java:265)");
        boolean sleeps = consumer[0].contains("sleep");
        return dump.thread(
                "AsyncAppender-Worker-ASYNC",
                sleeps ? "TIMED_WAITING (sleeping)" : "RUNNABLE",
                frames.toArray(new String[0]));
    }

    /** How often a consumer that sleeps has woken since, nobody knows; one that writes to a pipe nobody reads does not. */
    @Test
    void doesNotTakeBackPressureForAStandstill() {
        String sleep = "java.lang.Thread.sleep(Native Method)";
        String write = "java.io.FileOutputStream.writeBytes(Native Method)";
        assertNotEquals(Verdict.Status.HUNG, verdict(logging(dump(0), sleep), logging(dump(10), sleep)));
        assertEquals(Verdict.Status.HUNG, verdict(logging(dump(0), write), logging(dump(10), write)));
    }

    /** With CPU times: too little to have served a request, but one who waits for room does not run at all. */
    @ParameterizedTest
    @CsvSource({"5.00, HUNG", "5.60, HEALTHY"})
    void seesThatAProducerWasSignalled(String cpu, Verdict.Status expected) {
        String sleep = "java.lang.Thread.sleep(Native Method)";
        String first = logging(DumpText.withoutOwners(0), sleep).whole();
        String second = logging(DumpText.withoutOwners(10), sleep).whole().replace("cpu=5.00ms", "cpu=" + cpu + "ms");
        assertEquals(
                expected,
                Runs.diagnose(Runs.read(first, second))
                        .processes()
                        .get(0)
                        .verdict()
                        .status());
    }
}
