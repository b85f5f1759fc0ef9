package dev.whyhung.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whyhung.Runs;
import dev.whyhung.diagnose.verdict.Verdict;
import org.junit.jupiter.api.Test;

/** A verdict that cannot be given says what stands in the way, as far as it is shown. */
class ObstacleTest {

    private static final String HEAD = "Full thread dump OpenJDK 64-Bit Server VM (25.402-b08 mixed mode):\n\n";
    private static final String TAIL = "JNI global references: 12\n";
    private static final String GUEST = """
            "guest" #12 prio=5 os_prio=0 tid=0x00007f1b2435d800 nid=0x6e9f waiting for monitor entry [0x00007f1b0e2cf000]
               java.lang.Thread.State: BLOCKED (on object monitor)
            \tat com.acme.Inn.enter(Inn.java:51)
            \t- waiting to lock <0x00000000e0000001> (a com.acme.Door)

            """;
    private static final String HOST = """
            "host" #11 prio=5 os_prio=0 tid=0x00007f1b2435c800 nid=0x6e9e waiting on condition [0x00007f1b0e2ce000]
               java.lang.Thread.State: TIMED_WAITING (sleeping)
            \tat java.lang.Thread.sleep(Native Method)
            \tat com.acme.Inn.rest(Inn.java:40)
            \t- locked <0x00000000e0000001> (a com.acme.Door)

            """;

    private static Verdict verdict(String text) {
        return Runs.diagnose(Runs.read(text)).processes().get(0).verdict();
    }

    private static void assertHeadline(String expected, String text) {
        assertEquals(Verdict.Status.INCONCLUSIVE, verdict(text).status());
        assertEquals(expected, verdict(text).headline());
    }

    @Test
    void anExcerptShowsTheHolder() {
        assertHeadline(
                "Part of this dump is missing; in what is left, 1 thread waits for monitor Door <0x00000000e0000001>,"
                        + " which \"host\" holds while it sleeps.",
                HEAD + GUEST + HOST);
    }

    @Test
    void anExcerptDoesNotShowTheHolder() {
        assertHeadline(
                "Part of this dump is missing; in what is left, 2 threads wait for monitor Door <0x00000000e0000001>;"
                        + " who holds it is not shown.",
                GUEST + GUEST.replace("guest\" #12", "other guest\" #13"));
    }

    @Test
    void anExcerptOfThoseWhoWaitForAnAnswer() {
        StringBuilder text = new StringBuilder();
        for (int i = 1; i <= 4; i++) {
            text.append("""
                    "pool-1-thread-%1$d" #7%1$d prio=5 os_prio=0 tid=0x00007fb98c04780%1$d nid=0x5%1$d runnable [0x1]
                       java.lang.Thread.State: RUNNABLE
                    \tat java.net.SocketInputStream.socketRead0(Native Method)
                    \tat java.net.SocketInputStream.read(SocketInputStream.java:171)
                    \tat org.apache.http.impl.execchain.MainClientExec.execute(MainClientExec.java:272)
                    \tat com.acme.Guests.ask(Guests.java:117)
                    \tat java.lang.Thread.run(Thread.java:748)

                    """.formatted(i));
        }
        assertHeadline(
                "Part of this dump is missing; what is left suggests it, and cannot tell: 4 threads wait for an answer from"
                        + " HTTP.",
                text.toString());
    }

    @Test
    void oneOfTwoThreadsWaits() {
        assertHeadline(
                "1 of 2 waiting threads wait for something that no rule explains from one dump: 1 thread waits for"
                        + " monitor Door <0x00000000e0000001>, which \"host\" holds while it sleeps.",
                HEAD + GUEST + HOST + TAIL);
    }

    @Test
    void whoeverArthasSaysBlocksOthersIsNoSignOfHealth() {
        String text = """
                [arthas@42]$ thread -b
                "host" Id=27 TIMED_WAITING
                    at java.lang.Thread.sleep(Native Method)
                    at com.acme.Inn.rest(Inn.java:40)
                    -  locked java.lang.Object@725be470 <---- but blocks 4 other threads!
                    at com.acme.Inn.open(Inn.java:12)
                """;
        assertHeadline(
                "Part of this dump is missing; in what is left, \"host\" holds monitor Object <@725be470> while it sleeps,"
                        + " and 4 threads that are not shown wait for it.",
                text);
    }

    @Test
    void whoHasTheConnectionsMayStandInThePartThatIsMissing() {
        StringBuilder text = new StringBuilder(HEAD);
        for (int i = 1; i <= 6; i++) {
            text.append("""
                    "http-nio-8080-exec-%1$d" #3%1$d daemon prio=5 os_prio=0 tid=0x7f1b2435d80%1$d nid=0x7e9%1$d waiting on condition [0x1]
                       java.lang.Thread.State: WAITING (parking)
                    \tat sun.misc.Unsafe.park(Native Method)
                    \t- parking to wait for  <0x00000000e0000009> (a java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject)
                    \tat java.util.concurrent.locks.LockSupport.park(LockSupport.java:175)
                    \tat java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject.await(AbstractQueuedSynchronizer.java:2039)
                    \tat org.apache.http.pool.AbstractConnPool.getPoolEntryBlocking(AbstractConnPool.java:393)
                    \tat org.apache.http.impl.conn.PoolingHttpClientConnectionManager.leaseConnection(PoolingHttpClientConnectionManager.java:306)
                    \tat com.acme.Guests.book(Guests.java:17)
                    \tat java.lang.Thread.run(Thread.java:748)

                    """.formatted(i));
        }
        assertEquals(
                "connection-leak",
                Runs.rules(Runs.diagnose(Runs.read(text + TAIL)).processes().get(0))
                        .get(0));
        assertEquals(
                "connection-pool-exhausted",
                Runs.rules(Runs.diagnose(Runs.read(text + "...\n")).processes().get(0))
                        .get(0));
    }
}
