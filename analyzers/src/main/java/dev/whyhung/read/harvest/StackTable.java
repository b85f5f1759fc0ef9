package dev.whyhung.read.harvest;

import dev.whyhung.model.CallStack;
import dev.whyhung.model.Frame;
import dev.whyhung.model.LockMention.Kind;
import dev.whyhung.read.bytes.ByteTable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every distinct stack once. A thread's stack arrives as bytes in which the addresses of locks are left out; a stack that was seen
 * before is found by these bytes alone, without decoding it. One table serves all inputs of a run.
 */
public final class StackTable {

    /** Marks in the bytes; each stands before its text, which ends with LF. */
    public static final byte FRAME = 'F';

    public static final byte STACK_END = '\n';

    /** What marks a lock line of each kind, in the order of the kinds. */
    private static final String LOCKS = "LMWRPCO";

    public static byte mark(Kind kind) {
        return (byte)
                switch (kind) {
                    case WAITING_TO_LOCK -> 'L';
                    case LOCKED -> 'M';
                    case WAITING_ON -> 'W';
                    case WAITING_TO_RELOCK -> 'R';
                    case PARKING -> 'P';
                    case CLASS_INIT -> 'C';
                    case OWNED_SYNCHRONIZER -> 'O';
                };
    }

    private final ByteTable<Shape> shapes = new ByteTable<>();
    private final ByteTable<String> texts = new ByteTable<>();
    private final ByteTable<Frame> frames = new ByteTable<>();

    /** A lock line without its address. */
    public record LockLine(Kind kind, int depth, String className) {}

    /** A stack with its lock lines. */
    public record Shape(CallStack stack, List<LockLine> lockLines) {

        static final Shape EMPTY = new Shape(CallStack.EMPTY, List.of());

        public boolean isInObjectWait() {
            if (stack.isEmpty()) {
                return false;
            }
            Frame top = stack.frames().get(0);
            return top.className().equals("java.lang.Object") && top.method().startsWith("wait");
        }
    }

    public Shape shape(byte[] bytes, int length) {
        if (length == 0) {
            return Shape.EMPTY;
        }
        Shape known = shapes.get(bytes, 0, length);
        if (known != null) {
            return known;
        }
        Shape decoded = decode(bytes, length);
        shapes.put(bytes, 0, length, decoded);
        return decoded;
    }

    /** The text of a range, the same instance for the same bytes. */
    public String text(byte[] bytes, int from, int to) {
        String known = texts.get(bytes, from, to);
        if (known == null) {
            known = new String(bytes, from, to - from, StandardCharsets.UTF_8);
            texts.put(bytes, from, to, known);
        }
        return known;
    }

    private Shape decode(byte[] bytes, int length) {
        List<Frame> stack = new ArrayList<>();
        List<LockLine> locks = new ArrayList<>();
        for (int from = 0, end = 0; from < length; from = end + 1) {
            end = endOfLine(bytes, from);
            decodeLine(bytes, from, end, stack, locks);
        }
        return new Shape(new CallStack(stack), List.copyOf(locks));
    }

    /** On its own, so that the compiler has a small loop here and leaves the decoding of lines, which is rare, alone. */
    private static int endOfLine(byte[] bytes, int from) {
        int end = from;
        while (bytes[end] != STACK_END) {
            end++;
        }
        return end;
    }

    private void decodeLine(byte[] bytes, int from, int to, List<Frame> stack, List<LockLine> locks) {
        if (bytes[from] == FRAME) {
            stack.add(frame(bytes, from + 1, to));
            return;
        }
        Kind kind = KINDS[LOCKS.indexOf(bytes[from])];
        int depth = kind == Kind.OWNED_SYNCHRONIZER ? -1 : Math.max(0, stack.size() - 1);
        locks.add(new LockLine(kind, depth, text(bytes, from + 1, to)));
    }

    private static final Kind[] KINDS = Kind.values();

    private Frame frame(byte[] bytes, int from, int to) {
        @Nullable Frame known = frames.get(bytes, from, to);
        if (known == null) {
            known = Frames.parse(new String(bytes, from, to - from, StandardCharsets.UTF_8));
            frames.put(bytes, from, to, known);
        }
        return known;
    }
}
