package dev.whyhung.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.whyhung.DumpText;
import dev.whyhung.MadeRecording;
import dev.whyhung.Runs;
import dev.whyhung.model.PastWait;
import dev.whyhung.model.ThreadRef;
import org.junit.jupiter.api.Test;

/** Threads died of a class that cannot be initialised, and others wait for what they would have done. */
class PoisonedClassTest {

    private static final String USE = "com.acme.GeoResolver.resolve(GeoResolver.java:7)";
    private static final ThreadRef FIRST = MadeRecording.thread(40, "geo-resolver-0");
    private static final ThreadRef SECOND = MadeRecording.thread(41, "geo-resolver-1");

    /** Both resolvers ended at noon; the requests, which share no code with them, wait since then, or some had before. */
    private static String rule(int waitingBefore) {
        MadeRecording recording = MadeRecording.of("r.jfr", -60, 50)
                .threshold("JavaErrorThrow", 0)
                .thrown(0, FIRST, "java.lang.ExceptionInInitializerError", "", USE)
                .thrown(.1, SECOND, "java.lang.NoClassDefFoundError", "Could not initialize class com.acme.Geo", USE)
                .end(.1, FIRST)
                .end(.2, SECOND);
        DumpText dump = DumpText.withoutOwners(50);
        for (int i = 1; i <= 5; i++) {
            String name = "geo-request-" + i;
            dump.awaitingLatch(
                    name,
                    "com.acme.Web.get(Web.java:11)",
                    "java.util.concurrent.ThreadPoolExecutor.runWorker(java.base@17.0.15/ThreadPoolExecutor.java:1136)");
            double last = i <= waitingBefore ? -40 : .3 + i;
            recording.wait(
                    PastWait.Kind.PARK,
                    "",
                    last - 1,
                    last,
                    MadeRecording.thread(i, name),
                    MadeRecording.stack(
                            "java.util.concurrent.LinkedBlockingQueue.take(java.base@17.0.15/LinkedBlockingQueue.java:435)"));
        }
        return Runs.process(recording, dump).findings().get(0).finding().rule().id();
    }

    @Test
    void theyWereAnsweredAsLongAsOneOfThemLived() {
        assertEquals("poisoned-class", rule(0));
    }

    @Test
    void mostOfThemWaitedBefore() {
        assertNotEquals("poisoned-class", rule(4));
    }
}
