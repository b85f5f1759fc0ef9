package dev.whyhung.cli.bench;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The least that a Java program can do with a text: find the line ends and hash each line. The yardstick of the benchmark. */
final class LinePass {

    private static final int BLOCK = 1 << 20;

    private LinePass() {}

    public static void main(String[] arguments) throws IOException {
        byte[] block = new byte[BLOCK];
        long lines = 0;
        long all = 0;
        int hash = 0;
        try (InputStream in = new FileInputStream(arguments[0])) {
            for (int count = in.read(block); count > 0; count = in.read(block)) {
                for (int i = 0; i < count; i++) {
                    byte b = block[i];
                    if (b == '\n') {
                        lines++;
                        all ^= hash;
                        hash = 0;
                    } else {
                        hash = 31 * hash + b;
                    }
                }
            }
        }
        System.out.println(lines + " lines, " + all);
    }
}
