package dev.whyhung.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whyhung.DumpText;
import dev.whyhung.MadeRecording;
import dev.whyhung.Runs;
import dev.whyhung.finding.Exhibit;
import dev.whyhung.model.PastWait;
import dev.whyhung.model.ThreadRef;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Evidence names the recording in which it stands, which need not be the first, and has no lines. */
class CitedRecordingTest {

    private static final String LOCK = "<0x00000000aa000010> (a java.util.concurrent.locks.ReentrantLock$NonfairSync)";

    private static List<String> sources(List<MadeRecording> recordings, String rule, DumpText... dumps) {
        return Runs.finding(Runs.process(recordings, dumps), rule).finding().evidence().stream()
                .filter(exhibit -> exhibit.source().endsWith(".jfr"))
                .map(Exhibit::place)
                .toList();
    }

    private static List<String> texts(List<MadeRecording> recordings, String rule, DumpText... dumps) {
        return Runs.finding(Runs.process(recordings, dumps), rule).finding().evidence().stream()
                .filter(exhibit -> exhibit.source().endsWith(".jfr"))
                .map(Exhibit::text)
                .toList();
    }

    @Test
    void anExceptionIsCitedFromItsRecording() {
        DumpText dump = DumpText.withOwners(50).idleWorker("order-pool-1", LOCK);
        for (int i = 1; i <= 5; i++) {
            dump.parkedOnLock("http-nio-8080-exec-" + i, LOCK, "com.acme.Orders.place(Orders.java:20)");
        }
        ThreadRef owner = MadeRecording.thread(1, "order-pool-1");
        List<MadeRecording> recordings = List.of(
                MadeRecording.of("first.jfr", -90, -30),
                MadeRecording.of("second.jfr", -10, 50)
                        .thrown(
                                5,
                                owner,
                                "java.lang.IllegalStateException",
                                "no such order",
                                "com.acme.Orders.cancel(Orders.java:31)"));
        assertEquals(List.of("second.jfr"), sources(recordings, "orphaned-lock-idle-owner", dump));
    }

    @Test
    void earlierAnswersAreCitedFromTheirRecording() {
        String call = "com.acme.Prices.ask(Prices.java:12)";
        DumpText[] dumps = {DumpText.withOwners(40), DumpText.withOwners(50)};
        for (DumpText dump : dumps) {
            for (int i = 1; i <= 5; i++) {
                dump.readingSocket("http-nio-8080-exec-" + i, call, "com.acme.Web.get(Web.java:5)");
            }
        }
        List<MadeRecording> recordings = List.of(
                MadeRecording.of("first.jfr", -90, -30),
                MadeRecording.of("second.jfr", -10, 50)
                        .wait(
                                PastWait.Kind.SOCKET_READ,
                                "10.0.0.7:5432",
                                -5,
                                -2,
                                MadeRecording.thread(1, "http-nio-8080-exec-1"),
                                MadeRecording.stack(call, "com.acme.Web.get(Web.java:5)")));
        assertEquals(List.of("second.jfr"), sources(recordings, "external-io-stall", dumps));
        assertEquals(
                List.of("1 earlier answer from 10.0.0.7:5432, the longest after 3 s"),
                texts(recordings, "external-io-stall", dumps));
    }

    @Test
    void theFileThatWasSlowIsNamed() {
        String load = "com.acme.PriceFile.load(PriceFile.java:33)";
        DumpText[] dumps = {DumpText.withOwners(40), DumpText.withOwners(50)};
        for (DumpText dump : dumps) {
            for (int i = 1; i <= 5; i++) {
                dump.thread(
                        "http-nio-8080-exec-" + i,
                        "RUNNABLE",
                        "java.io.FileInputStream.readBytes(java.base@17.0.15/Native Method)",
                        "java.io.FileInputStream.read(java.base@17.0.15/FileInputStream.java:276)",
                        load,
                        "com.acme.Web.get(Web.java:5)");
            }
        }
        MadeRecording recording = MadeRecording.of("second.jfr", -10, 50)
                .wait(
                        PastWait.Kind.FILE,
                        "/mnt/prices",
                        -5,
                        -2,
                        MadeRecording.thread(1, "http-nio-8080-exec-1"),
                        MadeRecording.stack(load, "com.acme.Web.get(Web.java:5)"));
        assertEquals(
                List.of("1 earlier call on /mnt/prices here, the longest of 3 s"),
                texts(List.of(recording), "file-io-stall", dumps));
    }
}
