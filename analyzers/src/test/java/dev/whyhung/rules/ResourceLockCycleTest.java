package dev.whyhung.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whyhung.DumpText;
import dev.whyhung.Runs;
import dev.whyhung.finding.Tier;
import org.junit.jupiter.api.Test;

/** Producers of a message broker, each of which waits for credits of its own. */
class ResourceLockCycleTest {

    private static DumpText producers(int second) {
        DumpText dump = DumpText.withOwners(second);
        for (int i = 1; i <= 8; i++) {
            dump.parked(
                    "http-nio-8080-exec-" + i,
                    "WAITING (parking)",
                    "<0x00000000d520" + (1000 + i) + "> (a java.util.concurrent.Semaphore$NonfairSync)",
                    "java.util.concurrent.locks.AbstractQueuedSynchronizer.acquire(java.base@17.0.15/AbstractQueuedSynchronizer.java:715)",
                    "java.util.concurrent.Semaphore.acquire(java.base@17.0.15/Semaphore.java:318)",
                    "com.acme.mq.Credits.acquire(Credits.java:71)",
                    "com.acme.mq.Producer.send(Producer.java:303)",
                    "com.acme.Orders.publish(Orders.java:52)",
                    "java.lang.Thread.run(java.base@17.0.15/Thread.java:840)");
        }
        return dump;
    }

    @Test
    void thingsOfOnesOwnAwaitedAtOnePlaceMakeNoSureCircle() {
        var process = Runs.process(producers(0), producers(DumpText.LATER));
        assertEquals(Tier.HINT, Runs.finding(process, "resource-lock-cycle").tier());
    }
}
