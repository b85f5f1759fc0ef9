package dev.whyhung.read.hotspot;

import dev.whyhung.read.bytes.ByteLines;

/** Lines of HotSpot's between and inside its threads, and second lines of headers, that tell nothing of what the threads do. */
final class Noise {

    private static final byte[] HEX = ByteLines.ascii("0x");
    private static final byte[][] BEGINNINGS = {
        ByteLines.ascii("Threads class SMR info"),
        ByteLines.ascii("_to_delete_list="),
        ByteLines.ascii("No compile task"),
        ByteLines.ascii("Compiling:"),
        ByteLines.ascii("JDK version:"),
        ByteLines.ascii("os_prio="),
        ByteLines.ascii("JavaThread state:"),
        ByteLines.ascii("Thread: 0x"),
        ByteLines.ascii("io= file"), // the second line of a header of SAP's JVM, and its third
        ByteLines.ascii("tid=0x"),
        ByteLines.ascii("blocks ")
    };

    private Noise() {}

    static boolean isOn(ByteLines lines, int at) {
        byte first = lines.bytes()[at];
        if (first == '}' || first == '=' || (first == '0' && lines.startsWith(at, HEX))) {
            return true;
        }
        for (byte[] beginning : BEGINNINGS) {
            if (lines.startsWith(at, beginning)) {
                return true;
            }
        }
        return false;
    }
}
