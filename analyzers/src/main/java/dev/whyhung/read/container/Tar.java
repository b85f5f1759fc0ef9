package dev.whyhung.read.container;

import dev.whyhung.read.bytes.Head;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A tar archive: POSIX, GNU, or the older form without a mark, which its check sum gives away. */
final class Tar implements Container {

    private static final int BLOCK = 512;
    private static final int SUM_AT = 148;
    private static final int SUM_LENGTH = 8;
    private static final int LONGEST_NAME = 1 << 16;

    @Override
    public boolean recognises(Head head) {
        String text = head.text();
        return text.length() >= BLOCK && isHeader(text.substring(0, BLOCK).getBytes(StandardCharsets.ISO_8859_1));
    }

    private static boolean isHeader(byte[] block) {
        long sum = 0;
        for (int i = 0; i < BLOCK; i++) {
            sum += i >= SUM_AT && i < SUM_AT + SUM_LENGTH ? ' ' : block[i] & 0xff;
        }
        return block[0] != 0 && sum == number(block, SUM_AT, SUM_LENGTH);
    }

    @Override
    public void unpack(InputStream packed, Contents contents) throws IOException {
        String longName = null;
        byte[] header = packed.readNBytes(BLOCK);
        while (header.length == BLOCK && header[0] != 0) {
            if (!isHeader(header)) {
                throw new IOException("an archive's directory is damaged");
            }
            long size = Math.max(0, number(header, 124, 12));
            Entry entry = new Entry(packed, size);
            switch (header[156]) {
                case 'L' -> longName = text(entry.readNBytes(LONGEST_NAME), 0, LONGEST_NAME);
                case 'x' -> longName = path(entry.readNBytes(LONGEST_NAME));
                case 0, '0', '7' -> {
                    contents.member(longName == null ? name(header) : longName, entry);
                    longName = null;
                }
                default -> longName = null;
            }
            entry.finish();
            packed.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
            header = packed.readNBytes(BLOCK);
        }
    }

    private static String name(byte[] header) {
        String folder = text(header, 257, 5).equals("ustar") ? text(header, 345, 155) : "";
        String name = text(header, 0, 100);
        return folder.isEmpty() ? name : folder + '/' + name;
    }

    /** The value of {@code path} in an extended header of lines like {@code 27 path=dumps/1.txt}. */
    private static @Nullable String path(byte[] extended) {
        for (String line : new String(extended, StandardCharsets.UTF_8).lines().toList()) {
            int key = line.indexOf(" path=");
            if (key >= 0) {
                return line.substring(key + " path=".length());
            }
        }
        return null;
    }

    private static String text(byte[] bytes, int from, int length) {
        int to = from;
        while (to < bytes.length && to < from + length && bytes[to] != 0) {
            to++;
        }
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    /** An octal number, or a binary one if the first bit is set. */
    private static long number(byte[] bytes, int from, int length) {
        boolean binary = bytes[from] < 0;
        long value = 0;
        for (int i = from + (binary ? 1 : 0); i < from + length; i++) {
            if (binary) {
                value = value << 8 | (bytes[i] & 0xff);
            } else if (bytes[i] >= '0' && bytes[i] <= '7') {
                value = value << 3 | (bytes[i] - '0');
            } else if (bytes[i] != ' ' || value != 0) {
                break;
            }
        }
        return value;
    }

    /** The bytes of one file in the archive. */
    private static final class Entry extends FilterInputStream {
        private long left;

        Entry(InputStream in, long size) {
            super(in);
            left = size;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int read = super.read(target, offset, (int) Math.min(length, left));
            if (read < 0) {
                throw new EOFException("the archive is cut");
            }
            left -= read;
            return read;
        }

        /** Passes over what was not read. */
        void finish() throws IOException {
            in.skipNBytes(left);
        }
    }
}
