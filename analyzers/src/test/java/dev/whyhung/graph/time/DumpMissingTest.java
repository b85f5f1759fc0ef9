package dev.whyhung.graph.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whyhung.DumpText;
import dev.whyhung.MadeRecording;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.verdict.Verdict;
import dev.whyhung.model.CallStack;
import dev.whyhung.model.PastWait;
import dev.whyhung.model.ThreadRef;
import org.junit.jupiter.api.Test;

/** A recording that holds no dump later than one taken before its end: does that speak for the rest of it? */
class DumpMissingTest {

    private static final CallStack STACK =
            MadeRecording.stack("java.util.concurrent.LinkedBlockingQueue.take(LinkedBlockingQueue.java:435)");

    /** Three workers whose waits ended each second, up to then. */
    private static MadeRecording recording(double from, double to, double lastSign) {
        MadeRecording recording = MadeRecording.of("r.jfr", from, to);
        for (int id = 1; id <= 3; id++) {
            for (double at = Math.max(from, lastSign - 20); at < lastSign; at++) {
                recording.wait(PastWait.Kind.PARK, "", at, at + .9, MadeRecording.thread(id, "web-" + id), STACK);
            }
        }
        return recording;
    }

    private static Verdict.Status verdict(MadeRecording recording) {
        DumpText dump = DumpText.withoutOwners(0)
                .idleWorker("web-1")
                .idleWorker("web-2")
                .idleWorker("web-3");
        return Runs.process(recording, dump).verdict().status();
    }

    @Test
    void aDumpOfTheLastMinuteSpeaksForARecordingThatGoesOnAlike() {
        assertEquals(Verdict.Status.HEALTHY, verdict(recording(-60, 25, 25)));
        assertEquals(Verdict.Status.HEALTHY, verdict(recording(-60, 25, -40)), "idle then and now");
    }

    @Test
    void itDoesNotWhereThreadsHaveFallenSilentSince() {
        assertEquals(Verdict.Status.INCONCLUSIVE, verdict(recording(-60, 25, 5)));
    }

    /** A timer that comes once a minute was due after the dump. */
    @Test
    void whoIsNotDueYetHasNotFallenSilent() {
        MadeRecording recording = MadeRecording.of("r.jfr", -60, 25)
                .wait(PastWait.Kind.PARK, "", -59, 1, MadeRecording.thread(1, "web-1"), STACK);
        assertEquals(Verdict.Status.HEALTHY, verdict(recording));
        recording.wait(PastWait.Kind.PARK, "", 1, 2, MadeRecording.thread(1, "web-1"), STACK);
        assertEquals(Verdict.Status.INCONCLUSIVE, verdict(recording));
    }

    @Test
    void threadsThatHaveEndedAreNotMissed() {
        MadeRecording recording = recording(-60, 25, 25);
        for (int id = 11; id <= 20; id++) {
            ThreadRef thread = MadeRecording.thread(id, "job-" + id);
            recording.wait(PastWait.Kind.SLEEP, "", -2, -1, thread, STACK).end(0, thread);
        }
        assertEquals(Verdict.Status.HEALTHY, verdict(recording));
    }

    @Test
    void samplesOfWhoIsStuckInNativeCodeAreNoSignOfLife() {
        MadeRecording recording = recording(-60, 25, 5);
        for (int id = 1; id <= 3; id++) {
            recording.samples(25, 100, MadeRecording.thread(id, "web-" + id), STACK);
        }
        assertEquals(Verdict.Status.INCONCLUSIVE, verdict(recording));
    }

    @Test
    void oneOfItsBeginDoesNot() {
        assertEquals(Verdict.Status.INCONCLUSIVE, verdict(recording(-2, 25, 25)));
    }

    /** Another recording with the settings "profile", begun after two seconds, leaves no chunk a dump at its end. */
    @Test
    void twoOfItsBeginDoNotEither() {
        assertEquals(Verdict.Status.INCONCLUSIVE, verdict(recording(-2, 25, 25).withDump()));
    }

    @Test
    void whoHasDiedSinceIsTold() {
        ThreadRef feed = MadeRecording.thread(11, "price-feed");
        MadeRecording recording = recording(-2, 25, 25)
                .thrown(9, feed, "java.lang.IllegalStateException", "no rate", "com.acme.Feed.run(Feed.java:9)")
                .end(9, feed);
        DumpText dump = DumpText.withoutOwners(0).idleWorker("web-1");
        assertTrue(Runs.process(recording, dump)
                .verdict()
                .headline()
                .contains("\"price-feed\" died of IllegalStateException: no rate"));
    }
}
