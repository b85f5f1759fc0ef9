package dev.whyhung.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whyhung.DumpText;
import dev.whyhung.fixtures.Cases;
import dev.whyhung.model.InputReport;
import dev.whyhung.model.LockMention;
import dev.whyhung.model.LockMention.Kind;
import dev.whyhung.model.ThreadDump;
import dev.whyhung.model.ThreadId;
import dev.whyhung.model.ThreadSnapshot;
import dev.whyhung.model.ThreadStatus;
import dev.whyhung.model.Visible;
import dev.whyhung.read.hotspot.DumpLog;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HotSpotTextTest {

    private static final String HEAD = "Full thread dump OpenJDK 64-Bit Server VM (17.0.15+6 mixed mode):\n\n";
    private static final String TAIL = "JNI global refs: 31, weak refs: 3\n";

    private final List<ThreadDump> dumps = new ArrayList<>();
    private InputReport report = read("");

    private InputReport read(String text) {
        return read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private InputReport read(InputStream in) {
        dumps.clear();
        report = new DumpLog("test.txt", new Kept(dumps)).read(in);
        return report;
    }

    private ThreadSnapshot only(String threadText) {
        read(HEAD + threadText + "\n" + TAIL);
        assertEquals(1, dumps.size(), "dumps");
        assertEquals(1, dumps.get(0).threads().size(), "threads");
        return dumps.get(0).threads().get(0);
    }

    private static List<Kind> kinds(ThreadSnapshot thread) {
        return thread.locks().stream().map(LockMention::kind).toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"x y\" #15 prio=5 os_prio=0 tid=0x00007f1b2435c800 nid=0x6e9e waiting for monitor entry [0x00007f1b0e2ce000]",
                "\"x y\" #15 prio=5 os_prio=0 cpu=0.94ms elapsed=14.44s tid=0x7f nid=0x6e9e waiting for monitor entry  [0x1]",
                "\"x y\" #15 [28318] prio=5 os_prio=0 cpu=0.63ms elapsed=12.38s allocated=96B defined_classes=0 tid=0x7f nid=28318 waiting for monitor entry  [0x1]",
                "\"x y\" #15 daemon prio=5 os_prio=31 cpu=637,81ms elapsed=26,71s tid=0x7f nid=28318 waiting for monitor entry  [0x1]"
            })
    void headersOfEveryJdk(String header) {
        ThreadSnapshot thread =
                only(header + "\n   java.lang.Thread.State: BLOCKED (on object monitor)\n\tat A.b(A.java:1)\n");
        assertEquals("x y", thread.name());
        assertEquals(ThreadId.ofJava(15), thread.id());
        assertEquals(ThreadStatus.BLOCKED_ON_MONITOR_ENTER, thread.status());
    }

    @Test
    void cpuAndElapsedWithADecimalComma() {
        ThreadSnapshot thread =
                only("\"x\" #1 prio=5 os_prio=0 cpu=637,81ms elapsed=26,71s tid=0x7f nid=0x1 runnable  [0x1]\n");
        assertEquals(637_810_000L, thread.cpuNanos());
        assertEquals(26_710_000_000L, thread.elapsedNanos());
    }

    @Test
    void jdk6HasNativeIdsOnly() {
        ThreadSnapshot thread = only(
                "\"main\" prio=10 tid=0x0805c400 nid=0x1f90 waiting on condition [0xb74fd000..0xb74fe1c8]\n"
                        + "   java.lang.Thread.State: TIMED_WAITING (sleeping)\n\tat java.lang.Thread.sleep(Native Method)\n");
        assertEquals(ThreadId.ofNative(0x1f90), thread.id());
        assertEquals("0x1f90", thread.id().text());
        assertEquals(ThreadStatus.SLEEPING, thread.status());
        assertEquals(-1, thread.cpuNanos());
    }

    @Test
    void namesWithQuotesAndLineBreaks() {
        assertEquals(
                "a \"b\" #7 prio=5",
                only("\"a \"b\" #7 prio=5\" #9 prio=5 os_prio=0 tid=0x7f nid=0x1 runnable  [0x1]\n")
                        .name());
        ThreadSnapshot broken = only("\"two\nlines\" #9 prio=5 os_prio=0 tid=0x7f nid=0x1 runnable  [0x1]\n");
        assertEquals("two\nlines", broken.name());
    }

    @Test
    void aThreadThatRunsAgainIsParkedOnNothing() {
        ThreadSnapshot thread = only("\"x\" #9 prio=5 os_prio=0 tid=0x7f nid=0x1 runnable  [0x1]\n"
                + "   java.lang.Thread.State: RUNNABLE\n"
                + "\tat A.compute(A.java:10)\n"
                + "\t- parking to wait for  <0x00000000f18bb9f8> (a java.util.concurrent.ForkJoinPool)\n"
                + "\t- locked <0x00000000fa00d798> (a A)\n");
        assertEquals(
                List.of(LockMention.Kind.LOCKED),
                thread.locks().stream().map(LockMention::kind).toList());
    }

    @Test
    void aThreadInObjectWaitDoesNotOwnTheMonitor() {
        ThreadSnapshot thread = only("\"x\" #9 prio=5 os_prio=0 tid=0x7f nid=0x1 in Object.wait()  [0x1]\n"
                + "   java.lang.Thread.State: WAITING (on object monitor)\n"
                + "\tat java.lang.Object.wait(java.base@17.0.15/Native Method)\n"
                + "\t- waiting on <0x00000000fa00d798> (a A)\n"
                + "\tat A.await(A.java:5)\n"
                + "\t- locked <0x00000000fa00d798> (a A)\n"
                + "\tat B.go(B.java:6)\n"
                + "\t- locked <0x00000000fa00d7a8> (a B)\n");
        assertEquals(List.of(Kind.WAITING_ON, Kind.LOCKED), kinds(thread));
        assertEquals("B", thread.owned().findFirst().orElseThrow().lock().className());
        assertEquals(2, thread.owned().findFirst().orElseThrow().depth());
    }

    @Test
    void theAwaitedMonitorIsFoundWithoutAReference() {
        ThreadSnapshot thread = only("\"x\" #9 prio=5 os_prio=0 tid=0x7f nid=0x1 in Object.wait()  [0x1]\n"
                + "   java.lang.Thread.State: WAITING (on object monitor)\n"
                + "\tat java.lang.Object.wait(java.base@17.0.15/Native Method)\n"
                + "\t- waiting on <no object reference available>\n"
                + "\tat A.await(A.java:5)\n"
                + "\t- locked <0x00000000fa00d798> (a A)\n");
        assertEquals(List.of(Kind.WAITING_ON), kinds(thread));
        assertEquals(0xfa00d798L, thread.locks().get(0).lock().address());
        assertEquals("A", thread.blockerClass());
    }

    @Test
    void aNotifiedThreadWantsTheMonitorAgain() {
        ThreadSnapshot thread = only("\"x\" #9 prio=5 os_prio=0 tid=0x7f nid=0x1 in Object.wait()  [0x1]\n"
                + "   java.lang.Thread.State: BLOCKED (on object monitor)\n"
                + "\tat java.lang.Object.wait(java.base@17.0.15/Native Method)\n"
                + "\t- waiting on <0x00000000fa00d798> (a A)\n"
                + "\tat A.await(A.java:5)\n"
                + "\t- waiting to re-lock in wait() <0x00000000fa00d798> (a A)\n");
        assertEquals(List.of(Kind.WAITING_TO_RELOCK), kinds(thread));
    }

    @Test
    void jdk11SaysReLockOfAThreadThatStillWaits() {
        ThreadSnapshot thread = only("\"x\" #9 prio=5 os_prio=0 tid=0x7f nid=0x1 in Object.wait()  [0x1]\n"
                + "   java.lang.Thread.State: WAITING (on object monitor)\n"
                + "\tat java.lang.Object.wait(java.base@11.0.12/Native Method)\n"
                + "\t- waiting on <0x00000000fa00d798> (a A)\n"
                + "\tat A.await(A.java:5)\n"
                + "\t- waiting to re-lock in wait() <0x00000000fa00d798> (a A)\n");
        assertEquals(List.of(Kind.WAITING_ON), kinds(thread));
    }

    @Test
    void classInitialisationIsToldByLineOrByContradiction() {
        String header = "\"x\" #9 prio=5 os_prio=0 tid=0x7f nid=0x1 in Object.wait()  [0x1]\n"
                + "   java.lang.Thread.State: RUNNABLE\n\tat A.<clinit>(A.java:3)\n";
        ThreadSnapshot named = only(header + "\t- waiting on the Class initialization monitor for com.acme.B\n");
        assertEquals("com.acme.B", named.blockerClass());
        ThreadSnapshot unnamed = only(header);
        assertEquals(ThreadStatus.RUNNABLE_IN_OBJECT_WAIT, unnamed.status());
    }

    @Test
    void ownedSynchronizersAndEliminatedLocks() {
        ThreadSnapshot thread = only("\"x\" #9 prio=5 os_prio=0 tid=0x7f nid=0x1 runnable  [0x1]\n"
                + "   java.lang.Thread.State: RUNNABLE\n"
                + "\tat A.b(A.java:3)\n"
                + "\t- eliminated <owner is scalar replaced> (a C)\n"
                + "\n   Locked ownable synchronizers:\n"
                + "\t- <0x00000000ffa0b1a8> (a java.util.concurrent.locks.ReentrantLock$NonfairSync)\n");
        assertEquals(List.of(Kind.OWNED_SYNCHRONIZER), kinds(thread));
        assertTrue(dumps.get(0).info().shows(Visible.SYNCHRONIZER_OWNERS));
        assertEquals(0, report.skippedLines());
    }

    @Test
    void mountedVirtualThreadsStandOnTheirCarriers() {
        read(HEAD
                + "\"ForkJoinPool-1-worker-1\" #25 [26887] daemon prio=5 os_prio=0 cpu=1.00ms elapsed=3.00s tid=0x7f  [0x1]\n"
                + "   Carrying virtual thread #24\n"
                + "\tat jdk.internal.vm.Continuation.run(java.base@25/Continuation.java:1)\n"
                + "   Mounted virtual thread #24\n"
                + "\tat java.lang.VirtualThread.parkOnCarrierThread(java.base@25/VirtualThread.java:1)\n"
                + "\tat A.<clinit>(A.java:3)\n\n"
                + TAIL);
        List<ThreadSnapshot> threads = dumps.get(0).threads();
        assertEquals(ThreadSnapshot.Kind.CARRIER, threads.get(0).kind());
        assertEquals(ThreadSnapshot.Kind.VIRTUAL, threads.get(1).kind());
        assertEquals(ThreadId.ofJava(24), threads.get(1).id());
        assertEquals(ThreadStatus.PARKED, threads.get(1).status());
        assertEquals(1, threads.get(0).stack().depth());
    }

    @Test
    void theDeadlockSectionAddsOwnersAndNoThreads() {
        read(
                HEAD
                        + "\"A\" #1 prio=5 os_prio=0 tid=0x7f nid=0x1 waiting on condition  [0x1]\n\n"
                        + TAIL
                        + "\n\nFound one Java-level deadlock:\n=============================\n\"A\":\n"
                        + "  waiting for ownable synchronizer 0x00000000ffa0b1a8, (a java.util.concurrent.locks.ReentrantLock$NonfairSync),\n"
                        + "  which is held by \"B \"x\"\"\n\n"
                        + "Java stack information for the threads listed above:\n===================================================\n"
                        + "\"A\":\n\tat A.b(A.java:3)\n\t- parking to wait for  <0x00000000ffa0b1a8> (a X)\n\nFound 1 deadlock.\n\n");
        assertEquals(1, dumps.get(0).threads().size());
        assertEquals(1, dumps.get(0).printedDeadlocks().size());
        assertEquals("B \"x\"", dumps.get(0).printedDeadlocks().get(0).holder());
        assertEquals(0xffa0b1a8L, dumps.get(0).printedDeadlocks().get(0).lock().address());
        assertEquals(0, report.skippedLines());
    }

    @Test
    void dumpsInTheMiddleOfALog() {
        String thread =
                "\"x\" #9 prio=5 os_prio=0 tid=0x7f nid=0x1 runnable  [0x1]\n   java.lang.Thread.State: RUNNABLE\n";
        read("12:00 INFO started \"quoted\" thing\n\tat not.a.Dump(X.java:1)\n2026-03-01 12:00:00\n" + HEAD + thread
                + "\n" + TAIL + "\nHeap\n garbage-first heap   total 1\n12:01 INFO more\n4711:\n2026-03-01 12:00:10\n"
                + HEAD + thread + "\n" + TAIL);
        assertEquals(2, dumps.size());
        assertEquals(0, report.skippedLines());
        assertEquals(InputReport.Status.READ, report.status());
        assertEquals("2026-03-01T12:00:10", String.valueOf(dumps.get(1).info().takenAt()));
        assertEquals(4711L, dumps.get(1).info().pid());
        assertNull(dumps.get(0).info().pid());
    }

    @Test
    void linesThatFitNothingAreCountedWithTheirNumbers() {
        read(HEAD
                + "\"x\" #9 prio=5 os_prio=0 tid=0x7f nid=0x1 runnable  [0x1]\n<---- look here\n\tat A.b(A.java:3)\n\n"
                + TAIL);
        assertEquals(1, report.skippedLines());
        assertEquals(4, report.skipped().get(0).line());
        assertEquals(InputReport.Status.PARTIAL, report.status());
        assertEquals("1 line inside the dumps could not be read", report.message());
        assertEquals(1, dumps.get(0).threads().get(0).stack().depth());
    }

    @Test
    void aCutDumpSaysSo() {
        String whole = DumpText.withOwners(0)
                .idleWorker("pool-1-thread-1")
                .idleWorker("pool-1-thread-2")
                .cut();
        read(whole.substring(0, whole.length() - 150));
        assertTrue(dumps.get(0).info().truncated());
        assertEquals(2, dumps.get(0).threads().size());
        assertEquals("part of the dump is missing", report.message());
    }

    @Test
    void everyPrefixOfADumpCanBeRead() throws IOException {
        String text = Files.readString(Cases.named("deadlock-mixed").file("17/jstack-l-1.txt"));
        for (int length = 0; length <= text.length(); length += 97) {
            InputReport prefix = read(text.substring(0, length));
            assertTrue(prefix.threads() <= 60, "threads of a prefix");
        }
        assertFalse(dumps.isEmpty());
    }

    @Test
    void interleavedDumpsAreReadInPartAndSayso() {
        String one = DumpText.withOwners(0).idleWorker("a-1").idleWorker("a-2").whole();
        String[] lines = one.split("\n");
        StringBuilder mixed = new StringBuilder();
        for (String line : lines) {
            mixed.append(line).append('\n').append(line).append('\n');
        }
        read(mixed.toString());
        assertEquals(InputReport.Status.PARTIAL, report.status());
        assertNotNull(report.message());
    }

    @Test
    void aStampMayHoldWhatIsNoText() {
        Described read = Described.of("2026-03-01 12:00:0\u00e90.12\n".repeat(3)
                + "1\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9.\u00e91\n");
        assertEquals(List.of(), read.threads());
    }

    @Test
    void aLineOfAHundredMegabytesIsPassedOver() {
        String before = HEAD + "\"x\" #9 prio=5 os_prio=0 tid=0x7f nid=0x1 runnable  [0x1]\n\tat A.b(A.java:3)\n";
        InputStream in = new java.io.SequenceInputStream(java.util.Collections.enumeration(List.of(
                new ByteArrayInputStream(before.getBytes(StandardCharsets.UTF_8)),
                new Repeating('z', 100 << 20),
                new ByteArrayInputStream(("\n\tat A.c(A.java:4)\n\n" + TAIL).getBytes(StandardCharsets.UTF_8)))));
        read(in);
        assertEquals(1, report.skippedLines());
        assertEquals(2, dumps.get(0).threads().get(0).stack().depth());
        assertFalse(dumps.get(0).info().truncated());
    }

    private static final class Repeating extends InputStream {
        private final int value;
        private int left;

        Repeating(int value, int count) {
            this.value = value;
            this.left = count;
        }

        @Override
        public int read() {
            return left-- > 0 ? value : -1;
        }

        @Override
        public int read(byte[] bytes, int from, int length) {
            if (left <= 0) {
                return -1;
            }
            int count = Math.min(length, left);
            java.util.Arrays.fill(bytes, from, from + count, (byte) value);
            left -= count;
            return count;
        }
    }

    @Test
    void windowsLineEnds() {
        read((HEAD
                        + "\"x\" #9 prio=5 os_prio=0 tid=0x7f nid=0x1 runnable  [0x1]\n   java.lang.Thread.State: RUNNABLE\n\tat A.b(A.java:3)\n\n"
                        + TAIL)
                .replace("\n", "\r\n"));
        assertEquals(
                "A.java:3",
                dumps.get(0).threads().get(0).stack().frames().get(0).location());
        assertEquals(ThreadStatus.RUNNABLE, dumps.get(0).threads().get(0).status());
        assertFalse(dumps.get(0).info().truncated());
    }

    @Test
    void theSameStackIsTheSameInstanceWhateverItsAddresses() {
        String lock = "\tat A.b(A.java:3)\n\t- locked <0x%s> (a C)\n\n";
        read(HEAD
                + "\"x\" #1 prio=5 os_prio=0 tid=0x7f nid=0x1 runnable  [0x1]\n"
                + String.format(lock, "00000000ffa0b1a8")
                + "\"y\" #2 prio=5 os_prio=0 tid=0x7f nid=0x2 runnable  [0x1]\n"
                + String.format(lock, "00000000ffa0b1b8")
                + TAIL);
        List<ThreadSnapshot> threads = dumps.get(0).threads();
        assertSame(threads.get(0).stack(), threads.get(1).stack());
        assertEquals(0xffa0b1b8L, threads.get(1).locks().get(0).lock().address());
    }

    @Test
    void lambdaNumbersAreCut() {
        ThreadSnapshot thread = only("\"x\" #1 prio=5 os_prio=0 tid=0x7f nid=0x1 runnable  [0x1]\n"
                + "\tat com.acme.Shop$$Lambda$54/1256440269.run(Unknown Source)\n"
                + "\tat com.acme.Shop$$Lambda/0x00007f80a9000400.run(Unknown Source)\n");
        assertEquals(thread.stack().frames().get(0), thread.stack().frames().get(1));
    }

    /** While threads end, the JVM lists the ones that it is about to forget as well. */
    @Test
    void theListOfEndedThreadsBelongsToTheDump() {
        read(HEAD.strip() + """

                Threads class SMR info:
                _java_thread_list=0x00007fc76cf469d0, length=1, elements={
                0x00007fc7bc02b500
                }
                _to_delete_list=0x00007fc76cf469d0, length=2, elements={
                0x00007fc7bc02b500, 0x00007fc7bc02b600
                }

                "main" #1 prio=5 os_prio=0 tid=0x00007fc7bc02b500 nid=0x1 runnable
                   java.lang.Thread.State: RUNNABLE
                """ + "\n" + TAIL);
        assertEquals(0, report.skippedLines());
        assertFalse(dumps.get(0).info().truncated());
    }
}
