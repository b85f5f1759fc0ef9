package dev.whyhung.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whyhung.model.ThreadDump;
import dev.whyhung.model.ThreadSnapshot;
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
}
