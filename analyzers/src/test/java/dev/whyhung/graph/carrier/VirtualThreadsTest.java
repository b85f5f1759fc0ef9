package dev.whyhung.graph.carrier;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whyhung.MadeRecording;
import dev.whyhung.model.CallStack;
import dev.whyhung.model.PastWait;
import dev.whyhung.model.Recording;
import dev.whyhung.model.ThreadId;
import dev.whyhung.model.ThreadRef;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VirtualThreadsTest {

    /** Those that wait are in no dump of a recording, and carriers without work end. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void areSeenInSamples(boolean virtual) {
        ThreadRef sampled = new ThreadRef(ThreadId.ofJava(32), "", virtual);
        Recording recording = MadeRecording.of("r.jfr", 0, 20)
                .samples(5, 1, sampled, CallStack.EMPTY)
                .build();
        assertEquals(virtual, VirtualThreads.wereSeen(recording));
    }

    /** Nor are those seen that wait for good; their carriers and pollers have left events before they went. */
    @ParameterizedTest
    @ValueSource(strings = {"MasterPoller", "main"})
    void haveHelpersAndCarriers(String other) {
        CallStack parked = MadeRecording.stack("java.util.concurrent.ForkJoinPool.awaitWork(ForkJoinPool.java:2013)");
        Recording recording = MadeRecording.of("r.jfr", 0, 60)
                .wait(PastWait.Kind.PARK, "", 1, 31, MadeRecording.thread(21, "ForkJoinPool-1-worker-1"), parked)
                .wait(PastWait.Kind.PARK, "", 1, 31, MadeRecording.thread(28, other), CallStack.EMPTY)
                .build();
        assertEquals(other.equals("MasterPoller"), VirtualThreads.wereSeen(recording));
    }
}
