package dev.whyhung.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
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

    private static final String MONITOR = "<0x00000000e0000001> (a java.util.concurrent.SubmissionPublisher)";
    private static final String PUBLISH = "com.acme.Ticks.publish(Ticks.java:31)";

    /** @param lock a monitor on JDK 11 */
    private static DumpText publishers(int second, String lock) {
        boolean monitor = lock.equals(MONITOR);
        DumpText dump = DumpText.withOwners(second)
                .parked(
                        "http-nio-8080-exec-1",
                        "WAITING (parking)",
                        "<0x00000000e0000009> (a java.util.concurrent.SubmissionPublisher$BufferedSubscription)",
                        "java.util.concurrent.SubmissionPublisher$BufferedSubscription.awaitSpace(java.base@17.0.15/SubmissionPublisher.java:1462)",
                        "java.util.concurrent.SubmissionPublisher.retryOffer(java.base@17.0.15/SubmissionPublisher.java:455)",
                        OFFER,
                        monitor ? "- locked " + lock : "owns " + lock,
                        SUBMIT,
                        PUBLISH);
        for (int i = 2; i <= 8; i++) {
            if (monitor) {
                dump.blockedOn("http-nio-8080-exec-" + i, lock, OFFER, SUBMIT, PUBLISH);
            } else {
                dump.parkedOnLock("http-nio-8080-exec-" + i, lock, OFFER, SUBMIT, PUBLISH);
            }
        }
        return dump;
    }

    private static List<String> rulesOfPublishers(String lock) {
        return Runs.rules(Runs.process(publishers(0, lock), publishers(DumpText.LATER, lock)));
    }

    @Test
    void isNotLeakedByWhoStandsInThatMethod() {
        assertFalse(rulesOfPublishers(LOCK).contains("orphaned-lock-busy-owner"));
    }

    /** The console of JDK 21: a record is written under the lock under which the stream is flushed, in another method. */
    private static DumpText loggers(int second) {
        String handler = "java.util.logging.ConsoleHandler.publish(java.logging@21.0.2/ConsoleHandler.java:9";
        DumpText dump = DumpText.withOwners(second)
                .thread(
                        "http-nio-8080-exec-1",
                        "RUNNABLE",
                        "java.io.FileOutputStream.writeBytes(java.base@21.0.2/Native Method)",
                        "java.io.FileOutputStream.write(java.base@21.0.2/FileOutputStream.java:367)",
                        "java.io.OutputStreamWriter.flush(java.base@21.0.2/OutputStreamWriter.java:262)",
                        "java.util.logging.StreamHandler.flush(java.logging@21.0.2/StreamHandler.java:288)",
                        handler + "6)",
                        "java.util.logging.Logger.info(java.logging@21.0.2/Logger.java:1806)",
                        "com.acme.AuditController.post(AuditController.java:20)",
                        "owns " + LOCK);
        for (int i = 2; i <= 8; i++) {
            dump.parkedOnLock(
                    "http-nio-8080-exec-" + i,
                    LOCK,
                    "java.util.logging.Handler.tryUseLock(java.logging@21.0.2/Handler.java:141)",
                    "java.util.logging.StreamHandler.publish(java.logging@21.0.2/StreamHandler.java:222)",
                    handler + "5)",
                    "java.util.logging.Logger.info(java.logging@21.0.2/Logger.java:1806)",
                    "com.acme.AuditController.post(AuditController.java:20)");
        }
        return dump;
    }

    @Test
    void isNotLeakedByWhoStandsInAnotherMethod() {
        List<String> rules = Runs.rules(Runs.process(loggers(0), loggers(DumpText.LATER)));
        assertEquals("log-sink-blocked", rules.get(0), rules.toString());
        assertFalse(rules.contains("orphaned-lock-busy-owner"));
    }

    @Test
    void orItsMonitorIsNotToBlame() {
        List<String> rules = rulesOfPublishers(MONITOR);
        assertEquals("queue-full-producer-blocked", rules.get(0));
        assertFalse(rules.contains("lock-held-across-blocking-call"));
    }
}
