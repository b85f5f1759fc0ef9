package dev.whyhung.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whyhung.model.InputReport;
import dev.whyhung.model.ThreadDump;
import dev.whyhung.model.ThreadSnapshot;
import dev.whyhung.model.ThreadStatus;
import dev.whyhung.read.bytes.Budget;
import dev.whyhung.read.bytes.Limits;
import dev.whyhung.read.harvest.StackTable;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Heaps as other JVMs write them than the one that runs the test. */
class HeapThreadsTest {

    private static final int PARKED = 0x201 | 4;
    private static final String[] FIELDS = {"name", "tid", "threadStatus", "parkBlocker"};

    /** JDK 7 and the first of JDK 8 keep a name as letters, without a string around them. */
    @Test
    void nameOfLetters() {
        HeapBytes heap = new HeapBytes();
        long threads = heap.ofClass("java/lang/Thread", 0, FIELDS);
        heap.thread(heap.object(threads, heap.letters("gull"), 7, PARKED, 0), heap.stack(2));
        Described read = Described.of(heap.bytes());
        assertEquals(1, read.threads().size());
        assertTrue(
                read.threads().get(0).startsWith("ThreadId[value=7] gull "),
                read.threads().toString());
    }

    @Test
    void hasNoLines() {
        ThreadDump dump = Described.of(HeapBytes.sample()).dumps().get(0);
        assertEquals(0, dump.info().line());
        assertEquals(0, dump.threads().get(0).line());
    }

    /** A dump that breaks off anywhere, or with any byte changed, is read as far as it goes. */
    @Test
    void damaged() {
        byte[] whole = HeapBytes.sample();
        assertEquals(2, Described.of(whole).threads().size());
        for (int i = 20; i < whole.length; i++) {
            byte[] damaged = whole.clone();
            damaged[i] ^= (byte) 0xff;
            for (byte[] each : new byte[][] {Arrays.copyOf(whole, i), damaged}) {
                String message = Described.of(each).message();
                assertFalse(message.contains(Unpacker.BUG), message);
            }
        }
    }

    /** JDK 21 does not tell the stacks of virtual threads that are not mounted. */
    @Test
    void virtualOwnerWithoutAStack() {
        for (long state : new long[] {4, 99}) {
            HeapBytes heap = new HeapBytes();
            long threads = heap.ofClass("java/lang/Thread", 0, FIELDS);
            long base = heap.ofClass("java/lang/BaseVirtualThread", threads);
            long virtual = heap.ofClass("java/lang/VirtualThread", base, "state");
            long synchronizers =
                    heap.ofClass("java/util/concurrent/locks/AbstractOwnableSynchronizer", 0, "exclusiveOwnerThread");
            long locks = heap.ofClass("java/util/concurrent/locks/ReentrantLock$NonfairSync", synchronizers);
            long owner = heap.object(virtual, state, heap.letters("crab"), 8, 0, 0);
            long lock = heap.object(locks, owner);
            heap.thread(heap.object(threads, heap.letters("gull"), 7, PARKED, lock), heap.stack(2));
            ThreadDump dump = Described.of(heap.bytes()).dumps().get(0);
            boolean hasEnded = state == 99;
            assertEquals(hasEnded ? 1 : 2, dump.threads().size());
            assertEquals(hasEnded ? 1 : 0, dump.endedOwners().size());
            assertEquals(!hasEnded, dump.info().truncated());
            if (!hasEnded) {
                ThreadSnapshot crab = dump.threads().get(1);
                assertEquals("crab", crab.name());
                assertEquals(ThreadSnapshot.Kind.VIRTUAL, crab.kind());
                assertEquals(lock, crab.locks().get(0).lock().address());
            }
        }
    }

    /** No dump holds so much of stacks, but a damaged one may say so. */
    @Test
    void stacksAreBounded() {
        HeapBytes heap = new HeapBytes();
        long threads = heap.ofClass("java/lang/Thread", 0, FIELDS);
        for (int i = 0; i < 100; i++) {
            heap.thread(heap.object(threads, heap.letters("gull"), i + 1, PARKED, 0), heap.stack(60_000));
        }
        Described read = Described.of(heap.bytes());
        assertTrue(read.message().contains("holds more threads, frames or classes than can be kept"), read.message());
    }

    private static final String FULL = "holds more threads, frames or classes than can be kept";

    /** Who has a stack has begun. */
    @Test
    void threadsWithoutAStatus() {
        HeapBytes heap = new HeapBytes();
        heap.thread(heap.object(heap.ofClass("java/lang/Thread", 0, "tid"), 7), heap.stack(1));
        assertEquals(
                ThreadStatus.RUNNABLE,
                Described.of(heap.bytes()).dumps().get(0).threads().get(0).status());
    }

    /** Objects of threads that have ended, or that are virtual and unmounted, may be very many. */
    @Test
    void threadsWithStacksGoFirst() {
        HeapBytes heap = new HeapBytes();
        long threads = heap.ofClass("java/lang/Thread", 0, FIELDS);
        for (int i = 1; i <= 100_001; i++) {
            heap.object(threads, 0, i, 2, 0);
        }
        heap.thread(heap.object(threads, heap.letters("gull"), 200_000, PARKED, 0), heap.stack(1));
        Described read = Described.of(heap.bytes());
        assertEquals(FULL, read.message());
        assertTrue(read.threads().get(0).contains(" gull "), read.threads().toString());
    }

    /** The name of one class in the frames of many threads makes much of a small file. */
    @Test
    void textOfStacksIsBounded() {
        HeapBytes heap = new HeapBytes();
        long threads = heap.ofClass("java/lang/Thread", 0, FIELDS);
        long frame = heap.frameIn("w".repeat(60_000));
        for (int i = 1; i <= 20; i++) {
            heap.thread(heap.object(threads, heap.letters("gull"), i, PARKED, 0), heap.stack(4_000, frame));
        }
        Described read = Described.of(heap.bytes());
        assertEquals(FULL, read.message());
        assertEquals(20, read.threads().size());
        int frames = read.dumps().get(0).threads().stream()
                .mapToInt(thread -> thread.stack().frames().size())
                .sum();
        assertTrue(frames > 500 && frames < 2_000, frames + " frames");
    }

    @Test
    void whatTheLimitsLeaveOutIsTold() {
        HeapBytes heap = new HeapBytes();
        long threads = heap.ofClass("java/lang/Thread", 0, FIELDS);
        heap.thread(heap.object(threads, heap.letters("gull"), 1, PARKED, 0), heap.stack(300));
        assertEquals("100 frames of very deep stacks are left out; --max-frames allows more", message(heap, 200));
        heap.thread(heap.object(threads, heap.letters("tern"), 2, PARKED, 0), heap.stack(1));
        assertEquals("1 thread is left out; --max-threads allows more", message(heap, 200));
    }

    private static String message(HeapBytes heap, int frames) {
        Limits few = new Limits(1 << 30, 500, 10, 8, 1 << 20, 1, frames, Duration.ofMinutes(5));
        byte[] bytes = heap.bytes();
        InputReport report = new Kept(new ArrayList<>(), new StackTable(), new Budget(few, read -> {}))
                .read(Source.stream("heap.hprof", () -> new ByteArrayInputStream(bytes), true))
                .get(0);
        assertEquals(InputReport.Status.PARTIAL, report.status());
        return String.valueOf(report.message());
    }
}
