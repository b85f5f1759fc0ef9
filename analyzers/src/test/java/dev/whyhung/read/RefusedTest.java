package dev.whyhung.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What is refused with a word on what it is, and does not keep a dump beside it from being read. */
class RefusedTest {

    @TestFactory
    Stream<DynamicTest> refused() {
        Map<String, String> inputs = new TreeMap<>(Map.of(
                "a core file", "\u007fELF" + "\0".repeat(12) + "\4" + "\0".repeat(90),
                "a minidump", "MDMP\0\0\1",
                "hexadecimal", "00000000: 3230 3236 2d31 312d 3232 2032 333a 3235  2026-11-22 23:25\n",
                "hexadecimal print", "00000000  32 30 32 36 2d 31 31 2d  32 32 20 32 33 3a 32 35  |2026-11-22 23:25|\n",
                "lz4", "\4\"M\30\0"));
        inputs.putAll(Map.of(
                "Android",
                        "----- pid 7 at 2026-03-01 -----\nCmd line: x\nDALVIK THREADS (2):\n\"main\" prio=5 tid=1 Blocked\n"
                                + "  at a.B.c(B.java:1)\n  - waiting to lock <0x0b9dfa55> (a a.L) held by thread 22\n",
                "Elasticsearch", "::: {node-1}{a}\n   Hot threads at 2026-03-01T12:00:00.000Z, interval=500ms\n",
                "Go program", "goroutine 1 [chan receive, 5 minutes]:\nmain.main()\n",
                "Python program", "Process 1: x\n\nThread 1 (idle): \"MainThread\"\n    wait (threading.py:320)\n",
                ".NET program", "OS Thread Id: 0x1c4 (0)\n        Child SP               IP Call Site\n",
                "Node.js",
                        "{\"header\":{\"nodejsVersion\":\"v20.1.0\"},\"javascriptStack\":{\"stack\":[\"at a (b.js:1:1)\"]}}",
                "native stacks",
                        "Thread 2 (Thread 0x7f0a (LWP 4712) \"java\"):\n#0  0x00007f3b in poll () from libc.so\n",
                "composite data", "[ {\n  threadId = 1;\n  threadName = main;\n  threadState = WAITING;\n } ]\n",
                "RTF",
                        "{\\rtf1\\ansi Full thread dump x\\par\n\"main\" #1 prio=5 tid=0x00007f nid=0x1 runnable\\par\n}",
                "PDF", "%PDF-1.7\n1 0 obj\n"));
        return inputs.entrySet().stream()
                .map(each -> DynamicTest.dynamicTest(each.getKey(), () -> {
                    Described read = Described.of(each.getValue());
                    assertEquals(List.of(), read.threads());
                    assertTrue(read.message().contains(each.getKey()), read.message());
                }));
    }

    /** Anywhere in their logs. */
    @Test
    void warningsOfServersAreNoDumps() {
        String log = "12:00:00 INFO started\n".repeat(2_000);
        String weblogic = "####<Mar 1, 2026 12:00:00 PM UTC> <Error> <WebLogicServer> <host> <ms1> <> <> <> <> <0>"
                + " <BEA-000337> <[STUCK] ExecuteThread: '2' for queue: 'weblogic.kernel.Default (self-tuning)' has"
                + " been busy for \"618\" seconds. Stack trace:\n\tjava.net.SocketInputStream.socketRead0(Native)\n>\n";
        assertEquals(
                "holds no thread dump, but 2 warnings by WebLogic of stuck threads, whose stacks show no locks;"
                        + " take jcmd <pid> Thread.print -l",
                Described.of(log + weblogic + log + weblogic).message());
        String dump = SurroundingsTest.capture("scen-mixed-deadlock", "26/jstack-l-1.txt");
        assertEquals(
                Described.of(dump).threads(),
                Described.of(log + weblogic + dump).threads());
        for (String warning : List.of(
                "W   WSVR0605W: Thread \"WebContainer : 3\" (00000047) has been active for 612345 milliseconds",
                "TRAS0114W: A hung request has been running on thread 0000004a for at least 600001 ms",
                "o.a.catalina.valves.StuckThreadDetectionValve.notifyStuckThreadDetected Thread [exec-5] (id=[42])",
                "has been blocked for 5012 ms: io.vertx.core.VertxException: Thread blocked")) {
            String message = Described.of(log + warning + '\n').message();
            assertTrue(message.contains("but 1 warning by"), message);
        }
    }

    /** The log of a container may hold the stacks of its neighbour as well, or the failure of jcmd before it was killed. */
    @Test
    void dumpBehindWhatIsRefused() {
        String dump = SurroundingsTest.capture("scen-mixed-deadlock", "26/jstack-l-1.txt");
        String noise = "AttachNotSupportedException: x\ngoroutine 1 [running]:\n" + "main.main()\n".repeat(1000);
        assertEquals(Described.of(dump).threads(), Described.of(noise + dump).threads());
    }

    private static void assertRefused(String word, String text) {
        Described read = Described.of(text);
        assertEquals(List.of(), read.threads());
        assertTrue(read.message().contains(word), read.message());
        String dump = SurroundingsTest.capture("scen-mixed-deadlock", "26/jstack-l-1.txt");
        if (!word.equals("Android")) {
            assertEquals(
                    Described.of(dump).threads(),
                    Described.of(text + '\n' + dump).threads());
        }
    }

    @Test
    void onlySomeThreadsOfAndroid() {
        assertRefused("Android", """
                `"main" prio=5 tid=1 Blocked
                  | group="main" sCount=1 dsCount=0 flags=1 obj=0x71f4d2d0 self=0x7b4e723c00
                  | sysTid=23843 nice=0 cgrp=default sched=0/0 handle=0x7b4fc98ed8
                  at com.acme.Feed.load(Feed.java:12)
                - waiting to lock <0x0734e62f> (a com.acme.Cache) held by thread 50
                """);
    }

    @Test
    void stacksOfOtherTools() {
        assertRefused("Vert.x", """
                12:00:01.141 WARN  - Thread Thread[vert.x-eventloop-thread-2,5,main] has been blocked for 26065 ms, time limit is 2000
                io.vertx.core.VertxException: Thread blocked
                \tat com.acme.Prices.load(Prices.java:31)
                """);
        assertRefused("pinned", """
                Thread[#18,ForkJoinPool-1-worker-2,5,CarrierThreads]
                    java.base/java.lang.VirtualThread$VThreadContinuation.onPinned(VirtualThread.java:185)
                    com.acme.Prices.load(Prices.java:31) <== monitors:1
                """);
        assertRefused("c3p0", """
                WARN com.mchange.v2.async.ThreadPoolAsynchronousRunner$DeadlockDetector@479d237b -- APPARENT DEADLOCK!!! Complete Status:
                \tManaged Threads: 3
                """);
    }

    @Test
    void collapsedStacks() {
        assertRefused("collapsed", """
                java/lang/Thread.run;com/acme/Prices.load;__libc_read 12
                [worker-1 tid=4711];java/lang/Thread.run_[0];com/acme/Prices.load_[j];__libc_read_[k] 3
                """);
        assertRefused("collapsed", """
                java.lang.Thread.run;com.acme.Prices.load;java.util.HashMap.get 12
                java.lang.Thread.run;com.acme.Prices.load 3
                """);
    }

    @Test
    void moreStacksOfOtherTools() {
        assertRefused("Jetty", """
                |  +> threads size=10
                |     +> 27 qtp1433867275-27 SELECTING RUNNABLE @ sun.nio.ch.EPollArrayWrapper.epollWait(Native Method)
                """);
        assertRefused("WebLogic", """
                <Error> <WebLogicServer> <BEA-000337> <[STUCK] ExecuteThread: '54' for queue: 'weblogic.kernel.Default (self-tuning)' has been busy for "650" seconds working on the request "x"
                    com.acme.Prices.load(Prices.java:31)
                """);
        assertRefused("heap dump", """
                    at com.acme.Prices.load(Prices.java:31)
                       local variable: com.acme.Prices#1
                """);
        assertRefused("Eclipse", """
                Thread [Worker-12: refresh] (Suspended)\t
                \tcom.acme.Prices.load(int) line: 31\t
                """);
        assertRefused("YourKit", """
                Timer-0  Waiting CPU usage on sample: 0ms
                  com.acme.Prices.load(int) Prices.java:31
                """);
        assertRefused("header", """
                at com.acme.Prices.load(Prices.java:31)
                -  locked java.util.concurrent.ConcurrentHashMap$ReservationNode@3af73a29 <---- but blocks 130 other threads!
                """);
    }

    @Test
    void aStackWithoutItsHeader() {
        assertRefused("header", """
                This is where it hangs:
                   java.lang.Thread.State: WAITING
                        at java.lang.Object.wait(Native Method)
                        at com.acme.Prices.load(Prices.java:31)
                """);
    }
}
