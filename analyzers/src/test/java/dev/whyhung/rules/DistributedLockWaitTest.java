package dev.whyhung.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whyhung.DumpText;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.diagnose.verdict.Verdict;
import dev.whyhung.finding.Tier;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Threads in front of a lock of Redisson's. */
class DistributedLockWaitTest {

    private static DumpText waiting(int second, List<String> names) {
        DumpText dump = DumpText.withOwners(second);
        for (String name : names) {
            dump.parked(
                    name,
                    "WAITING (parking)",
                    "<0x00000000d5200010> (a java.util.concurrent.Semaphore$NonfairSync)",
                    "java.util.concurrent.Semaphore.acquire(java.base@17.0.15/Semaphore.java:318)",
                    "org.redisson.RedissonLock.lock(RedissonLock.java:106)",
                    "org.redisson.RedissonLock.lock(RedissonLock.java:70)",
                    "com.acme.Stock.take(Stock.java:41)",
                    "java.lang.Thread.run(java.base@17.0.15/Thread.java:840)");
        }
        return dump;
    }

    private static ProcessDiagnosis process(String... names) {
        return Runs.process(waiting(0, List.of(names)), waiting(DumpText.LATER, List.of(names)));
    }

    @Test
    void oneRequestIsEnough() {
        assertEquals(
                "distributed-lock-wait",
                Runs.rules(process("http-nio-8080-exec-1")).get(0));
    }

    @Test
    void standbysAreNoHang() {
        ProcessDiagnosis standbys = process("billing-leader", "report-leader", "purge-leader");
        assertEquals(Tier.HINT, Runs.finding(standbys, "distributed-lock-wait").tier());
        assertEquals(Verdict.Status.HEALTHY, standbys.verdict().status());
    }

    @Test
    void oneStandbyIsAtRest() {
        assertEquals(false, Runs.rules(process("billing-leader")).contains("distributed-lock-wait"));
    }
}
