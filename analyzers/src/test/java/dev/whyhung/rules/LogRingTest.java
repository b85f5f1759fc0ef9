package dev.whyhung.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.whyhung.DumpText;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.diagnose.rank.RankedFinding;
import dev.whyhung.diagnose.verdict.Verdict;
import org.junit.jupiter.api.Test;

/** Loggers of log4j 2.24 over a full ring of the disruptor, as captured: the lock in front of the ring is the library's own. */
class LogRingTest {

    private static final String LOCK = "<0x0000000687402c50> (a java.lang.Object)";

    private static final String[] BELOW = {
        "org.apache.logging.log4j.core.async.AsyncLogger.logMessage(AsyncLogger.java:253)",
        "org.apache.logging.log4j.spi.AbstractLogger.info(AbstractLogger.java:1453)",
        "com.acme.Orders.handle(Orders.java:21)",
        "java.util.concurrent.ThreadPoolExecutor.runWorker(java.base@17.0.15/ThreadPoolExecutor.java:1136)"
    };

    private static DumpText dump(int second, long cpuOfPutter) {
        DumpText dump = DumpText.withOwners(second);
        dump.thread(
                "Log4j2-TF-1-AsyncLogger[AsyncContext@30946e09]-1",
                "RUNNABLE",
                "java.io.FileOutputStream.writeBytes(java.base@17.0.15/Native Method)",
                "java.io.FileOutputStream.write(java.base@17.0.15/FileOutputStream.java:349)",
                "org.apache.logging.log4j.core.appender.OutputStreamManager.writeToDestination(OutputStreamManager.java:250)",
                "org.apache.logging.log4j.core.async.RingBufferLogEventHandler.onEvent(R.java:46)",
                "com.lmax.disruptor.BatchEventProcessor.run(BatchEventProcessor.java:122)",
                "java.lang.Thread.run(java.base@17.0.15/Thread.java:840)");
        dump.thread(
                "http-nio-8080-exec-1",
                cpuOfPutter,
                "TIMED_WAITING (parking)",
                "jdk.internal.misc.Unsafe.park(java.base@17.0.15/Native Method)",
                "java.util.concurrent.locks.LockSupport.parkNanos(java.base@17.0.15/LockSupport.java:376)",
                "com.lmax.disruptor.MultiProducerSequencer.next(MultiProducerSequencer.java:130)",
                "com.lmax.disruptor.RingBuffer.publishEvent(RingBuffer.java:457)",
                "com.lmax.disruptor.dsl.Disruptor.publishEvent(Disruptor.java:288)",
                "org.apache.logging.log4j.core.async.AsyncLoggerDisruptor.enqueueLogMessageWhenQueueFull(A.java:262)",
                "- locked " + LOCK,
                BELOW[0],
                BELOW[1],
                BELOW[2],
                BELOW[3]);
        for (int i = 2; i <= 9; i++) {
            dump.blockedOn(
                    "http-nio-8080-exec-" + i,
                    LOCK,
                    "org.apache.logging.log4j.core.async.AsyncLoggerDisruptor.enqueueLogMessageWhenQueueFull(A.java:262)",
                    BELOW[0],
                    BELOW[1],
                    BELOW[2],
                    BELOW[3]);
        }
        return dump;
    }

    @Test
    void whatIsLoggedIsNotTakenBehindAFullRing() {
        ProcessDiagnosis process = Runs.process(dump(0, 700), dump(DumpText.LATER, 745));
        RankedFinding first = process.findings().get(0);
        assertEquals("log-sink-blocked", first.finding().rule().id());
        assertEquals(9, first.victims().size());
        assertFalse(Runs.rules(process).contains("lock-held-across-blocking-call"));
    }

    /** log4j 2.24 with a socket appender, as captured. */
    @Test
    void aLogServerThatDoesNotReadIsNoFaultOfTheLock() {
        String manager = "<0x000000069e000170> (a org.apache.logging.log4j.core.net.TcpSocketManager)";
        DumpText[] dumps = {DumpText.withOwners(0), DumpText.withOwners(DumpText.LATER)};
        for (DumpText dump : dumps) {
            dump.thread(
                    "http-nio-8080-exec-1",
                    "RUNNABLE",
                    "sun.nio.ch.FileDispatcherImpl.write0(java.base@17.0.15/Native Method)",
                    "sun.nio.ch.SocketDispatcher.write(java.base@17.0.15/SocketDispatcher.java:62)",
                    "sun.nio.ch.NioSocketImpl.tryWrite(java.base@17.0.15/NioSocketImpl.java:403)",
                    "java.net.Socket$SocketOutputStream.write(java.base@17.0.15/Socket.java:1035)",
                    "org.apache.logging.log4j.core.net.TcpSocketManager.writeAndFlush(TcpSocketManager.java:308)",
                    "org.apache.logging.log4j.core.net.TcpSocketManager.write(TcpSocketManager.java:269)",
                    "- locked " + manager,
                    "org.apache.logging.log4j.spi.AbstractLogger.info(AbstractLogger.java:1453)",
                    BELOW[2],
                    BELOW[3]);
            for (int i = 2; i <= 9; i++) {
                dump.blockedOn(
                        "http-nio-8080-exec-" + i,
                        manager,
                        "org.apache.logging.log4j.core.net.TcpSocketManager.write(TcpSocketManager.java:269)",
                        BELOW[1],
                        BELOW[2],
                        BELOW[3]);
            }
        }
        RankedFinding first = Runs.process(dumps).findings().get(0);
        assertEquals("log-sink-blocked", first.finding().rule().id());
        assertEquals(8, first.victims().size());
    }

    /** @param consumer where the thread stands that handles the events; none if it has ended */
    private static DumpText ring(int second, long cpuOfPutters, String... consumer) {
        DumpText dump = DumpText.withOwners(second);
        if (consumer.length > 0) {
            dump.thread(
                    "trade-events",
                    cpuOfPutters,
                    "RUNNABLE",
                    consumer[0],
                    "com.lmax.disruptor.BatchEventProcessor.run(BatchEventProcessor.java:122)",
                    "java.lang.Thread.run(java.base@17.0.15/Thread.java:840)");
        }
        for (int i = 1; i <= 8; i++) {
            dump.thread(
                    "http-nio-8080-exec-" + i,
                    cpuOfPutters,
                    "TIMED_WAITING (parking)",
                    "jdk.internal.misc.Unsafe.park(java.base@17.0.15/Native Method)",
                    "java.util.concurrent.locks.LockSupport.parkNanos(java.base@17.0.15/LockSupport.java:376)",
                    "com.lmax.disruptor.MultiProducerSequencer.next(MultiProducerSequencer.java:136)",
                    "com.lmax.disruptor.RingBuffer.next(RingBuffer.java:263)",
                    "com.acme.Trades.publish(Trades.java:20)",
                    "java.util.concurrent.ThreadPoolExecutor.runWorker(java.base@17.0.15/ThreadPoolExecutor.java:1136)");
        }
        return dump;
    }

    /** They ask again and again whether there is room, which takes CPU time. */
    @Test
    void whoPollsForRoomGetsNoFurther() {
        ProcessDiagnosis process = Runs.process(ring(0, 100), ring(DumpText.LATER, 700));
        assertEquals("queue-full-producer-blocked", Runs.rules(process).get(0));
        assertEquals(Verdict.Status.HUNG, process.verdict().status());
    }

    @Test
    void unlessTheConsumerDoes() {
        ProcessDiagnosis process = Runs.process(
                ring(0, 100, "com.acme.Book.match(Book.java:80)"),
                ring(DumpText.LATER, 700, "com.acme.Book.store(Book.java:95)"));
        assertFalse(
                process.verdict().status() == Verdict.Status.HUNG,
                process.verdict().headline());
    }
}
