package dev.whyhung.read;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes a heap dump of a few objects, with ids of eight bytes. */
final class HeapBytes {

    interface Writing {
        void to(DataOutputStream out) throws IOException;
    }

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Map<String, Long> names = new HashMap<>();
    private long next = 1_000;
    private int serial;

    HeapBytes() {
        bytes.writeBytes("JAVA PROFILE 1.0.2\0".getBytes(StandardCharsets.US_ASCII));
        bytes.writeBytes(made(out -> {
            out.writeInt(8);
            out.writeLong(0);
        }));
    }

    private static byte[] made(Writing content) {
        ByteArrayOutputStream made = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(made)) {
            content.to(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return made.toByteArray();
    }

    private void record(int tag, Writing content) {
        byte[] body = made(content);
        bytes.writeBytes(made(out -> {
            out.writeByte(tag);
            out.writeInt(0);
            out.writeInt(body.length);
        }));
        bytes.writeBytes(body);
    }

    private long name(String text) {
        return names.computeIfAbsent(text, key -> {
            long id = next++;
            record(0x01, out -> {
                out.writeLong(id);
                out.write(text.getBytes(StandardCharsets.UTF_8));
            });
            return id;
        });
    }

    /** A class whose fields are all of eight bytes; says its id. */
    long ofClass(String name, long superId, String... fields) {
        long id = next++;
        long nameId = name(name);
        List<Long> fieldNames = List.of(fields).stream().map(this::name).toList();
        record(0x02, out -> {
            out.writeInt(++serial);
            out.writeLong(id);
            out.writeInt(0);
            out.writeLong(nameId);
        });
        record(0x1c, out -> {
            out.writeByte(0x20);
            out.writeLong(id);
            out.writeInt(0);
            out.writeLong(superId);
            out.write(new byte[5 * 8 + 4 + 2 + 2]);
            out.writeShort(fieldNames.size());
            for (long field : fieldNames) {
                out.writeLong(field);
                out.writeByte(11);
            }
        });
        return id;
    }

    /** An object with these values of its fields, its own class's first; says its id. */
    long object(long classId, long... values) {
        long id = next++;
        record(0x1c, out -> {
            out.writeByte(0x21);
            out.writeLong(id);
            out.writeInt(0);
            out.writeLong(classId);
            out.writeInt(8 * values.length);
            for (long value : values) {
                out.writeLong(value);
            }
        });
        return id;
    }

    long letters(String text) {
        long id = next++;
        record(0x1c, out -> {
            out.writeByte(0x23);
            out.writeLong(id);
            out.writeInt(0);
            out.writeInt(text.length());
            out.writeByte(5);
            out.writeChars(text);
        });
        return id;
    }

    /** A frame in a class of this name; says its id. */
    long frameIn(String className) {
        long id = next++;
        ofClass(className, 0);
        int number = serial;
        record(0x04, out -> {
            out.writeLong(id);
            out.write(new byte[3 * 8]);
            out.writeInt(number);
            out.writeInt(7);
        });
        return id;
    }

    /** A stack of so many unknown frames; says its number. */
    int stack(int depth) {
        return stack(depth, 0);
    }

    /** A stack of so many times the same frame. */
    int stack(int depth, long frame) {
        int number = ++serial;
        record(0x05, out -> {
            out.writeInt(number);
            out.writeInt(0);
            out.writeInt(depth);
            for (int i = 0; i < depth; i++) {
                out.writeLong(frame);
            }
        });
        return number;
    }

    void thread(long object, int stack) {
        record(0x1c, out -> {
            out.writeByte(0x08);
            out.writeLong(object);
            out.writeInt(0);
            out.writeInt(stack);
        });
    }

    /** A thread that waits for the lock of another. */
    static byte[] sample() {
        HeapBytes heap = new HeapBytes();
        long threads = heap.ofClass("java/lang/Thread", 0, "name", "tid", "threadStatus", "parkBlocker");
        long locks = heap.ofClass("java/util/concurrent/locks/AbstractOwnableSynchronizer", 0, "exclusiveOwnerThread");
        long owner = heap.object(threads, heap.letters("gannet"), 8, 5, 0);
        long lock = heap.object(locks, owner);
        heap.thread(owner, heap.stack(1));
        heap.thread(heap.object(threads, heap.letters("gull"), 7, 0x205, lock), heap.stack(2));
        return heap.bytes();
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }
}
