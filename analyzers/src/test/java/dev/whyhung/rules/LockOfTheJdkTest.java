package dev.whyhung.rules;

import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.whyhung.DumpText;
import dev.whyhung.Runs;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A lock that a class of the JDK takes for its caller: the caller's code shows no lock. */
class LockOfTheJdkTest {

    private static final String LOCK = "<0x00000000e0000001> (a java.util.concurrent.locks.ReentrantLock$NonfairSync)";
    private static final String OFFER =
            "java.util.concurrent.SubmissionPublisher.doOffer(java.base@17.0.15/SubmissionPublisher.java:432)";
    private static final String SUBMIT =
            "java.util.concurrent.SubmissionPublisher.submit(java.base@17.0.15/SubmissionPublisher.java:520)";

    private static DumpText publishers(int second) {
        DumpText dump = DumpText.withOwners(second)
                .thread(
                        "http-nio-8080-exec-1",
                        "WAITING (parking)",
                        "jdk.internal.misc.Unsafe.park(java.base@17.0.15/Native Method)",
                        "- parking to wait for  <0x00000000e0000009> (a java.util.concurrent.SubmissionPublisher$BufferedSubscription)",
                        "java.util.concurrent.SubmissionPublisher$BufferedSubscription.awaitSpace(java.base@17.0.15/SubmissionPublisher.java:1462)",
                        "java.util.concurrent.SubmissionPublisher.retryOffer(java.base@17.0.15/SubmissionPublisher.java:455)",
                        OFFER,
                        SUBMIT,
                        "com.acme.Ticks.publish(Ticks.java:31)",
                        "com.acme.TickController.post(TickController.java:20)",
                        "owns " + LOCK);
        for (int i = 2; i <= 8; i++) {
            dump.parkedOnLock(
                    "http-nio-8080-exec-" + i,
                    LOCK,
                    OFFER,
                    SUBMIT,
                    "com.acme.Ticks.publish(Ticks.java:31)",
                    "com.acme.TickController.post(TickController.java:20)");
        }
        return dump;
    }

    @Test
    void isNotLeakedByWhoStandsInThatMethod() {
        List<String> rules = Runs.rules(Runs.process(publishers(0), publishers(DumpText.LATER)));
        assertFalse(rules.contains("orphaned-lock-busy-owner"));
    }
}
