package dev.whyhung.read;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class WrappedLinesTest {

    /** Of a process with thousands of threads, the first thing in a dump is a list of as many addresses, in lines of one length. */
    @Test
    void aListOfThreadsIsNotBroken() {
        StringBuilder dump = new StringBuilder("""
                2026-03-01 12:00:00
                Full thread dump OpenJDK 64-Bit Server VM (17.0.15+6 mixed mode, sharing):

                Threads class SMR info:
                _java_thread_list=0x00007f1e00001000, length=4000, elements={
                """);
        for (int i = 0; i < 1_000; i++) {
            dump.append("0x00007f1e00001000, 0x00007f1e00002000, 0x00007f1e00003000, 0x00007f1e00004000,\n");
        }
        dump.append("}\n\n\"main\" #1 prio=5 os_prio=0 tid=0x00007f1e00001000 nid=0x1 runnable\n");
        Head head = new Head(dump.substring(0, Head.LENGTH).getBytes(StandardCharsets.UTF_8));
        assertFalse(WrappedLines.isOne(head));
    }
}
