package dev.whyhung.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whyhung.Runs;
import dev.whyhung.model.Frame;
import java.util.List;
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
        assertEquals("part of the dump is missing", read.message());
    }

    /** How it waits in native code is no monitor. */
    @Test
    void parkedIsNotBlocked() {
        assertTrue(Described.of(STUCK).threads().get(0).contains(" PARKED_TIMED "));
    }

    private static final String READER = """
            "reader-1" id=31 idx=0xa4 tid=6840 prio=5 alive, in native
                at jrockit/net/SocketNativeIO.readBytesPinned(Ljava/io/FileDescriptor;[BIII)I(Native Method)
                at jrockit/net/SocketNativeIO.socketRead(SocketNativeIO.java:32)
                at java/net/SocketInputStream.socketRead0(Ljava/io/FileDescriptor;[BIII)I(SocketInputStream.java)
                at java/net/SocketInputStream.read(SocketInputStream.java:129)[inlined]
                at com/acme/Answers.read(Answers.java:41)[optimized]
                at com/acme/Answers.run()V(Unknown Source)
                at last
                at java/lang/Thread.run(Thread.java:662)
                at jrockit/vm/RNI.c2java(JJJJJ)V(Native Method)
                -- end of trace
            """;

    @Test
    void framesOfTheJvmAreLeftOutAndThoseOfTheProgramKeepTheirLines() {
        List<String> frames = Runs.read(READER).processes().get(0).focus().threads().get(0).stack().frames().stream()
                .map(Frame::text)
                .toList();
        assertEquals(
                List.of(
                        "java.net.SocketInputStream.socketRead0(SocketInputStream.java)",
                        "java.net.SocketInputStream.read(SocketInputStream.java:129)",
                        "com.acme.Answers.read(Answers.java:41)",
                        "com.acme.Answers.run(Unknown Source)",
                        "java.lang.Thread.run(Thread.java:662)"),
                frames);
    }
}
