package dev.whyhung.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whyhung.DumpText;
import dev.whyhung.MadeRecording;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.chronicle.RoleSamples;
import dev.whyhung.diagnose.chronicle.RoleSamples.Row;
import dev.whyhung.model.CallStack;
import dev.whyhung.model.PastWait;
import dev.whyhung.model.Recording.ThrownCount;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What recordings tell of whole classes of threads and exceptions. */
class ChronicleTest {

    private static final String LOCK = "<0x00000000aa000010> (a java.util.concurrent.locks.ReentrantLock$NonfairSync)";
    private static final CallStack IDLE =
            MadeRecording.stack("java.util.concurrent.LinkedBlockingQueue.take(LinkedBlockingQueue.java:435)");

    private static List<RoleSamples> samples(MadeRecording recording, DumpText dump) {
        return Objects.requireNonNull(Runs.process(recording, dump).chronicle()).samples();
    }

    @Test
    void theLastMinuteIsSummedUpByRole() {
        MadeRecording recording = MadeRecording.of("r.jfr", -90, 50)
                .sampled(-90, 400, 7, MadeRecording.thread(1, "http-nio-8080-exec-1"))
                .sampled(20, 5, 1, MadeRecording.thread(1, "http-nio-8080-exec-1"))
                .sampled(30, 6, 0, MadeRecording.thread(2, "http-nio-8080-exec-2"))
                .sampled(30, 300, 0, MadeRecording.thread(77, "report-builder"))
                .sampled(30, 0, 200, MadeRecording.thread(3, "nioEventLoopGroup-3-1"));
        DumpText dump = DumpText.withoutOwners(50).idleWorker("http-nio-8080-exec-1");
        dump.idleWorker("http-nio-8080-exec-2");
        RoleSamples lately = samples(recording, dump).get(0);
        assertEquals("in the last minute", lately.title());
        assertEquals(
                new Row("OTHER", 1, 300, 0, "report-builder", 300),
                lately.rows().get(0));
        assertEquals(
                new Row("REQUEST", 2, 11, 1, "http-nio-8080-exec-1", 6),
                lately.rows().get(1));
        assertEquals(200, lately.rows().get(2).inNative());
    }

    @Test
    void exceptionsAreCountedByClassOverAllRecordings() {
        String late = "java.lang.IllegalStateException";
        MadeRecording first = MadeRecording.of("a.jfr", -90, 0)
                .thrown(
                        -50,
                        MadeRecording.thread(1, "web-1"),
                        "java.io.IOException",
                        "reset",
                        "com.acme.A.b(A.java:1)");
        MadeRecording second = MadeRecording.of("b.jfr", 0, 50)
                .thrown(10, MadeRecording.thread(1, "web-1"), "java.io.IOException", "reset", "com.acme.A.b(A.java:1)")
                .thrown(20, MadeRecording.thread(1, "web-1"), late, "no price", "com.acme.A.c(A.java:2)");
        DumpText dump = DumpText.withoutOwners(50).idleWorker("web-1");
        List<ThrownCount> counts = Objects.requireNonNull(
                        Runs.process(List.of(first, second), dump).chronicle())
                .exceptions();
        assertEquals(List.of(2L, 1L), counts.stream().map(ThrownCount::count).toList());
        assertEquals("java.io.IOException", counts.get(0).className());
        assertEquals(
                Duration.ofSeconds(60),
                Duration.between(counts.get(0).first(), counts.get(0).last()));
    }

    /** Two recordings ran at the same time, as a tool's beside that of the start script. */
    @Test
    void exceptionsThatTwoRecordingsHaveAreCountedOnce() {
        MadeRecording all = failing(MadeRecording.of("a.jfr", -90, 50), -50, 10, 20);
        MadeRecording part = failing(MadeRecording.of("b.jfr", 0, 50), 10, 20);
        MadeRecording same = failing(MadeRecording.of("c.jfr", -90, 50), -50, 10, 20);
        DumpText dump = DumpText.withoutOwners(50).idleWorker("web-1");
        for (List<MadeRecording> recordings : List.of(List.of(all, part), List.of(part, all), List.of(all, same))) {
            List<ThrownCount> counts = Objects.requireNonNull(
                            Runs.process(recordings, dump).chronicle())
                    .exceptions();
            assertEquals(List.of(3L), counts.stream().map(ThrownCount::count).toList());
        }
    }

    private static MadeRecording failing(MadeRecording recording, int... seconds) {
        for (int second : seconds) {
            recording.thrown(
                    second, MadeRecording.thread(1, "web-1"), "java.io.IOException", "reset", "com.acme.A.b(A.java:1)");
        }
        return recording;
    }

    /** They took turns at the lock until noon; since then only one thread ran. */
    @Test
    void whatRanSinceTheOnsetIsToldApart() {
        MadeRecording recording = MadeRecording.of("r.jfr", -90, 50);
        DumpText dump =
                DumpText.withoutOwners(50).thread("rebuild", 40_000, "RUNNABLE", "com.acme.Index.hash(Index.java:7)");
        for (int i = 1; i <= 5; i++) {
            dump.parkedOnLock("http-nio-8080-exec-" + i, LOCK, "com.acme.Stock.read(Stock.java:21)");
            recording
                    .wait(PastWait.Kind.PARK, "", -2, -.1, MadeRecording.thread(1 + i, "http-nio-8080-exec-" + i), IDLE)
                    .sampled(-20, 30, 0, MadeRecording.thread(1 + i, "http-nio-8080-exec-" + i));
        }
        recording.load(-90, 0, .4, .5).load(0, 50, .01, .2);
        recording.sampled(10, 450, 0, MadeRecording.thread(1, "rebuild"));
        List<RoleSamples> samples = samples(recording, dump);
        assertEquals(
                List.of("since the service stopped", "before the service stopped"),
                samples.stream().map(RoleSamples::title).toList());
        assertEquals(
                List.of(new Row("OTHER", 1, 450, 0, "rebuild", 450)),
                samples.get(0).rows());
        assertEquals("REQUEST", samples.get(1).rows().get(0).role());
        assertEquals(150, samples.get(1).rows().get(0).running());
    }
}
