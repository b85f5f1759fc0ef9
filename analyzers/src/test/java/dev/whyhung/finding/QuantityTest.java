package dev.whyhung.finding;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class QuantityTest {

    @Test
    void saysDurationsAsPeopleDo() {
        assertEquals("0 ms", Quantity.duration(Duration.ZERO));
        assertEquals("449 ms", Quantity.duration(Duration.ofMillis(449)));
        assertEquals("2 s", Quantity.duration(Duration.ofMillis(2_000)));
        assertEquals("2.5 s", Quantity.duration(Duration.ofMillis(2_460)));
        assertEquals("10 s", Quantity.duration(Duration.ofMillis(9_960)));
        assertEquals("59 s", Quantity.duration(Duration.ofMillis(59_900)));
        assertEquals("2 min 5 s", Quantity.duration(Duration.ofSeconds(125)));
        assertEquals("2 min", Quantity.duration(Duration.ofSeconds(120)));
        assertEquals("1 h 3 min", Quantity.duration(Duration.ofSeconds(3_785)));
    }

    @Test
    void countsOneAsOne() {
        assertEquals("1 thread", Quantity.count(1, "thread"));
        assertEquals("0 threads", Quantity.count(0, "thread"));
    }
}
