package dev.whyhung.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whyhung.DumpText;
import dev.whyhung.Runs;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A statement that waits for a row lock looks like one that the server is slow to answer: the report says how to tell. */
class ExternalIoStallTest {

    private static DumpText requests(int second, String driver) {
        DumpText dump = DumpText.withOwners(second);
        for (int i = 1; i <= 4; i++) {
            dump.readingSocket("http-nio-8080-exec-" + i, driver, "com.acme.Stock.take(Stock.java:41)");
        }
        return dump;
    }

    private static List<String> next(String driver) {
        return Runs.finding(Runs.process(requests(0, driver), requests(DumpText.LATER, driver)), "external-io-stall")
                .finding()
                .captureNext();
    }

    @Test
    void asksTheDatabaseForItsLocksFirst() {
        String first = next("org.postgresql.core.PGStream.receiveChar(PGStream.java:460)")
                .get(0);
        assertTrue(first.contains("pg_blocking_pids"), first);
    }

    @Test
    void asksNobodyElseForLocks() {
        assertEquals(
                2,
                next("redis.clients.jedis.Connection.readProtocol(Connection.java:392)")
                        .size());
    }
}
