package dev.whyhung.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StandardOutputTest {

    @Test
    void aReaderThatLeavesIsNoError() {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        assertEquals(0, run("Broken pipe", err));
        assertEquals("", err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void aFullDiskIs() {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        assertEquals(74, run("No space left on device", err));
        assertTrue(err.toString(StandardCharsets.UTF_8).contains("cannot write standard output: No space left"));
    }

    @Test
    void theGravestExitWins() {
        assertEquals(74, Exit.NOT_WRITTEN.orCode(1));
        assertEquals(3, Exit.NOT_WRITTEN.orCode(3));
        assertEquals(70, Exit.NOT_WRITTEN.orCode(70));
        assertEquals(74, Exit.NOT_WRITTEN.orCode(0));
        assertEquals(Exit.FINDING, Exit.PARTLY_READ.or(Exit.FINDING));
    }

    @Test
    void aCrashIsOneLineUnlessAsked() {
        assertFalse(crash("rules").contains("\tat "));
        assertTrue(crash("rules", "--debug").contains("\tat "));
    }

    private static String crash(String... arguments) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal = Terminal.plain(InputStream.nullInputStream(), OutputStream.nullOutputStream(), err);
        int exit = new Failures(terminal, java.util.List.of(arguments)).handle(new IllegalStateException("boom"));
        assertEquals(70, exit);
        String text = err.toString(StandardCharsets.UTF_8);
        assertTrue(text.startsWith("whyhung: this is a bug: java.lang.IllegalStateException: boom"), text);
        return text;
    }

    private static int run(String failure, OutputStream err) {
        OutputStream broken = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException(failure);
            }
        };
        return Main.run(InputStream.nullInputStream(), broken, err, "rules");
    }
}
