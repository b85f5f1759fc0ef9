package dev.whyhung.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Threads of JRockit without the line that its dumps begin with. */
class JRockitExcerptTest {

    private static final String STUCK = """
            "[STUCK] ExecuteThread: '0' for queue: 'default'" id=21 idx=0x7c tid=6839 prio=1 alive, parked, native_blocked, daemon
            at jrockit/vm/Locks.park0(J)V(Native Method)
            at jrockit/vm/Locks.park(Locks.java:2230)[optimized]
            at java/util/concurrent/locks/LockSupport.parkNanos(LockSupport.java:196)[inlined]
            at com/acme/Answers.poll(Answers.java:63)[optimized]
            """;

    @Test
    void someThreads() {
        Described read = Described.of("One of them:\n\n" + STUCK);
        assertEquals(1, read.threads().size());
        assertTrue(
                read.threads().get(0).contains("com.acme.Answers.poll"),
                read.threads().get(0));
        assertEquals("the end of the dump is missing", read.message());
    }

    /** How it waits in native code is no monitor. */
    @Test
    void parkedIsNotBlocked() {
        assertTrue(Described.of(STUCK).threads().get(0).contains(" PARKED "));
    }
}
