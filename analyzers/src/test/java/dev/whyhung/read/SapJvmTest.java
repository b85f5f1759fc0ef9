package dev.whyhung.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whyhung.Runs;
import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.diagnose.verdict.Verdict;
import org.junit.jupiter.api.Test;

/** SAP's JVM prints headers on three lines, and descriptors behind the names of methods. */
class SapJvmTest {

    private static String thread(String name, int number, String words, String state, String... stack) {
        return "\"" + name + "\" #" + number
                + " daemon prio=5 os_prio=0 cpu=15.63 [reset 15.63] ms elapsed=396.60 [reset 396.60] s"
                + " allocated=792 B (792 B) [reset 792 B (792 B)] defined_classes=1\n"
                + "io= file i/o: 0/0 B, net i/o: 0/0 B, files opened:0, socks opened:0  [reset file i/o: 0/0 B, net i/o: 0/0 B,"
                + " files opened:0, socks opened:0 ] \n"
                + "tid=0x00000192681f" + (8000 + number) + " nid=0x5bbc / 23484 " + words
                + "   [_thread_blocked (_at_safepoint), stack(0x00000014bbb00000,0x00000014bbc00000)] [0x00000014bbbff000]\n"
                + "   java.lang.Thread.State: " + state + "\n\t" + String.join("\n\t", stack) + "\n\n";
    }

    private static final String DUMP = """
            Thread dump triggered at 2026-01-27 20:45:13
            Full thread dump SAP Java Server VM (8.1.108 11.0.30+000 Jan 16 2026 19:39:58 - 81_REL - optU - linux amd64 - 6 - bas2:343998 (mixed mode)):

            """
            + thread(
                    "worker-1",
                    21,
                    "waiting on condition",
                    "WAITING (parking)",
                    "at jdk.internal.misc.Unsafe.park(ZJ)V(Native Method)",
                    "- parking to wait for  <0x00000000c00af638> (a java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject)",
                    "at java.util.concurrent.locks.LockSupport.park(Ljava/lang/Object;)V(LockSupport.java:175)",
                    "at java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject.await()V(AbstractQueuedSynchronizer.java:2039)",
                    "at java.util.concurrent.LinkedBlockingQueue.take()Ljava/lang/Object;(LinkedBlockingQueue.java:442)",
                    "at java.util.concurrent.ThreadPoolExecutor.getTask()Ljava/lang/Runnable;(ThreadPoolExecutor.java:1074)",
                    "at java.util.concurrent.ThreadPoolExecutor.runWorker(Ljava/util/concurrent/ThreadPoolExecutor$Worker;)V(ThreadPoolExecutor.java:1134)",
                    "at java.util.concurrent.ThreadPoolExecutor$Worker.run()V(ThreadPoolExecutor.java:624)",
                    "at java.lang.Thread.run()V(Thread.java:838)")
            + thread(
                    "ticker",
                    22,
                    "in Object.wait()",
                    "WAITING (on object monitor)",
                    "at java.lang.Object.wait(J)V(Native Method)",
                    "- waiting on <0x00000000eaf2e248> (a java.util.TaskQueue)",
                    "at java.util.TimerThread.mainLoop()V(Timer.java:526)",
                    "- locked <0x00000000eaf2e248> (a java.util.TaskQueue)",
                    "at java.util.TimerThread.run()V(Timer.java:505)")
            + "JNI global references: 1163\n";

    @Test
    void methodsHaveNoDescriptors() {
        String threads = Described.of(DUMP).threads().toString();
        assertTrue(threads.contains("getTask"), threads);
        assertTrue(!threads.contains("Ljava/lang") && !threads.contains("()V"), threads);
    }

    @Test
    void idleThreadsAreKnown() {
        ProcessDiagnosis process = Runs.diagnose(Runs.read(DUMP)).processes().get(0);
        assertEquals(Verdict.Status.HEALTHY, process.verdict().status());
        assertEquals(0, process.stuck());
        assertEquals("null", Described.of(DUMP).message());
    }
}
