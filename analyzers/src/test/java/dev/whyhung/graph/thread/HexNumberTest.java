package dev.whyhung.graph.thread;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class HexNumberTest {

    @Test
    void aLetterAfterADigitIsANumberInHexadecimalDigits() {
        assertEquals("http-nio-8080-exec", Pool.nameOf("http-nio-8080-exec-6b"));
        assertEquals("http-nio-8080-exec", Pool.nameOf("http-nio-8080-exec-10"));
        assertEquals("io-worker", Pool.nameOf("io-worker-0f3A"));
    }

    @Test
    void othersMayBeWordsOrThreadsOfSomething() {
        assertEquals("part-a", Pool.nameOf("part-a1"));
        assertEquals("table-feed", Pool.nameOf("table-feed"));
        assertEquals("b", Pool.nameOf("b12"));
        assertEquals("stage1b", Pool.nameOf("stage1b2"));
    }
}
