package dev.whyhung.read.harvest;

import dev.whyhung.model.CallStack;
import dev.whyhung.model.Frame;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every distinct frame and stack of the dumps that {@code Thread.dump_to_file} writes, once. A frame is looked up by its
 * characters without making a string, a stack by the numbers of its frames.
 */
public final class FrameTable {

    /** The end of a frame, its line number, tells it from most others; all of it is compared. */
    private static final int HASHED = 20;

    private @Nullable Entry[] frames = new Entry[1 << 12];
    private @Nullable Known[] stacks = new Known[1 << 10];
    private final List<Frame> byNumber = new ArrayList<>();
    private int stackCount;

    private static final class Entry {
        final int hash;
        final char[] text;
        final int number;

        Entry(int hash, char[] text, int number) {
            this.hash = hash;
            this.text = text;
            this.number = number;
        }
    }

    private static final class Known {
        final int hash;
        final int[] numbers;
        final CallStack stack;

        Known(int hash, int[] numbers, CallStack stack) {
            this.hash = hash;
            this.numbers = numbers;
            this.stack = stack;
        }
    }

    /** The number of a frame, from 0. */
    public int number(char[] text, int from, int length) {
        int hash = length;
        for (int i = from + Math.max(0, length - HASHED); i < from + length; i++) {
            hash = hash * 31 + text[i];
        }
        hash = spread(hash);
        int mask = frames.length - 1;
        int slot = hash & mask;
        for (Entry entry = frames[slot]; entry != null; entry = frames[slot]) {
            if (entry.hash == hash && Arrays.equals(entry.text, 0, entry.text.length, text, from, from + length)) {
                return entry.number;
            }
            slot = (slot + 1) & mask;
        }
        frames[slot] = new Entry(hash, Arrays.copyOfRange(text, from, from + length), byNumber.size());
        byNumber.add(Frames.parse(new String(text, from, length)));
        if (byNumber.size() * 2 > frames.length) {
            growFrames();
        }
        return byNumber.size() - 1;
    }

    /** The stack of these frames, top first. */
    public CallStack stack(int[] numbers, int count) {
        if (count == 0) {
            return CallStack.EMPTY;
        }
        int hash = count;
        for (int i = 0; i < count; i++) {
            hash = hash * 31 + numbers[i];
        }
        hash = spread(hash);
        int mask = stacks.length - 1;
        int slot = hash & mask;
        for (Known known = stacks[slot]; known != null; known = stacks[slot]) {
            if (known.hash == hash && Arrays.equals(known.numbers, 0, known.numbers.length, numbers, 0, count)) {
                return known.stack;
            }
            slot = (slot + 1) & mask;
        }
        CallStack stack = decode(numbers, count);
        stacks[slot] = new Known(hash, Arrays.copyOf(numbers, count), stack);
        if (++stackCount * 2 > stacks.length) {
            growStacks();
        }
        return stack;
    }

    private CallStack decode(int[] numbers, int count) {
        List<Frame> decoded = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            decoded.add(byNumber.get(numbers[i]));
        }
        return new CallStack(decoded);
    }

    private static int spread(int hash) {
        int mixed = hash * 0x9E3779B9;
        return mixed ^ (mixed >>> 15);
    }

    private void growFrames() {
        @Nullable Entry[] old = frames;
        frames = new Entry[old.length * 2];
        for (Entry entry : old) {
            if (entry != null) {
                int slot = entry.hash & (frames.length - 1);
                while (frames[slot] != null) {
                    slot = (slot + 1) & (frames.length - 1);
                }
                frames[slot] = entry;
            }
        }
    }

    private void growStacks() {
        @Nullable Known[] old = stacks;
        stacks = new Known[old.length * 2];
        for (Known known : old) {
            if (known != null) {
                int slot = known.hash & (stacks.length - 1);
                while (stacks[slot] != null) {
                    slot = (slot + 1) & (stacks.length - 1);
                }
                stacks[slot] = known;
            }
        }
    }
}
