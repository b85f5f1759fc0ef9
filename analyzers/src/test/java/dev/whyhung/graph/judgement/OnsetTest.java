package dev.whyhung.graph.judgement;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whyhung.DumpText;
import dev.whyhung.MadeRecording;
import dev.whyhung.Runs;
import dev.whyhung.model.CallStack;
import dev.whyhung.model.PastWait;
import dev.whyhung.model.ThreadId;
import dev.whyhung.model.ThreadRef;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** When the service stopped, as the signs of life of its requests tell. */
class OnsetTest {

    private static final String LOCK = "<0x00000000ff10a078> (a java.util.concurrent.locks.ReentrantLock$NonfairSync)";
    private static final String ORDER = "com.acme.Orders.place(Orders.java:50)";
    private static final CallStack TAKE = MadeRecording.stack(
            "java.util.concurrent.LinkedBlockingQueue.take(java.base@17.0.15/LinkedBlockingQueue.java:435)",
            "java.util.concurrent.ThreadPoolExecutor.getTask(java.base@17.0.15/ThreadPoolExecutor.java:1062)");

    /** Four workers, of which the first ones have taken tasks until the twentieth second. */
    private static Instant onset(int used) {
        MadeRecording recording =
                MadeRecording.of("r.jfr", -60, 50).load(-60, 20, .5, .5).load(20, 50, 0, .1);
        DumpText dump = DumpText.withoutOwners(50);
        for (int i = 1; i <= 4; i++) {
            ThreadRef worker = MadeRecording.thread(i, "http-nio-8080-exec-" + i);
            if (i <= used) {
                recording.wait(PastWait.Kind.PARK, "", 10, 20, worker, TAKE);
            } else {
                recording.start(20 + 5 * i, worker, MadeRecording.thread(9, "http-nio-8080-Poller"));
            }
            dump.parkedOnLock(worker.name(), LOCK, ORDER);
        }
        return Runs.process(recording, dump).chronicle().onset();
    }

    @Test
    void aPoolThatGrowsSendsThreadsToAServiceThatStands() {
        assertEquals(Instant.parse("2026-03-01T12:00:20Z"), onset(2));
    }

    @Test
    void ifNobodyEverGotOnTheFirstCameToIt() {
        assertEquals(Instant.parse("2026-03-01T12:00:25Z"), onset(0));
    }

    /** Of the virtual threads only those that keep the carriers are in the dump. */
    @Test
    void carriersStandSinceTheLastVirtualThreadGotOn() {
        String read = "com.acme.Stock.read(Stock.java:21)";
        ThreadRef virtual = new ThreadRef(ThreadId.ofJava(90), "", true);
        MadeRecording recording = MadeRecording.of("r.jfr", -60, 50)
                .load(-60, 20, .5, .5)
                .load(20, 50, 0, .1)
                .wait(PastWait.Kind.PARK, "", 10, 20, virtual, MadeRecording.stack(read));
        DumpText dump = DumpText.withoutOwners(50);
        for (int i = 1; i <= 2; i++) {
            dump.carrier(
                    "ForkJoinPool-1-worker-" + i,
                    30,
                    100 + i,
                    "java.lang.VirtualThread.parkOnCarrierThread(java.base@25.0.3/VirtualThread.java:687)",
                    read);
        }
        assertEquals(
                Instant.parse("2026-03-01T12:00:20Z"),
                Runs.process(recording, dump).chronicle().onset());
    }
}
