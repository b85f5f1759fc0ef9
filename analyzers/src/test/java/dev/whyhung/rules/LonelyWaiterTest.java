package dev.whyhung.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.whyhung.DumpText;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.diagnose.rank.RankedFinding;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** Locks without an owner that one thread each waits for. */
class LonelyWaiterTest {

    private static final String RULE = "orphaned-lock-dead-owner";
    private static final String LOCK = "<0x00000000e000%04d> (a java.util.concurrent.locks.ReentrantLock$NonfairSync)";
    private static final String TAKES = "com.acme.Account.book(Account.java:31)";
    private static final String HANDLE = "com.acme.Api.post(Api.java:7)";

    private static ProcessDiagnosis twice(BiConsumer<DumpText, Boolean> situation) {
        DumpText first = DumpText.withOwners(0);
        DumpText second = DumpText.withOwners(DumpText.LATER);
        situation.accept(first, true);
        situation.accept(second, false);
        return Runs.process(first, second);
    }

    private static void crowdBehind(DumpText dump) {
        dump.parkedOnLock(
                "http-nio-8080-exec-1",
                LOCK.formatted(1),
                TAKES,
                "com.acme.Bank.transfer(Bank.java:12)",
                "- locked <0x00000000e0009999> (a com.acme.Bank)",
                HANDLE);
        for (int i = 2; i <= 21; i++) {
            dump.blockedOn(
                    "http-nio-8080-exec-" + i,
                    "<0x00000000e0009999> (a com.acme.Bank)",
                    "com.acme.Bank.transfer(Bank.java:12)",
                    HANDLE);
        }
    }

    @Test
    void oneWaiterForALostLockHoldsUpACrowd() {
        RankedFinding first =
                twice((dump, before) -> crowdBehind(dump)).findings().get(0);
        assertEquals(RULE, first.finding().rule().id());
        assertEquals(.82, first.score().confidence());
        assertEquals(21, first.victims().size());
    }

    @Test
    void everyLockHasOneWaiter() {
        RankedFinding first = twice((dump, before) -> {
                    for (int i = 1; i <= 20; i++) {
                        dump.parkedOnLock("http-nio-8080-exec-" + i, LOCK.formatted(i), TAKES, HANDLE);
                    }
                })
                .findings()
                .get(0);
        assertEquals(RULE, first.finding().rule().id());
        assertEquals(20, first.victims().size());
    }

    /** It may just be handed over. */
    @Test
    void oneDumpIsNotEnough() {
        DumpText dump = DumpText.withOwners(0);
        crowdBehind(dump);
        assertFalse(Runs.rules(Runs.process(dump)).contains(RULE));
    }

    @Test
    void aLockThatHadAnOwnerBeforeIsPassedOn() {
        ProcessDiagnosis process = twice((dump, before) -> {
            crowdBehind(dump);
            if (before) {
                dump.thread(
                        "owner",
                        "RUNNABLE",
                        "com.acme.Account.book(Account.java:33)",
                        HANDLE,
                        "owns " + LOCK.formatted(1));
            } else {
                dump.thread("owner", "RUNNABLE", "com.acme.Api.post(Api.java:9)");
            }
        });
        assertFalse(Runs.rules(process).contains(RULE));
    }
}
