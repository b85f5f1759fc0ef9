package dev.whyhung.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** One thread that owns very many locks: the time it takes to read grows as their number does. */
class ManyLocksTest {

    private static final int LOCKS = 150_000;
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private static String each(String lines) {
        return IntStream.range(1, LOCKS).mapToObj(lines::formatted).collect(Collectors.joining());
    }

    @Test
    void listedByTheThread() {
        String text = "\"owner\" Id=1 RUNNABLE\n\tat com.acme.Till.run(Till.java:1)\n"
                + each("\t-  locked com.acme.Till@%x\n");
        assertTimeout(
                PATIENCE, () -> assertEquals(1, Described.of(text).threads().size()));
    }

    @Test
    void namedByThoseWhoWait() {
        String waiter = """
                Thread 1%1$06d (waiter):
                  State: BLOCKED
                  Blocked count: 1
                  Waited count: 0
                  Blocked on com.acme.Till@%1$x
                  Blocked by 7 (owner)
                  Stack:
                    com.acme.Till.take(Till.java:2)
                """;
        String text = "Process Thread Dump: \n" + LOCKS + " active threads\n" + each(waiter)
                + "Thread 7 (owner):\n  State: RUNNABLE\n  Blocked count: 1\n  Waited count: 0\n  Stack:\n";
        assertTimeout(
                PATIENCE, () -> assertEquals(LOCKS, Described.of(text).threads().size()));
    }
}
