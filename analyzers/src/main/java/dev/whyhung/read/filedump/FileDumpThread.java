package dev.whyhung.read.filedump;

import dev.whyhung.model.CallStack;
import dev.whyhung.model.Frame;
import dev.whyhung.model.LockMention;
import dev.whyhung.model.LockMention.Kind;
import dev.whyhung.model.LockRef;
import dev.whyhung.model.ThreadStatus;
import dev.whyhung.read.harvest.FrameTable;
import dev.whyhung.read.harvest.StatusOfFrames;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects what {@code Thread.dump_to_file} writes of one thread; used again for the next. */
final class FileDumpThread {

    /** Locks that several threads wait for stand close together in a dump. */
    private static final int REMEMBERED = 1 << 12;

    private final FrameTable table;
    private final int deepest;
    private final Map<String, LockRef> locksByText = new HashMap<>();
    private final Map<String, String> classNames = new HashMap<>();
    private final List<LockMention> owned = new ArrayList<>();
    private int[] frames = new int[64];
    private int depth;
    private @Nullable LockMention blocker;
    private List<LockMention> lastAlone = List.of();

    long id;
    String name = "";
    boolean virtual;

    @Nullable
    String state;

    long carrier;
    long blockerOwner;
    int line;

    /** @param deepest so many frames of a stack are kept */
    FileDumpThread(FrameTable table, int deepest) {
        this.table = table;
        this.deepest = deepest;
    }

    void begin(int atLine) {
        id = -1;
        name = "";
        virtual = false;
        state = null;
        carrier = -1;
        blockerOwner = -1;
        line = atLine;
        depth = 0;
        blocker = null;
        owned.clear();
    }

    void frame(char[] text, int from, int length) {
        if (depth == deepest) {
            return;
        }
        if (depth == frames.length) {
            frames = Arrays.copyOf(frames, depth * 2);
        }
        frames[depth++] = table.number(text, from, length);
    }

    int depth() {
        return depth;
    }

    void waits(Kind kind, String object) {
        if (blocker == null) {
            LockRef lock = lock(object);
            LockMention last = lastAlone.isEmpty() ? null : lastAlone.get(0);
            blocker = last != null && last.kind() == kind && last.lock().equals(lock)
                    ? last
                    : new LockMention(kind, 0, lock);
        }
    }

    /** A monitor locked in the frame at this depth, 0 = top. */
    void locked(int atDepth, String object) {
        owned.add(new LockMention(Kind.LOCKED, atDepth, lock(object)));
    }

    private LockRef lock(String text) {
        LockRef known = locksByText.get(text);
        if (known == null) {
            LockRef parsed = LockRef.parse(text);
            String className = classNames.computeIfAbsent(parsed.className(), same -> same);
            known = LockRef.ofHash(className, parsed.address());
            if (locksByText.size() >= REMEMBERED) {
                locksByText.clear();
            }
            locksByText.put(text, known);
        }
        return known;
    }

    CallStack stack() {
        return table.stack(frames, depth);
    }

    @Nullable
    LockRef blockedBy() {
        return blocker == null ? null : blocker.lock();
    }

    /**
     * What it waits for, then the monitors that it holds: not the one that it waits for, which {@code Object.wait} has released
     * but the dump lists all the same.
     */
    List<LockMention> locks(CallStack stack) {
        LockMention wait = blocker;
        if (wait == null) {
            return owned.isEmpty() ? List.of() : List.copyOf(owned);
        }
        boolean again = wait.kind() == Kind.WAITING_TO_LOCK && isInObjectWait(stack);
        if (owned.isEmpty() && !again) {
            lastAlone = lastAlone.isEmpty() || !lastAlone.get(0).equals(wait) ? List.of(wait) : lastAlone;
            return lastAlone;
        }
        List<LockMention> all = new ArrayList<>(owned.size() + 1);
        all.add(again ? new LockMention(Kind.WAITING_TO_RELOCK, 0, wait.lock()) : wait);
        owned.stream().filter(mention -> !mention.lock().equals(wait.lock())).forEach(all::add);
        return List.copyOf(all);
    }

    private static boolean isInObjectWait(CallStack stack) {
        return !stack.isEmpty() && isObjectWait(stack.frames().get(0));
    }

    private static boolean isObjectWait(Frame frame) {
        return frame.className().equals("java.lang.Object") && frame.method().startsWith("wait");
    }

    /** From the printed state and the frames on top; before JDK 25 none is printed, and what does not wait may wait. */
    ThreadStatus status(CallStack stack) {
        ThreadStatus status = StatusOfFrames.of(state, stack.frames());
        return state == null && status == ThreadStatus.RUNNABLE ? ThreadStatus.UNKNOWN : status;
    }
}
