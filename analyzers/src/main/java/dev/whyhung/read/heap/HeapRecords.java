package dev.whyhung.read.heap;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Walks through a heap dump once, record by record, and hands on what somebody asks for; nothing else of it is kept. The format is
 * that of HPROF 1.0.1 and 1.0.2, as HotSpot and OpenJ9 write it.
 */
public final class HeapRecords {

    /** Takes what a pass is made for; what it does not ask for is passed over. */
    abstract static class Visitor {

        boolean wantsText(long id) {
            return false;
        }

        void text(long id, String text) {}

        void loadedClass(int serial, long classId, long name) {}

        void frame(long id, CodeLine line) {}

        void trace(int serial, long[] frames) {}

        void threadRoot(long object, int trace) {}

        void classDump(long classId, long superId, List<Field> fields) {}

        boolean wantsInstance(long object, long classId) {
            return false;
        }

        void instance(long object, long classId, byte[] values) {}

        boolean wantsArray(long object) {
            return false;
        }

        void array(long object, boolean wide, byte[] content) {}
    }

    /** A field by the id of its name. */
    record Field(long name, int size) {}

    /** Where a thread is, by the ids of names; the line is below zero where it is none. */
    record CodeLine(long method, long file, int classSerial, int line) {}

    private static final int UTF8 = 0x01;
    private static final int LOAD_CLASS = 0x02;
    private static final int FRAME = 0x04;
    private static final int TRACE = 0x05;
    private static final int HEAP_DUMP = 0x0c;
    private static final int HEAP_DUMP_SEGMENT = 0x1c;
    private static final int LONGEST_TEXT = 1 << 16;
    private static final int DEEPEST = 1 << 16;
    private static final int LARGEST = 1 << 16;
    private static final int[] SIZES = {0, 0, 0, 0, 1, 2, 4, 8, 1, 2, 4, 8};

    private final DataInputStream in;
    private final Visitor visitor;
    private long at;
    private int idSize;

    private HeapRecords(InputStream in, Visitor visitor) {
        this.in = new DataInputStream(new BufferedInputStream(in, 1 << 16));
        this.visitor = visitor;
    }

    /** Walks to the end, or throws where the dump is cut or damaged. Closes nothing. Says how many bytes an id has. */
    static int walk(InputStream in, Visitor visitor) throws IOException {
        HeapRecords records = new HeapRecords(in, visitor);
        records.walk();
        return records.idSize;
    }

    private void walk() throws IOException {
        while (u1() != 0) {
            // the name of the format
        }
        idSize = u4();
        if (idSize != 4 && idSize != 8) {
            throw new IOException("its ids have " + idSize + " bytes");
        }
        skip(8);
        for (int tag = in.read(); tag >= 0; tag = in.read()) {
            at++;
            skip(4);
            long length = u4() & 0xffffffffL;
            record(tag, at + length, length);
        }
    }

    private void record(int tag, long end, long length) throws IOException {
        switch (tag) {
            case UTF8 -> text(length);
            case LOAD_CLASS -> {
                int serial = u4();
                long classId = id();
                skip(4);
                visitor.loadedClass(serial, classId, id());
            }
            case FRAME -> {
                long id = id();
                long method = id();
                id();
                visitor.frame(id, new CodeLine(method, id(), u4(), u4()));
            }
            case TRACE -> trace();
            case HEAP_DUMP, HEAP_DUMP_SEGMENT -> {
                while (at < end) {
                    heapRecord();
                }
            }
            default -> {}
        }
        if (at > end) {
            throw new IOException("is damaged at byte " + end);
        }
        skip(end - at);
    }

    private void text(long length) throws IOException {
        long id = id();
        int size = (int) Math.min(LONGEST_TEXT, Math.max(0, length - idSize));
        if (visitor.wantsText(id)) {
            visitor.text(id, new String(bytes(size), StandardCharsets.UTF_8));
        }
    }

    private void trace() throws IOException {
        int serial = u4();
        skip(4);
        long[] frames = new long[Math.max(0, Math.min(DEEPEST, u4()))];
        for (int i = 0; i < frames.length; i++) {
            frames[i] = id();
        }
        visitor.trace(serial, frames);
    }

    private void heapRecord() throws IOException {
        int tag = u1();
        switch (tag) {
            case 0xff, 0x05, 0x07 -> skip(idSize);
            case 0x01 -> skip(2L * idSize);
            case 0x02, 0x03 -> skip(idSize + 8L);
            case 0x04, 0x06 -> skip(idSize + 4L);
            case 0x08 -> {
                long object = id();
                skip(4);
                visitor.threadRoot(object, u4());
            }
            case 0x20 -> classDump();
            case 0x21 -> instance();
            case 0x22 -> {
                skip(idSize + 4L);
                long elements = u4() & 0xffffffffL;
                skip(idSize + elements * idSize);
            }
            case 0x23 -> array();
            default -> throw new IOException("holds an unknown record at byte " + at);
        }
    }

    private void classDump() throws IOException {
        long classId = id();
        skip(4);
        long superId = id();
        skip(5L * idSize + 4);
        for (int left = u2(); left > 0; left--) {
            skip(2);
            skip(size(u1()));
        }
        for (int left = u2(); left > 0; left--) {
            skip(idSize);
            skip(size(u1()));
        }
        List<Field> fields = new ArrayList<>();
        for (int left = u2(); left > 0; left--) {
            fields.add(new Field(id(), size(u1())));
        }
        visitor.classDump(classId, superId, fields);
    }

    private void instance() throws IOException {
        long object = id();
        skip(4);
        long classId = id();
        long size = u4() & 0xffffffffL;
        if (size <= LARGEST && visitor.wantsInstance(object, classId)) {
            visitor.instance(object, classId, bytes((int) size));
        } else {
            skip(size);
        }
    }

    private void array() throws IOException {
        long object = id();
        skip(4);
        long elements = u4() & 0xffffffffL;
        int size = size(u1());
        if (elements * size <= LARGEST && visitor.wantsArray(object)) {
            visitor.array(object, size == 2, bytes((int) elements * size));
        } else {
            skip(elements * size);
        }
    }

    private int size(int type) throws IOException {
        if (type == 2) {
            return idSize;
        }
        if (type < 4 || type >= SIZES.length) {
            throw new IOException("holds an unknown type at byte " + at);
        }
        return SIZES[type];
    }

    private long id() throws IOException {
        return idSize == 8 ? u8() : u4() & 0xffffffffL;
    }

    private int u1() throws IOException {
        at++;
        return in.readUnsignedByte();
    }

    private int u2() throws IOException {
        at += 2;
        return in.readUnsignedShort();
    }

    private int u4() throws IOException {
        at += 4;
        return in.readInt();
    }

    private long u8() throws IOException {
        at += 8;
        return in.readLong();
    }

    private byte[] bytes(int length) throws IOException {
        at += length;
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException();
        }
        return bytes;
    }

    private void skip(long length) throws IOException {
        at += length;
        long left = length;
        while (left > 0) {
            long skipped = in.skip(left);
            if (skipped <= 0) {
                in.readByte(); // or the end
                skipped = 1;
            }
            left -= skipped;
        }
    }
}
