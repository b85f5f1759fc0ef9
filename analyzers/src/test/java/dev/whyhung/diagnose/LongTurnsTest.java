package dev.whyhung.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.whyhung.DumpText;
import dev.whyhung.MadeRecording;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.verdict.Verdict;
import dev.whyhung.model.CallStack;
import dev.whyhung.model.PastWait;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Requests that wait, all of them, for the next of something that comes every nine seconds. */
class LongTurnsTest {

    private static final int REQUESTS = 8;
    private static final String CONDITION = "java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject";
    private static final String AWAIT = CONDITION + ".await(java.base@17.0.15/AbstractQueuedSynchronizer.java:1630)";
    private static final String NEXT = "com.acme.Tide.next(Tide.java:12)";
    private static final CallStack STACK = MadeRecording.stack(AWAIT, NEXT);

    private static String requests(int second, String cpu) {
        DumpText dump = DumpText.withOwners(second);
        for (int i = 1; i <= REQUESTS; i++) {
            dump.parked(
                    "http-nio-8080-exec-" + i,
                    30,
                    "WAITING (parking)",
                    "<0x00000000e0000001> (a " + CONDITION + ")",
                    AWAIT,
                    NEXT,
                    "com.acme.Harbour.serve(Harbour.java:8)",
                    "org.apache.tomcat.util.threads.ThreadPoolExecutor$Worker.run(ThreadPoolExecutor.java:659)",
                    "java.lang.Thread.run(java.base@17.0.15/Thread.java:840)");
        }
        return dump.whole().replace("cpu=30.00ms", cpu);
    }

    private static Verdict.Status twice(String cpu) {
        return Runs.process(List.of(), requests(0, "cpu=30.00ms"), requests(DumpText.LATER, cpu))
                .verdict()
                .status();
    }

    @Test
    void theyHaveRunInBetween() {
        assertNotEquals(Verdict.Status.HUNG, twice("cpu=30.21ms"));
        assertEquals(Verdict.Status.HUNG, twice("cpu=30.00ms"));
    }

    /** A wait for so long, before, and the one in which the first dump shows them. */
    private static Verdict.Status recorded(double before) {
        MadeRecording recording = MadeRecording.of("r.jfr", -40, 59);
        for (int i = 1; i <= REQUESTS; i++) {
            var request = MadeRecording.thread(i, "http-nio-8080-exec-" + i);
            recording.wait(PastWait.Kind.PARK, CONDITION, 43.9 - before, 43.9, request, STACK);
            recording.wait(PastWait.Kind.PARK, CONDITION, 44, 53, request, STACK);
        }
        DumpText answered = DumpText.withOwners(54);
        for (int i = 1; i <= REQUESTS; i++) {
            answered.thread("http-nio-8080-exec-" + i, 32, "RUNNABLE", "com.acme.Harbour.print(Harbour.java:14)");
        }
        return Runs.process(List.of(recording), requests(51, "cpu=30.00ms"), answered.whole())
                .verdict()
                .status();
    }

    @Test
    void theirWaitsEndAsTheyAlwaysDid() {
        assertEquals(Verdict.Status.HEALTHY, recorded(8.8));
        assertEquals(Verdict.Status.DEGRADED, recorded(.5));
    }

    /** Each of them has seen one turn since this second, half of them an earlier one than the others; now it has waited for six. */
    private static Verdict.Status seldom(double turns) {
        MadeRecording recording = MadeRecording.of("r.jfr", -40, 51);
        for (int i = 1; i <= REQUESTS; i++) {
            var request = MadeRecording.thread(i, "http-nio-8080-exec-" + i);
            double end = i % 2 == 0 ? 44 : 35;
            recording.wait(PastWait.Kind.PARK, CONDITION, end - turns, end, request, STACK);
            recording.wait(PastWait.Kind.PARK, "", 43, 44, request, MadeRecording.stack("com.acme.Harbour.read(H:1)"));
        }
        return Runs.process(List.of(recording), requests(50, "cpu=30.00ms"))
                .verdict()
                .status();
    }

    @Test
    void othersHaveWaitedThereForAsLong() {
        assertEquals(Verdict.Status.HEALTHY, seldom(8.8));
        assertEquals(Verdict.Status.HUNG, seldom(3));
    }
}
