package dev.whyhung.graph.time;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whyhung.MadeRecording;
import dev.whyhung.model.ThreadRef;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A thread that ended shortly after it had created an exception. */
class DeathTest {

    private static final ThreadRef MAIN = MadeRecording.thread(1, "main");
    private static final ThreadRef WORKER = MadeRecording.thread(20, "worker");

    /** Who starts a server after an exception has caught it. */
    @ParameterizedTest
    @CsvSource({"1, .4, true", "1, .6, false", "7, .6, true"})
    void isNotOfWhatItOutlived(int starter, double started, boolean blamed) {
        MadeRecording recording = MadeRecording.of("r.jfr", 0, 20)
                .start(started, WORKER, MadeRecording.thread(starter, "starter"))
                .thrown(.5, MAIN, "java.security.NoSuchAlgorithmException", "no XDH")
                .end(.9, MAIN);
        List<Death> deaths = Death.in(recording.build());
        assertEquals(1, deaths.size());
        assertEquals(blamed, deaths.get(0).last().isPresent());
    }
}
