package dev.whyhung.read.hotspot;

import dev.whyhung.model.CallStack;
import dev.whyhung.model.LockMention;
import dev.whyhung.model.LockMention.Kind;
import dev.whyhung.model.LockRef;
import dev.whyhung.model.ThreadId;
import dev.whyhung.model.ThreadSnapshot;
import dev.whyhung.model.ThreadStatus;
import dev.whyhung.read.bytes.ByteLines;
import dev.whyhung.read.harvest.StackTable;
import dev.whyhung.read.harvest.StateText;
import dev.whyhung.read.harvest.StatusOfFrames;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects the lines of one thread and turns them into a snapshot. The stack is gathered as bytes without addresses, so that
 * {@link StackTable} can recognise it; the addresses are gathered beside it.
 */
public final class ThreadBuilder {

    private final StackTable table;
    private byte[] stack = new byte[1 << 14];
    private int stackLength;
    private final int mostFrames;
    private int frames;
    private long[] addresses = new long[16];
    private int addressCount;

    private ThreadId id = new ThreadId(0);
    private String name = "";
    private ThreadSnapshot.Kind kind = ThreadSnapshot.Kind.PLATFORM;
    private boolean daemon;
    private boolean hasJavaId;
    private ThreadHeader.Words words = ThreadHeader.Words.NONE;
    private @Nullable ThreadStatus state;
    private long cpuNanos;
    private long elapsedNanos;
    private long address;
    private int line;
    private @Nullable ThreadId mount;

    /** Keeps so many frames of a stack. */
    ThreadBuilder(StackTable table, int mostFrames) {
        this.table = table;
        this.mostFrames = mostFrames;
    }

    void begin(ThreadHeader header, String threadName, int lineNumber) {
        hasJavaId = header.javaId >= 0;
        long nativeId = header.nativeId >= 0 ? header.nativeId : header.threadAddress;
        id = hasJavaId ? ThreadId.ofJava(header.javaId) : ThreadId.ofNative(nativeId);
        name = threadName;
        kind = ThreadSnapshot.Kind.PLATFORM;
        mount = null;
        daemon = header.daemon;
        words = header.words;
        state = null;
        cpuNanos = header.cpuNanos;
        elapsedNanos = header.elapsedNanos;
        address = Math.max(0, header.threadAddress);
        line = lineNumber;
        stackLength = 0;
        frames = 0;
        addressCount = 0;
    }

    /** A thread that is told by its name alone. */
    void beginNamed(ThreadId given, String threadName, @Nullable ThreadStatus toldState, int lineNumber) {
        beginWithoutHeader(given, threadName, lineNumber);
        kind = ThreadSnapshot.Kind.PLATFORM;
        mount = null;
        daemon = false;
        state = toldState;
    }

    /** The mounted virtual thread follows its carrier's frames; it has no header of its own. */
    void beginMounted(long virtualId, int lineNumber) {
        mount = id;
        beginWithoutHeader(ThreadId.ofJava(virtualId), "", lineNumber);
        kind = ThreadSnapshot.Kind.VIRTUAL;
        daemon = true;
        state = null;
    }

    private void beginWithoutHeader(ThreadId given, String threadName, int lineNumber) {
        id = given;
        hasJavaId = true;
        name = threadName;
        words = ThreadHeader.Words.NONE;
        cpuNanos = -1;
        elapsedNanos = -1;
        address = 0;
        line = lineNumber;
        stackLength = 0;
        frames = 0;
        addressCount = 0;
    }

    void carrying(long virtualId) {
        kind = ThreadSnapshot.Kind.CARRIER;
        mount = ThreadId.ofJava(virtualId);
    }

    /** The state line, from behind {@code java.lang.Thread.State: }. */
    void state(ByteLines lines, int at) {
        state = StateText.statusOf(lines.text(at, lines.end()));
    }

    void frame(byte[] bytes, int from, int to) {
        if (++frames <= mostFrames) {
            append(StackTable.FRAME, bytes, from, to);
        }
    }

    int framesLeftOut() {
        return Math.max(0, frames - mostFrames);
    }

    /** How many lines it has: its header, frames and locks. */
    int lines() {
        return 1 + frames + addressCount;
    }

    void lock(Kind lockKind, long address, byte[] bytes, int from, int to) {
        if (frames > mostFrames && lockKind != Kind.OWNED_SYNCHRONIZER) {
            return;
        }
        append(StackTable.mark(lockKind), bytes, from, to);
        if (addressCount == addresses.length) {
            addresses = Arrays.copyOf(addresses, addressCount * 2);
        }
        addresses[addressCount++] = address;
    }

    private void append(byte mark, byte[] bytes, int from, int to) {
        int length = to - from;
        if (stackLength + length + 2 > stack.length) {
            stack = Arrays.copyOf(stack, Math.max(stack.length * 2, stackLength + length + 2));
        }
        stack[stackLength] = mark;
        System.arraycopy(bytes, from, stack, stackLength + 1, length);
        stackLength += length + 2;
        stack[stackLength - 1] = StackTable.STACK_END;
    }

    ThreadSnapshot build(boolean dumpHasJavaIds) {
        StackTable.Shape shape = table.shape(stack, stackLength);
        boolean ofTheVm = shape.stack().isEmpty() && state == null && (dumpHasJavaIds ? !hasJavaId : true);
        ThreadSnapshot.Kind finalKind = ofTheVm && kind == ThreadSnapshot.Kind.PLATFORM ? ThreadSnapshot.Kind.VM : kind;
        ThreadStatus status = status(shape);
        List<LockMention> locks = addressCount == 0 ? List.of() : locks(shape, status);
        return new ThreadSnapshot(
                id,
                name,
                finalKind,
                daemon,
                status,
                shape.stack(),
                locks,
                cpuNanos,
                elapsedNanos,
                null,
                line,
                address,
                null,
                mount);
    }

    private ThreadStatus status(StackTable.Shape shape) {
        if (state == ThreadStatus.RUNNABLE
                && words == ThreadHeader.Words.IN_OBJECT_WAIT
                && !shape.stack().isEmpty()
                && !shape.isInObjectWait()) {
            return ThreadStatus.RUNNABLE_IN_OBJECT_WAIT;
        }
        return state != null ? state : statusWithoutStateLine(shape);
    }

    /** Carriers, mounted virtual threads and JDK 5 print no state. */
    private ThreadStatus statusWithoutStateLine(StackTable.Shape shape) {
        if (shape.stack().isEmpty()) {
            return ThreadStatus.UNKNOWN;
        }
        return switch (words) {
            case FOR_MONITOR_ENTRY -> ThreadStatus.BLOCKED_ON_MONITOR_ENTER;
            case IN_OBJECT_WAIT -> ThreadStatus.IN_OBJECT_WAIT;
            case RUNNABLE -> ThreadStatus.RUNNABLE;
            case ON_CONDITION, NONE -> StatusOfFrames.of(shape.stack().frames());
        };
    }

    /**
     * The lock lines with their addresses, cleared of what HotSpot prints but the thread does not hold: a monitor that it waits
     * for or has released in {@code Object.wait} is printed as locked in a caller's frame, and what it parked on last may be printed
     * though it runs again.
     */
    private List<LockMention> locks(StackTable.Shape shape, ThreadStatus status) {
        boolean blocked = status == ThreadStatus.BLOCKED_ON_MONITOR_ENTER;
        boolean runs = status == ThreadStatus.RUNNABLE && !isInPark(shape.stack());
        long released = releasedMonitor(shape);
        List<LockMention> kept = new ArrayList<>(addressCount);
        boolean waits = false;
        for (int i = 0; i < addressCount; i++) {
            StackTable.LockLine lockLine = shape.lockLines().get(i);
            Kind mentioned = lockLine.kind();
            boolean sameObject = addresses[i] == released && released != 0;
            if (isObjectWait(mentioned) || (sameObject && mentioned == Kind.LOCKED && shape.isInObjectWait())) {
                if (!waits) {
                    String className = addresses[i] == 0 ? classOf(released, shape) : lockLine.className();
                    Kind wait = blocked ? Kind.WAITING_TO_RELOCK : Kind.WAITING_ON;
                    kept.add(new LockMention(wait, lockLine.depth(), new LockRef(className, released)));
                    waits = true;
                }
            } else if (!(sameObject && mentioned == Kind.LOCKED) && !(runs && mentioned == Kind.PARKING)) {
                kept.add(new LockMention(mentioned, lockLine.depth(), new LockRef(lockLine.className(), addresses[i])));
            }
        }
        return List.of(kept.toArray(new LockMention[0]));
    }

    private static boolean isInPark(CallStack stack) {
        return !stack.isEmpty() && stack.frames().get(0).method().equals("park");
    }

    private static boolean isObjectWait(Kind kind) {
        return kind == Kind.WAITING_ON || kind == Kind.WAITING_TO_RELOCK;
    }

    /** The monitor that this thread waits for or has released, by address; 0 if there is none. */
    private long releasedMonitor(StackTable.Shape shape) {
        for (int i = 0; i < addressCount; i++) {
            Kind mentioned = shape.lockLines().get(i).kind();
            boolean waits = isObjectWait(mentioned) || mentioned == Kind.WAITING_TO_LOCK;
            if (waits && addresses[i] != 0) {
                return addresses[i];
            }
        }
        if (shape.isInObjectWait()) {
            for (int i = 0; i < addressCount; i++) {
                if (shape.lockLines().get(i).kind() == Kind.LOCKED) {
                    return addresses[i];
                }
            }
        }
        return 0;
    }

    private String classOf(long address, StackTable.Shape shape) {
        for (int i = 0; i < addressCount; i++) {
            if (addresses[i] == address && address != 0) {
                return shape.lockLines().get(i).className();
            }
        }
        return "";
    }
}
