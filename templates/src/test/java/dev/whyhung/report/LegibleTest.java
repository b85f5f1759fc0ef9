package dev.whyhung.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LegibleTest {

    @Test
    void makesControlsVisible() {
        assertEquals("a\\u{1B}[31mb\\u{A}c d\\u{0}\\u{7F}\\u{9B}", Legible.line("a\u001B[31mb\nc\td\0\u007F\u009B"));
    }

    @Test
    void makesBidirectionalControlsAndLineSeparatorsVisible() {
        assertEquals(
                "\\u{202E}\\u{2066}\\u{200F}\\u{61C}\\u{2028}\\u{FEFF}\\u{E0001}",
                Legible.line("\u202E\u2066\u200F\u061C\u2028\uFEFF" + Character.toString(0xE0001)));
    }

    @Test
    void makesLoneSurrogatesVisibleAndKeepsPairs() {
        assertEquals("\\u{D800}x\\u{DC00} \uD83D\uDE00", Legible.line("\uD800x\uDC00 \uD83D\uDE00"));
    }

    @Test
    void keepsEveryOtherLetter() {
        String text = "naïve \u05D0\u05D1 \u4E2D ~\"'<>&`";
        assertEquals(text, Legible.line(text));
    }

    @Test
    void keepsLineBreaksInCodeOnly() {
        assertEquals("a {\n    b\\u{D}\n}", Legible.block("a {\n\tb\r\n}"));
    }

    @Test
    void shortensInTheMiddle() {
        String name = "a".repeat(500) + "-tail-of-the-name";
        String shortened = Legible.shortened(name, 120);
        assertEquals(120, shortened.length());
        assertTrue(shortened.startsWith("aaaa") && shortened.endsWith("-tail-of-the-name"), shortened);
        assertEquals("short", Legible.shortened("short", 120));
    }

    @Test
    void neverCutsAPairInTwo() {
        String faces = "\uD83D\uDE00".repeat(100);
        for (int max = 20; max < 30; max++) {
            assertFalse(Legible.shortened(faces, max).contains("\\u{D"), "cut at " + max);
            assertFalse(Legible.shortened("x" + faces, max).contains("\\u{D"), "cut at " + max);
            String clipped = Legible.clipped(faces, max);
            assertEquals(clipped, Legible.line(clipped));
        }
    }

    @Test
    void knowsBothEndsOfEveryRange() {
        for (int point : new int[] {0, 0x1F, 0x7F, 0x9F, 0x202A, 0x202E, 0x2069, 0xD800, 0xDFFF, 0xE007F}) {
            assertTrue(Legible.isInvisible(point), Integer.toHexString(point));
        }
        for (int point : new int[] {0x20, 0x7E, 0xA0, 0xAE, 0x2027, 0x202F, 0x2070, 0xE000, 0xE0080}) {
            assertFalse(Legible.isInvisible(point), Integer.toHexString(point));
        }
    }
}
