package dev.whyhung.read.container;

import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.whyhung.read.bytes.Head;
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

    /** The longest lines may well be of one length; what stands before every line of a log tells that they are whole. */
    @Test
    void linesBehindAPrefixAreNotBroken() {
        StringBuilder log = new StringBuilder("""
                orders-1  | 2026-03-01 12:00:00
                orders-1  | Full thread dump OpenJDK 64-Bit Server VM (17.0.15+6 mixed mode, sharing):
                orders-1  |\s
                """);
        for (int i = 10; i < 20; i++) {
            log.append("""
                    orders-1  | "worker-%d" #%d prio=5 os_prio=0 cpu=1.07ms elapsed=12.01s tid=0x00007f1e000010%d nid=0x1 runnable
                    orders-1  |    java.lang.Thread.State: RUNNABLE
                    orders-1  | \tat com.acme.Work.run(Work.java:7)
                    orders-1  |\s
                    """.formatted(i, i, i));
        }
        assertFalse(WrappedLines.isOne(new Head(log.toString().getBytes(StandardCharsets.UTF_8))));
    }
}
