package dev.whyhung.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;

/** A dump whose characters were changed on the way reads as the one that was printed, or says that it does not. */
class RewrittenTest {

    private static final String DUMP = SurroundingsTest.capture("scen-mixed-deadlock", "26/jstack-l-1.txt");

    private static DynamicTest same(String name, byte[] input) {
        return DynamicTest.dynamicTest(
                name,
                () -> assertEquals(
                        Described.of(DUMP).threads(), Described.of(input).threads()));
    }

    private static DynamicTest same(String name, String input) {
        return same(name, input.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    /** A lock that cannot be read may be what the others wait for. */
    @Test
    void lostLocksMakeADumpIncomplete() {
        Described eaten = Described.of(DUMP.replaceAll("<0x\\p{XDigit}+>", ""));
        assertTrue(eaten.dumps().get(0).info().truncated());
        assertFalse(Described.of(DUMP).dumps().get(0).info().truncated());
    }

    @Test
    void lostFramesMakeADumpIncomplete() {
        Described eaten = Described.of(DUMP.replaceAll("(?m)^\\s+at ", "   ~ "));
        assertTrue(eaten.dumps().get(0).info().truncated());
        assertTrue(eaten.message().contains("could not be read"), eaten.message());
    }

    @Test
    void notesOfReadersLoseNothing() {
        String noted = DUMP.replaceFirst("\n\\s+at ", "\nthis one is interesting\n\tat ");
        assertFalse(Described.of(noted).dumps().get(0).info().truncated());
    }
}
